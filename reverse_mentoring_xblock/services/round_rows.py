"""The rows of a proposal: what the matcher answered, in the form in which it is kept."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ..domain import matching
from ..models import LeftOut, MatchRun, Proposal
from ..selectors.cohort import Cohort
from .offering import stored_reason


def proposals_of(run: MatchRun, cohort: Cohort, outcome: matching.Outcome) -> list[Proposal]:
    """A row for each pair, not saved yet."""
    mentees = {mentee.id: mentee for mentee in cohort.mentees}
    fixed = set(outcome.fixed)
    rows = []
    for match in outcome.pairs:
        reason = stored_reason(match.reason, match.utility, mentees[match.mentee])
        best = match.next_best
        rows.append(
            Proposal(
                run=run,
                mentor_id=match.mentor,
                mentee_id=match.mentee,
                utility=match.utility.total,
                reason=reason,
                minutes=match.reason.minutes,
                covered=len(reason["topics"]),
                is_wished=bool(match.reason.wished_by),
                next_mentor_id=best.mentor if best else None,
                next_cost=best.cost if best else None,
                is_fixed=(match.mentor, match.mentee) in fixed,
            )
        )
    return rows


def left_out_of(run: MatchRun, outcome: matching.Outcome) -> list[LeftOut]:
    """A row for each person without a partner, not saved yet."""
    return [LeftOut(run=run, participant_id=one.id, reason=_why(one)) for one in outcome.left_out]


def certificate_of(outcome: matching.Outcome) -> Mapping[str, Any]:
    """What the run keeps of the answer: its numbers and its proof."""
    return {
        "matched": outcome.matched,
        "total": outcome.total,
        "bound": outcome.bound,
        "certified": outcome.certified,
        "prices": asdict(outcome.prices),
    }


def _why(one: matching.LeftOut) -> Mapping[str, Any]:
    """Codes and counts. The matcher has left private rules out already; who else competes is kept as a number."""
    return {
        "why": one.why,
        "rule": one.rule or "",
        "rivals": len(one.rivals),
        "sought": one.sought,
        "partners": len(one.partners),
        "places": one.places,
        "binding": one.binding or "",
    }

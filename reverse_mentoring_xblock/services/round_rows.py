"""The rows of a proposal: what the matcher answered, with its reasons and its proof, as it is kept and kept anew."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ..domain import matching
from ..domain.pairing_rules import PairingRules
from ..domain.round_figures import figures_of
from ..models import LeftOut, MatchRun, Proposal
from ..selectors.cohort import Cohort
from ..selectors.pairings import stored_reason

CHUNK = 500
"""Rows in one statement: a server takes a limited packet."""
CHANGING = ("utility", "reason", "minutes", "covered", "is_wished", "next_mentor_id", "next_cost", "is_fixed")
"""What can be different about a pair that two answers have in common."""


def keep_answer(run: MatchRun, cohort: Cohort, rules: PairingRules, outcome: matching.Outcome) -> None:
    """Write the answer to a run that has none yet. ``rules`` are the author's, whatever the pairs were chosen by."""
    proof = _certificate_of(outcome)
    for name, value in proof.items():
        setattr(run, name, value)
    run.figures = _figures_for(run, cohort, rules, outcome)
    run.save(update_fields=[*proof, "figures", "modified"])
    Proposal.objects.bulk_create(_proposals_of(run, cohort, outcome), batch_size=CHUNK)
    LeftOut.objects.bulk_create(_left_out_of(run, outcome), batch_size=CHUNK)


def rewrite(run: MatchRun, cohort: Cohort, rules: PairingRules, outcome: matching.Outcome) -> None:
    """Bring what is open of a proposal in line with another answer. Pairs that stay keep their rows, and what was
    released stays as it is. ``rules`` are the author's, whatever the pairs were chosen by."""
    done = list(run.proposals.exclude(released_at=None).values_list("mentor_id", "mentee_id", "utility"))
    before = {(row.mentor_id, row.mentee_id): row for row in run.proposals.filter(released_at=None)}
    after = {(row.mentor_id, row.mentee_id): row for row in _proposals_of(run, cohort, outcome)}
    run.proposals.filter(pk__in=[row.pk for pair, row in before.items() if pair not in after]).delete()
    stay = [_renewed(before[pair], row) for pair, row in after.items() if pair in before]
    Proposal.objects.bulk_update(filter(None, stay), CHANGING, batch_size=CHUNK)
    Proposal.objects.bulk_create((row for pair, row in after.items() if pair not in before), batch_size=CHUNK)
    offered = {id_ for mentor, mentee, _ in done for id_ in (mentor, mentee)}
    run.left_out.all().delete()
    alone = (row for row in _left_out_of(run, outcome) if row.participant_id not in offered)
    LeftOut.objects.bulk_create(alone, batch_size=CHUNK)
    points = sum(points for _, _, points in done)
    proof = _certificate_of(outcome)
    run.matched, run.total = proof["matched"] + len(done), proof["total"] + points
    run.bound, run.certified, run.prices = proof["bound"] + points, proof["certified"], proof["prices"]
    run.figures = _figures_for(run, cohort, rules, outcome)
    run.save(update_fields=["matched", "total", "bound", "certified", "prices", "figures", "modified"])


def _proposals_of(run: MatchRun, cohort: Cohort, outcome: matching.Outcome) -> list[Proposal]:
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


def _left_out_of(run: MatchRun, outcome: matching.Outcome) -> list[LeftOut]:
    """A row for each person without a partner, not saved yet."""
    return [LeftOut(run=run, participant_id=one.id, reason=_why(one)) for one in outcome.left_out]


def _certificate_of(outcome: matching.Outcome) -> Mapping[str, Any]:
    """What the run keeps of the answer: its numbers and its proof."""
    return {
        "matched": outcome.matched,
        "total": outcome.total,
        "bound": outcome.bound,
        "certified": outcome.certified,
        "prices": asdict(outcome.prices),
    }


def _figures_for(run: MatchRun, cohort: Cohort, rules: PairingRules, outcome: matching.Outcome) -> dict[str, int]:
    """By which an answer is compared with another: counted by the author's own weights, with the run's own day."""
    mentors = {mentor.id: mentor for mentor in cohort.mentors}
    mentees = {mentee.id: mentee for mentee in cohort.mentees}
    policy = rules.policy(run.created.date())
    pairs = ((mentors[match.mentor], mentees[match.mentee]) for match in outcome.pairs)
    return asdict(figures_of((mentor, mentee, matching.utility(mentor, mentee, policy)) for mentor, mentee in pairs))


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
        "later": one.later,
    }


def _renewed(row: Proposal, now: Proposal) -> Proposal | None:
    """The row with what has changed of it; None when nothing has."""
    now.reason = json.loads(json.dumps(now.reason))  # as a database gives it back
    if all(getattr(row, field) == getattr(now, field) for field in CHANGING):
        return None
    for field in CHANGING:
        setattr(row, field, getattr(now, field))
    return row

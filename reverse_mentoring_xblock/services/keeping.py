"""Keeping the matcher's answer with its reasons and its proof, until a coordinator decides."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ..domain import matching
from ..domain.pairing_rules import PairingRules
from ..domain.round_figures import figures_of
from ..models import LeftOut, MatchRun, Proposal
from ..selectors.cohort import Cohort
from .offering import stored_reason

CHUNK = 500
"""Rows in one statement: a server takes a limited packet."""


def keep_answer(run: MatchRun, cohort: Cohort, rules: PairingRules, outcome: matching.Outcome) -> None:
    """Write the answer to a run that has none yet. ``rules`` are the author's, whatever the pairs were chosen by."""
    for name in ("matched", "total", "bound", "certified"):
        setattr(run, name, getattr(outcome, name))
    run.prices = asdict(outcome.prices)
    run.figures = figures_for(run, cohort, rules, outcome)
    run.save(update_fields=["matched", "total", "bound", "certified", "prices", "figures", "modified"])
    mentees = {mentee.id: mentee for mentee in cohort.mentees}
    Proposal.objects.bulk_create(
        (
            Proposal(
                run=run,
                mentor_id=match.mentor,
                mentee_id=match.mentee,
                utility=match.utility.total,
                reason=stored_reason(match.reason, match.utility, mentees[match.mentee]),
            )
            for match in outcome.pairs
        ),
        batch_size=CHUNK,
    )
    LeftOut.objects.bulk_create(
        (LeftOut(run=run, participant_id=one.id, reason=_why(one)) for one in outcome.left_out), batch_size=CHUNK
    )


def figures_for(run: MatchRun, cohort: Cohort, rules: PairingRules, outcome: matching.Outcome) -> dict[str, int]:
    """By which an answer is compared with another: counted by the author's own weights, with the run's own day."""
    mentors = {mentor.id: mentor for mentor in cohort.mentors}
    mentees = {mentee.id: mentee for mentee in cohort.mentees}
    policy = rules.policy(run.created.date())
    pairs = ((mentors[match.mentor], mentees[match.mentee]) for match in outcome.pairs)
    return asdict(figures_of((mentor, mentee, matching.utility(mentor, mentee, policy)) for mentor, mentee in pairs))


def _why(one: matching.LeftOut) -> Mapping[str, Any]:
    """Codes and counts. The matcher has left private rules out already."""
    return {"why": one.why, "rule": one.rule or "", "sought": one.sought, "places": one.places}

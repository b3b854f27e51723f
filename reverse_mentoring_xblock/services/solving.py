"""The search for the pairs of a round, as services ask for it."""

from datetime import date

from ..domain import matching
from ..domain.pairing_rules import PairingRules
from ..selectors.cohort import Cohort


def solve(
    cohort: Cohort,
    rules: PairingRules,
    today: date,
    seed: int,
    *,
    limit: matching.Limit | None = None,
    progress: matching.Progress | None = None,
) -> matching.Outcome:
    """The best pairs of these people under the author's rules, with the proof and the reasons."""
    return matching.propose(
        cohort.mentors, cohort.mentees, rules.policy(today), seed, cohort.others, limit=limit, progress=progress
    )

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
    """The best pairs of these people under the author's rules, with the proof and the reasons.

    Where a coordinator has said something about single pairs, the best that keeps it.
    """
    return keeping(cohort, rules, today, seed).outcome(limit, progress)


def keeping(cohort: Cohort, rules: PairingRules, today: date, seed: int) -> matching.Keeping:
    """The round, for those who want its pairs first and the words later or never."""
    return matching.Keeping(cohort.mentors, cohort.mentees, cohort.overrides, rules.policy(today), seed, cohort.others)

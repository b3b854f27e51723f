"""Whether two people may be paired, for a pair that a person asks for and not the search."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..data import Place
from ..domain.matching import (
    Mentee,
    Mentor,
    Reason,
    Rule,
    Utility,
    broken_rules,
    pair_reason,
    utility,
)
from ..domain.pairing_rules import PairingRules
from .cohort import cohort_of

APART = "apart"
NOT_READY = "not_ready"
#: Rules about what somebody confided: who their manager is, whom they keep apart from, a declared conflict. One code
#: stands for all of them, so that no answer tells which it is.
CONFIDED: Mapping[Rule, str] = dict.fromkeys(
    (Rule.VETO, Rule.AVOID, Rule.CONFLICT, Rule.REPORTING_LINE, Rule.SHARED_MANAGER), APART
)


@dataclass(frozen=True)
class PairCheck:
    """What stands between two people, as codes in a fixed order; nothing when they may be paired.

    ``mentor``, ``mentee``, ``worth`` and ``reason`` are there only then.
    """

    broken: tuple[str, ...]
    mentor: Mentor | None = None
    mentee: Mentee | None = None
    worth: Utility | None = None
    reason: Reason | None = None

    @property
    def is_possible(self) -> bool:
        """Whether the two may be paired now."""
        return not self.broken


def check_pair(place: Place, rules: PairingRules, mentor_id: int, mentee_id: int, today: date) -> PairCheck:
    """Every rule between two participants, as they are now. The number of queries does not depend on the programme's
    size.

    Somebody who is not signed up, not through the gates or without a free place is ``not_ready``. A pair that a
    coordinator has ruled out is ``apart``.
    """
    cohort = cohort_of(place, rules, only=[mentor_id, mentee_id])
    mentor = next((one for one in cohort.mentors if one.id == mentor_id), None)
    mentee = next((one for one in cohort.mentees if one.id == mentee_id), None)
    if mentor is None or mentee is None:
        return PairCheck((NOT_READY,))
    policy = rules.policy(today)
    broken = [CONFIDED.get(rule, rule.value) for rule in broken_rules(mentor, mentee, cohort.organisation, policy)]
    if (mentor_id, mentee_id) in cohort.overrides.forbidden:
        broken.append(APART)
    if broken:
        return PairCheck(tuple(dict.fromkeys(broken)))
    worth = utility(mentor, mentee, policy)
    return PairCheck((), mentor, mentee, worth, pair_reason(mentor, mentee, worth))

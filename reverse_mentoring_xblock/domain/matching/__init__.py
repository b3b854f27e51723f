"""Matching: the best set of permitted pairs, with a proof and a reason for each person.

Pure functions on numpy arrays: no Django, no XBlock, no clock but the caller's, no chance but the given seed.
Services call `propose`; the rest is public for overrides, tests and independent checks.
"""

from .engine import Limit, Match, Outcome, Progress, Round, Solution, outcome_of, propose
from .hours import shared_minutes
from .organisation import Organisation
from .overrides import Keeping, Overrides, violations_keeping
from .people import MOST_WISHES, Mentee, Mentor, Mode, Person, Window, reference
from .policy import TOP_POINTS, Policy, Weights
from .prices import Prices, Witness
from .proof import Flaw, Violation, violations
from .reasons import LeftOut, NextBest, Reason, Why, pair_reason
from .rematch import rematch
from .rules import PRIVATE_RULES, Rule, broken_rules, eligible
from .utility import Basis, Parts, Utility, utility

__all__ = [
    "MOST_WISHES",
    "PRIVATE_RULES",
    "TOP_POINTS",
    "Basis",
    "Flaw",
    "Keeping",
    "LeftOut",
    "Limit",
    "Match",
    "Mentee",
    "Mentor",
    "Mode",
    "NextBest",
    "Organisation",
    "Outcome",
    "Overrides",
    "Parts",
    "Person",
    "Policy",
    "Prices",
    "Progress",
    "Reason",
    "Round",
    "Rule",
    "Solution",
    "Utility",
    "Violation",
    "Weights",
    "Why",
    "Window",
    "Witness",
    "broken_rules",
    "eligible",
    "outcome_of",
    "pair_reason",
    "propose",
    "reference",
    "rematch",
    "shared_minutes",
    "utility",
    "violations",
    "violations_keeping",
]

"""Matching: the best set of permitted pairs, with a proof and a reason for each person.

Pure Python and pure functions: no Django, no XBlock, no clock, no chance but the given seed.
Services call `propose`; the rest is public for overrides, tests and independent checks.
"""

from .assignment import Prices, Solution, solve
from .engine import Match, Outcome, propose
from .hours import shared_minutes
from .organisation import Organisation
from .people import Mentee, Mentor, Person, Window, reference
from .policy import Policy, Weights
from .proof import Flaw, Violation, violations
from .reasons import LeftOut, Reason, Why
from .rules import PRIVATE_RULES, Rule, broken_rules, eligible
from .utility import Basis, Parts, Utility, utility

__all__ = [
    "PRIVATE_RULES",
    "Basis",
    "Flaw",
    "LeftOut",
    "Match",
    "Mentee",
    "Mentor",
    "Organisation",
    "Outcome",
    "Parts",
    "Person",
    "Policy",
    "Prices",
    "Reason",
    "Rule",
    "Solution",
    "Utility",
    "Violation",
    "Weights",
    "Why",
    "Window",
    "broken_rules",
    "eligible",
    "propose",
    "reference",
    "shared_minutes",
    "solve",
    "utility",
    "violations",
]

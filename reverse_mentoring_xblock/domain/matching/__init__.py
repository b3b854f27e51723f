"""Matching: the best set of permitted pairs, with a proof and a reason for each person.

Pure functions on numpy arrays: no Django, no XBlock, no clock but the caller's, no chance but the given seed.
Services call `propose`; the rest is public for overrides, tests and independent checks.
"""

from .circling import Circles
from .engine import Limit, Match, Outcome, Progress, Round, Solution, outcome_of, propose
from .forecast import Forecast, Group, Waiting, forecast
from .hours import shared_minutes
from .invented import MOST_LANGUAGES, Heads
from .organisation import Organisation
from .outlook import Outlook, outlook
from .overrides import Keeping, Overrides, violations_keeping
from .people import MOST_WISHES, Mentee, Mentor, Mode, Person, Window, reference
from .policy import TOP_POINTS, Policy, Weights
from .prices import Prices, Witness
from .proof import Flaw, Violation, violations
from .reasons import LeftOut, NextBest, Reason, Why, pair_reason
from .relaxing import Gain, How
from .rematch import rematch
from .rules import PRIVATE_RULES, Rule, broken_rules, eligible
from .supply import Topic
from .utility import Basis, Parts, Utility, turn_of, utility
from .weighing import Weighed, Weighing, weigh

__all__ = [
    "MOST_LANGUAGES",
    "MOST_WISHES",
    "PRIVATE_RULES",
    "TOP_POINTS",
    "Basis",
    "Circles",
    "Flaw",
    "Forecast",
    "Gain",
    "Group",
    "Heads",
    "How",
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
    "Outlook",
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
    "Topic",
    "Utility",
    "Violation",
    "Waiting",
    "Weighed",
    "Weighing",
    "Weights",
    "Why",
    "Window",
    "Witness",
    "broken_rules",
    "eligible",
    "forecast",
    "outcome_of",
    "outlook",
    "pair_reason",
    "propose",
    "reference",
    "rematch",
    "shared_minutes",
    "turn_of",
    "utility",
    "violations",
    "violations_keeping",
    "weigh",
]

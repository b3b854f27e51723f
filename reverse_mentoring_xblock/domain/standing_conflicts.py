"""What two people who are already paired may come to break.

Rules about the organisation alone. Languages, hours and ranks decide who is brought together; two people who work
together know better than a rule whether they still find an hour. What somebody confided, a veto or an avoid list, is
not looked at either: a pair that is pointed out would give it away.
"""

from .matching import Mentee, Mentor, Organisation, Policy, Rule
from .matching.rules import RULES

STANDING = (Rule.SAME_PERSON, Rule.CONFLICT, Rule.REPORTING_LINE, Rule.SHARED_MANAGER)


def standing_conflict(mentor: Mentor, mentee: Mentee, org: Organisation, policy: Policy) -> str:
    """The code of the first rule that this pair has come to break; empty when it may go on."""
    return next((rule.value for rule in STANDING if RULES[rule](mentor, mentee, org, policy)), "")

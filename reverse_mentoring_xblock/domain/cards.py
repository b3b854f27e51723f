"""Cards of possible partners: who has one, in which order, and what it may tell.

A card shows no name until the coordinator allows it, so nothing about it may lead to a person. Rules about what
somebody confided (their manager, whom they keep apart from, a conflict of interest) take no card away: whoever could
change their own answers and see which card goes would learn whose it is.
"""

from collections.abc import Mapping
from hashlib import blake2b

from .matching import Mentee, Mentor, Organisation, Person, Policy, Rule
from .matching.rules import RULES

PAGE = 10
OPEN_RULES = (Rule.SAME_PERSON, Rule.SENIORITY_GAP, Rule.LANGUAGE, Rule.MODE, Rule.HOURS)
"""Rules about what a card shows or what both know."""
_NO_LINES = Organisation.of(())


def has_card(one: Person, other: Person, policy: Policy) -> bool:
    """Whether the open rules let these two, a mentor and a mentee in either order, work together."""
    mentor, mentee = (one, other) if isinstance(one, Mentor) else (other, one)
    if not isinstance(mentor, Mentor) or not isinstance(mentee, Mentee):
        return False
    return not any(RULES[rule](mentor, mentee, _NO_LINES, policy) for rule in OPEN_RULES)


def in_order(reader: int, fits: Mapping[int, int]) -> list[int]:
    """Ids by how well they fit; ties by a draw that stays the same for a reader and differs between readers."""
    return sorted(fits, key=lambda one: (-fits[one], draw(reader, one)))


def draw(reader: int, one: int) -> int:
    """A number for somebody that only this reader has."""
    return int.from_bytes(blake2b(f"{reader}:{one}".encode(), digest_size=8).digest())

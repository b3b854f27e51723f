"""What a card without a name may tell of its person, so that it does not name them after all.

Colleagues know of each other where somebody works and which languages they speak, so these count together. Topics,
hours and the way of working were said for this programme alone: by them nobody is known. Whoever knows everybody and
this rule is still left with ``FEWEST`` people for each card: so many cards, or none, tell the very same. Less would
not do: of six at one site the card that leaves out the large department of the other five would be that of the sixth.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from .disclosure import shown_groups

FEWEST = 5
"""People whose cards tell the same of them. Of fewer, one could guess who it is."""


class Known(NamedTuple):
    """What colleagues know of somebody; empty where nothing is told."""

    department: str = ""
    site: str = ""
    languages: frozenset[str] = frozenset()


def told(people: Mapping[int, Known]) -> Mapping[int, Known]:
    """For each of all people who have a card as much as the cards of ``FEWEST`` tell alike, else nothing.

    Everything is tried first, then less and less; those left over at the end are nobody or as many again.
    """
    found: dict[int, Known] = {}
    left = dict(people)
    for facts in _LESS_AND_LESS:
        said = {id_: Known(**{name: getattr(known, name) for name in facts}) for id_, known in left.items()}
        shown = shown_groups(Counter(said.values()), len(left), FEWEST)
        found |= {id_: one for id_, one in said.items() if one in shown}
        left = {id_: left[id_] for id_, one in said.items() if one not in shown}
    return found | dict.fromkeys(left, Known())


_LESS_AND_LESS = (
    ("department", "site", "languages"),
    ("department", "languages"),
    ("site", "languages"),
    ("languages",),
    ("department",),
)

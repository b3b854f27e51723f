"""Cards of possible partners as a page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..domain.matching import MOST_WISHES
from ..domain.states import Role
from ..selectors.cards import CardRow, CardsPage
from .languages import language_name
from .topics import topics_said
from .working_style import style_said


@dataclass(frozen=True)
class Card:
    """A card in words. ``hours`` are whole hours a week that the two share."""

    row: CardRow
    title: str
    topics: str
    languages: str
    hours: int
    style: str


def cards_context(page: CardsPage, role: Role, acted_on: str) -> Mapping[str, Any]:
    """The page of cards for somebody in ``role`` who did something with one of them, or nothing yet."""
    return {
        "acted": acted_on if acted_on in {row.uuid for row in page.cards} else "",
        "wish_cards": _cards(page.cards),
        "wishes": _cards(page.wishes),
        "passed_over": _cards(page.passed_over),
        "cards_number": page.number,
        "next_cards": page.number + 1 if page.has_more else 0,
        "previous_cards": page.number - 1,
        "has_names": page.has_names,
        "next_rank": min(max((row.rank for row in page.wishes), default=0) + 1, MOST_WISHES),
        "ranks": [(number, _rank(number)) for number in range(1, MOST_WISHES + 1)],
        "role": role,
    }


def mentors_context(page: CardsPage) -> Mapping[str, Any]:
    """The page of cards for a mentee who looks for a mentor to ask."""
    return {
        "cards": _cards(page.cards),
        "number": page.number,
        "next": page.number + 1 if page.has_more else 0,
        "has_names": page.has_names,
    }


def _cards(rows: Sequence[CardRow]) -> list[Card]:
    return [
        Card(
            row,
            row.name or _("Card %(number)s") % {"number": row.number},
            topics_said(row.topics),
            ", ".join(map(language_name, row.languages)),
            row.minutes // 60,
            ", ".join(style_said(row.style)),
        )
        for row in rows
    ]


def _rank(number: int) -> str:
    words = (_("First wish"), _("Second wish"), _("Third wish"), _("Fourth wish"), _("Fifth wish"))
    return words[number - 1]

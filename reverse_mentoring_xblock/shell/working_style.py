"""Questions about the way of working, in words: both ends of each scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..domain.matching.people import STYLE_STEPS


@dataclass(frozen=True)
class StyleWords:
    """A question and its two ends; ``low`` and ``high`` say it of somebody in two or three words."""

    question: str
    start: str
    end: str
    low: str
    high: str


def style_words(question: str) -> StyleWords:
    """The words of one question."""
    return StyleWords(*_WORDS[question]())


_WORDS = {
    "planning": lambda: (
        _("Planned or spontaneous?"),
        _("I plan ahead"),
        _("I decide on the spot"),
        _("plans ahead"),
        _("decides on the spot"),
    ),
    "view": lambda: (
        _("Where do you begin?"),
        _("With the big picture"),
        _("With the details"),
        _("begins with the big picture"),
        _("begins with the details"),
    ),
    "learning": lambda: (
        _("How do you take up something new?"),
        _("I try it first"),
        _("I have it explained first"),
        _("tries things first"),
        _("wants things explained first"),
    ),
    "rhythm": lambda: (
        _("Which rhythm suits you?"),
        _("Short and often"),
        _("Long and seldom"),
        _("short and often"),
        _("long and seldom"),
    ),
}


def style_choices(question: str) -> list[tuple[str, str]]:
    """The points of a question's scale; the words are for those who do not see where a point stands."""
    words = style_words(question)
    first, last = STYLE_STEPS[0], STYLE_STEPS[-1]
    middle = (first + last) // 2
    return [
        (str(step), words.start if step < middle else words.end if step > middle else _("in between"))
        for step in STYLE_STEPS
    ]


def style_said(style: Mapping[str, int]) -> Sequence[str]:
    """What somebody leans to, in words; nothing where they stand in the middle or did not say."""
    middle = (STYLE_STEPS[0] + STYLE_STEPS[-1]) // 2
    said = []
    for question in _WORDS:
        step = style.get(question, middle)
        if step != middle:
            words = style_words(question)
            said.append(words.low if step < middle else words.high)
    return said

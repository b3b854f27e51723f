"""Signs that a round was clicked through. Two of them leave it out of the figures for a group, and the figures say so.

Nobody is stopped or told off: one sign alone means little, and a person's own report does not change.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from statistics import median

from .answers import Answers, step
from .bank import Bank, Rung
from .ladder import Question

_QUICK_SECONDS = 2
_LONG_RUN = 15
_STEPS_APART = 2
_SIGNS = 2


class Sign(StrEnum):
    """What looks careless, as a stable code."""

    QUICK = "quick"  # half of the self items in under two seconds
    STRAIGHT = "straight"  # fifteen self items in a row answered alike
    UPSIDE_DOWN = "upside_down"  # the demanding activity placed far above the simple one


def signs(bank: Bank, path: Sequence[Question], answers: Answers, seconds: Mapping[str, float]) -> tuple[Sign, ...]:
    """The signs in one round. ``seconds`` is the time that a question took, where it is known."""
    asked = [question.id for question in path if question.kind == "self" and question.id in answers]
    taken = [seconds[item] for item in asked if item in seconds]
    found = []
    if taken and median(taken) < _QUICK_SECONDS:
        found.append(Sign.QUICK)
    if any(sum(1 for _ in run) >= _LONG_RUN for _, run in groupby(answers[item] for item in asked)):
        found.append(Sign.STRAIGHT)
    if any(_is_upside_down(bank, code, answers) for code in bank.competences):
        found.append(Sign.UPSIDE_DOWN)
    return tuple(found)


def is_careless(found: Sequence[str]) -> bool:
    """Whether a round is left out of figures for a group."""
    return len(found) >= _SIGNS


def _is_upside_down(bank: Bank, code: str, answers: Answers) -> bool:
    """Only where somebody went back and met all three rungs."""
    try:
        steps = {rung: step(bank, bank.self_item(code, rung).id, answers) for rung in Rung}
    except KeyError:  # a competence that this bank has no items for
        return False
    basic, middle, advanced = steps[Rung.B], steps[Rung.I], steps[Rung.A]
    if basic is None or middle is None or advanced is None:
        return False
    return advanced - basic >= _STEPS_APART

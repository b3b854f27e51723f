"""What a person may answer, and reading it back. Answers are kept by question id in one mapping.

A self item takes a step of its scale (0-4), ``"na"`` (not part of my role) or ``"skip"``. The
question how much a competence matters has the id ``m-<code>`` and takes 0-3 or ``"skip"``. Neither
word ever counts as a number.
"""

from collections.abc import Mapping
from typing import Final, Literal

from .bank import MATTERS, SCALES, Bank

NA: Final = "na"
SKIP: Final = "skip"
Answer = int | Literal["na", "skip"]
Importance = int | Literal["skip"]
Answers = Mapping[str, Answer]

_PREFIX = "m-"


def matters_id(competence: str) -> str:
    """The id of the question how much that competence matters in the next six months."""
    return _PREFIX + competence


def matters_in(answers: Answers) -> dict[str, Importance]:
    """The answers to ``m-<code>`` questions alone, by competence code."""
    return {
        question.removeprefix(_PREFIX): answer
        for question, answer in answers.items()
        if question.startswith(_PREFIX) and answer != NA
    }


def permits(bank: Bank, question: str, answer: object) -> bool:
    """Whether the bank asks that question and takes that answer (a step as int, not as text)."""
    if question.startswith(_PREFIX):
        known = question.removeprefix(_PREFIX) in bank.competences
        return known and (answer == SKIP or _is_step(answer, SCALES[MATTERS]))
    item = bank.items.get(question)
    if item is None or not item.is_live:
        return False
    return answer in (NA, SKIP) or _is_step(answer, SCALES[item.scale])


def step(bank: Bank, question: str, answers: Answers) -> int | None:
    """The step chosen, or None for "na", "skip" and not yet answered.

    Raises ValueError when what was stored is not an answer to that question.
    """
    answer = answers.get(question)
    if answer is None:
        return None
    if not permits(bank, question, answer):
        raise ValueError(f"{answer!r} is not an answer to {question}")
    return answer if isinstance(answer, int) else None


def _is_step(answer: object, scale: tuple[int, ...]) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool) and answer in scale

"""What a person may answer, and reading it back. Answers are kept by question id in one mapping.

========================  ==========================================  ==========================================
question                  id                                          answers
========================  ==========================================  ==========================================
a self item               the item's, ``s-1.3-I``                     0-4, ``"na"`` (not in my role), ``"skip"``
how much it matters       ``m-<code>``                                0-3, ``"skip"``
a scenario                the scenario's, ``k-1.2-I-a``               ``Chosen``, ``"skip"``
a term of the list        the term's, ``t-passkey``                   0-2, ``"skip"``
looking back              ``then-<item>``                             0-4, ``"skip"``
a goal of one's own       ``g-1`` to ``g-3``                          0-2, ``"skip"``
========================  ==========================================  ==========================================

Neither word ever counts as a number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from .bank import AUTONOMY, MATTERS, MET, REACHED, SCALES, SURE, Bank, Check

NA: Final = "na"
SKIP: Final = "skip"
UNSURE: Final = "unsure"
"""The option of a scenario for somebody who does not know. It scores as wrong and says nothing about confidence."""

MOST_GOALS: Final = 3


@dataclass(frozen=True)
class Chosen:
    """An answer to a scenario: an option or ``"unsure"``, and how sure of it (a key of ``SURE``, or None)."""

    choice: str
    confidence: str | None = None


Answer: TypeAlias = int | Chosen | Literal["na", "skip"]
Importance = int | Literal["skip"]
Answers = Mapping[str, Answer]

_MATTERS, _THEN, _GOAL = "m-", "then-", "g-"
_STEPS = ("0", "1", "2", "3", "4")


def matters_id(competence: str) -> str:
    """The id of the question how much that competence matters in the next six months."""
    return _MATTERS + competence


def then_id(item: str) -> str:
    """The id of the question where a person, looking back, places their start on a self item."""
    return _THEN + item


def goal_id(number: int) -> str:
    """The id of the question how far a goal was reached; goals are numbered from 1."""
    return f"{_GOAL}{number}"


def scale_of(bank: Bank, question: str) -> str | None:
    """The name of the scale that a question is answered on; None for scenarios and for unknown questions."""
    if question.startswith(_MATTERS):
        return MATTERS if question.removeprefix(_MATTERS) in bank.competences else None
    if question.startswith(_THEN):
        return AUTONOMY if _is_asked(bank, question.removeprefix(_THEN)) else None
    if question.startswith(_GOAL):
        return REACHED if question in {goal_id(number + 1) for number in range(MOST_GOALS)} else None
    if question in bank.terms:
        return MET if bank.terms[question].is_live else None
    return bank.items[question].scale if _is_asked(bank, question) else None


def matters_in(answers: Answers) -> dict[str, Importance]:
    """The answers to ``m-<code>`` questions alone, by competence code."""
    return {
        question.removeprefix(_MATTERS): answer
        for question, answer in answers.items()
        if question.startswith(_MATTERS) and (answer == SKIP or isinstance(answer, int))
    }


def permits(bank: Bank, question: str, answer: object) -> bool:
    """Whether the bank asks that question and takes that answer (a step as int, not as text)."""
    check = bank.checks.get(question)
    if check is not None:
        return check.is_live and (answer == SKIP or _is_choice(check, answer))
    scale = scale_of(bank, question)
    if scale is None:
        return False
    takes_na = question in bank.items
    return answer == SKIP or (takes_na and answer == NA) or _is_step(answer, SCALES[scale])


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


def chosen(bank: Bank, check: Check, answers: Answers) -> Chosen | None:
    """What was chosen in a scenario, or None for "skip" and not yet answered.

    Raises ValueError when what was stored is not an answer to that scenario.
    """
    answer = answers.get(check.id)
    if answer is None:
        return None
    if not permits(bank, check.id, answer):
        raise ValueError(f"{answer!r} is not an answer to {check.id}")
    return answer if isinstance(answer, Chosen) else None


def is_reserved(name: str) -> bool:
    """Whether an id belongs to a kind of question that a bank does not list, so that no entry of a bank may have it."""
    return name.startswith((_MATTERS, _THEN, _GOAL))


def is_about_importance(item: str) -> bool:
    """Whether a question asks how much a competence matters."""
    return item.startswith(_MATTERS)


def answer_from(bank: Bank, item: str, text: str, confidence: str = "") -> Answer | None:
    """An answer as it is stored or sent ("3", "na", "skip", an option), or None when that question does not take it."""
    answer: Any = text
    if item in bank.checks and text != SKIP:
        answer = Chosen(text, confidence or None)
    elif text in _STEPS:
        answer = int(text)
    return answer if permits(bank, item, answer) else None


def answers_from(bank: Bank, stored: Iterable[tuple[str, str, str]]) -> Answers:
    """Stored answers (question, value, confidence) by question. One that this bank does not take, after a new version,
    is left out."""
    read = {item: answer_from(bank, item, text, confidence) for item, text, confidence in stored}
    return {item: answer for item, answer in read.items() if answer is not None}


def _is_asked(bank: Bank, item: str) -> bool:
    return item in bank.items and bank.items[item].is_live


def _is_step(answer: object, scale: tuple[int, ...]) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool) and answer in scale


def _is_choice(check: Check, answer: object) -> bool:
    if not isinstance(answer, Chosen):
        return False
    if answer.choice == UNSURE:
        return answer.confidence is None
    return answer.choice in check.options and (answer.confidence is None or answer.confidence in SURE)

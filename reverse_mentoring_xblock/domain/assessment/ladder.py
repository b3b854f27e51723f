"""Which question comes next: self-placement on a two-step ladder, then how much it matters.

Rung I is asked first. From the bank's ``up_from`` on rung A follows, below it rung B. "Not part of
my role" and "skip" on the first rung take the competence out: nothing more is asked about it.
Nothing is stored here: the path is worked out from the answers each time, so an answer that leaves
the path is ignored, and counts again if its path comes back. Scenarios will join a path at the end
of an area.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from .answers import Answers, matters_id, step
from .bank import Bank, Rung


@dataclass(frozen=True)
class Question:
    """One thing to ask."""

    id: str
    competence: str
    kind: Literal["self", "matters"]


@dataclass(frozen=True)
class Position:
    """Where a person stands: ``question`` is None at the end, ``number`` counts from 1."""

    question: Question | None
    number: int
    previous: Question | None
    following: Question | None


@dataclass(frozen=True)
class Estimate:
    """Progress as a sentence says it, "14 of about 34". When nothing is left both are equal."""

    done: int
    about: int


def ordered(bank: Bank, competences: Sequence[str], seed: int) -> tuple[str, ...]:
    """The codes to ask about: areas in the bank's order, shuffled by ``seed`` inside an area.

    The same seed gives the same order on every machine. Raises ValueError for a code that the bank
    does not know.
    """
    unknown = set(competences) - set(bank.competences)
    if unknown:
        raise ValueError(f"bank {bank.id} does not know {', '.join(sorted(unknown))}")
    codes: list[str] = []
    for area in bank.areas:
        asked = set(area.competences) & set(competences)
        codes += sorted(asked, key=lambda code: _rank(seed, code))
    return tuple(codes)


def second_rung(bank: Bank, competence: str, answers: Answers) -> Rung | None:
    """The rung after the first: A going up, B going down, None when the first has no step (yet)."""
    first = step(bank, bank.self_item(competence, bank.routing.start_rung).id, answers)
    if first is None:
        return None
    return Rung.A if first >= bank.routing.up_from else Rung.B


def path(
    bank: Bank,
    competences: Sequence[str],
    answers: Answers,
    seed: int,
) -> tuple[Question, ...]:
    """The questions so far, in order: those answered that still count, and the first open one."""
    known = _known(bank, competences, answers, seed)
    opened = next((question for question in known if question.id not in answers), None)
    return tuple(question for question in known if question.id in answers or question is opened)


def next_item(
    bank: Bank,
    competences: Sequence[str],
    answers: Answers,
    seed: int,
) -> Question | None:
    """The first open question, or None when all is answered. A skip is an answer here.

    Raises ValueError as ``ordered`` does, and for a stored answer that its question does not take.
    """
    known = _known(bank, competences, answers, seed)
    return next((question for question in known if question.id not in answers), None)


def position(
    bank: Bank,
    competences: Sequence[str],
    answers: Answers,
    seed: int,
    at: str | None = None,
) -> Position:
    """Where a person stands who looks at question ``at``, with the neighbours for Back and Next.

    Without ``at``, or when that question is no longer on the path, it is the next open question.
    """
    walked = path(bank, competences, answers, seed)
    ids = [question.id for question in walked]
    opened = next((place for place, name in enumerate(ids) if name not in answers), len(ids))
    here = ids.index(at) if at in ids else opened
    return Position(
        question=walked[here] if here < len(walked) else None,
        number=here + 1,
        previous=walked[here - 1] if here > 0 else None,
        following=walked[here + 1] if here + 1 < len(walked) else None,
    )


def estimate(bank: Bank, competences: Sequence[str], answers: Answers, seed: int) -> Estimate:
    """Questions answered, of about how many. An open first rung stands for three questions."""
    known = _known(bank, competences, answers, seed)
    start = bank.routing.start_rung
    firsts = {bank.self_item(question.competence, start).id for question in known}
    return Estimate(
        done=sum(question.id in answers for question in known),
        about=len(known) + 2 * len(firsts - answers.keys()),
    )


def _known(bank: Bank, competences: Sequence[str], answers: Answers, seed: int) -> list[Question]:
    known: list[Question] = []
    for code in ordered(bank, competences, seed):
        known += _about(bank, code, answers)
    return known


def _about(bank: Bank, competence: str, answers: Answers) -> list[Question]:
    first = bank.self_item(competence, bank.routing.start_rung).id
    rung = second_rung(bank, competence, answers)
    if rung is None:
        return [Question(first, competence, "self")]
    return [
        Question(first, competence, "self"),
        Question(bank.self_item(competence, rung).id, competence, "self"),
        Question(matters_id(competence), competence, "matters"),
    ]


def _rank(seed: int, code: str) -> bytes:
    return sha256(f"{seed}:{code}".encode()).digest()

"""Self-placement on a two-step ladder, competence by competence: which questions, in which order.

Rung I is asked first. From the bank's ``up_from`` on rung A follows, below it rung B. "Not part of my role" and "skip"
on the first rung take the competence out: nothing more is asked about it. Nothing is stored here: the path is worked
out from the answers each time, so an answer that leaves the path is ignored, and counts again if its path comes back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, TypeAlias

from .answers import Answers, matters_id, scale_of, step, then_id
from .bank import MATTERS, REACHED, Bank, Rung

Kind: TypeAlias = Literal["self", "matters", "check", "term", "then", "goal"]
Routes: TypeAlias = Mapping[str, Rung]
"""Second rungs, by competence, that an earlier round has settled: the end round asks the items of the start round."""


@dataclass(frozen=True)
class Question:
    """One thing to ask. ``competence`` is empty where it is about none."""

    id: str
    competence: str
    kind: Kind


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


def question_named(bank: Bank, item: str) -> Question | None:
    """The question of that id, whether or not a round asks it; None when there is none."""
    if item in bank.checks:
        return Question(item, bank.checks[item].competence, "check")
    scale = scale_of(bank, item)
    if scale is None:
        return None
    if scale == MATTERS:
        return Question(item, item.removeprefix(matters_id("")), "matters")
    if item in bank.items:
        return Question(item, bank.items[item].competence, "self")
    if item in bank.terms:
        return Question(item, "", "term")
    if scale == REACHED:
        return Question(item, "", "goal")
    return Question(item, bank.items[item.removeprefix(then_id(""))].competence, "then")


def ordered(bank: Bank, competences: Sequence[str], seed: int) -> tuple[str, ...]:
    """The codes to ask about: areas in the bank's order, shuffled by ``seed`` inside an area.

    The same seed gives the same order on every machine. Raises ValueError for a code that the bank does not know.
    """
    unknown = set(competences) - set(bank.competences)
    if unknown:
        raise ValueError(f"bank {bank.id} does not know {', '.join(sorted(unknown))}")
    codes: list[str] = []
    for area in bank.areas:
        asked = set(area.competences) & set(competences)
        codes += sorted(asked, key=lambda code: lot(seed, code))
    return tuple(codes)


def lot(seed: int, name: str) -> bytes:
    """A place drawn by the seed: sorting by it shuffles, in the same way on every machine."""
    return sha256(f"{seed}:{name}".encode()).digest()


def second_rung(bank: Bank, competence: str, answers: Answers, routes: Routes | None = None) -> Rung | None:
    """The rung after the first, None when the first has no step (yet).

    It is the one that ``routes`` settles; else A going up, B going down.
    """
    first = step(bank, bank.self_item(competence, bank.routing.start_rung).id, answers)
    if first is None:
        return None
    if routes and competence in routes:
        return routes[competence]
    return Rung.A if first >= bank.routing.up_from else Rung.B


def questions_about(
    bank: Bank, competence: str, answers: Answers, routes: Routes | None = None, *, asks_matters: bool = True
) -> tuple[Question, ...]:
    """The self items of one competence that are known so far, then how much it matters."""
    first = Question(bank.self_item(competence, bank.routing.start_rung).id, competence, "self")
    rung = second_rung(bank, competence, answers, routes)
    if rung is None:
        return (first,)
    second = Question(bank.self_item(competence, rung).id, competence, "self")
    if not asks_matters:
        return (first, second)
    return (first, second, Question(matters_id(competence), competence, "matters"))

"""One round of questions as a whole: what a person is asked, where they stand, what they could offer.

Mentees are asked on every competence how much it matters to them; it decides their topics. Mentors
have no topics, so they are not asked.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from . import ladder
from .answers import NA, SKIP, Answer, Answers, matters_id, matters_in, permits
from .bank import Bank
from .ladder import Estimate, Position, Question
from .profile import CompetenceResult, Profile, profile

WORTH_OFFERING = "intermediate"
"""From this cut point on a competence is something to offer to somebody else."""

_STEPS = ("0", "1", "2", "3", "4")
_OFFERS = 3
_IMPORTANT = 2


@dataclass(frozen=True)
class Sharing:
    """What a mentee lets their mentor see."""

    topics: bool = True
    levels: bool = False
    strength: bool = False


@dataclass(frozen=True)
class Round:
    """The questions of one attempt and the answers so far. Every competence is known to the bank."""

    bank: Bank
    competences: tuple[str, ...]
    seed: int
    answers: Answers
    asks_matters: bool = True

    def asks(self, item: str) -> bool:
        """Whether that question can come up in this round at all."""
        return item in self._all_items

    def path(self) -> tuple[Question, ...]:
        """The questions so far, in order: those answered that count, and the first open one."""
        answers = self.answers if self.asks_matters else {**self.answers, **self._not_asked}
        walked = ladder.path(self.bank, self.competences, answers, self.seed)
        return tuple(question for question in walked if self.asks_matters or question.kind == "self")

    def position(self, at: str = "") -> Position:
        """Where a person stands who looks at question ``at``; else, or when it left the path, at the open one."""
        walked = self.path()
        ids = [question.id for question in walked]
        opened = next((place for place, item in enumerate(ids) if item not in self.answers), len(ids))
        here = ids.index(at) if at in ids else opened
        return Position(
            question=walked[here] if here < len(walked) else None,
            number=here + 1,
            previous=walked[here - 1] if here > 0 else None,
            following=walked[here + 1] if here + 1 < len(walked) else None,
        )

    def progress(self) -> Estimate:
        """Questions answered, of about how many; equal when nothing is left."""
        done = sum(question.id in self.answers for question in self.path())
        each = 3 if self.asks_matters else 2
        about = sum(1 if self._is_out(code) else each for code in self.competences)
        return Estimate(done=done, about=about)

    @property
    def is_answered(self) -> bool:
        """Whether no question is open. A skip is an answer here."""
        return self.position().question is None

    def profile(self, target: float) -> Profile:
        """The round read against one target (0-100) for every competence."""
        return profile(
            self.bank,
            self.answers,
            matters_in(self.answers) if self.asks_matters else {},
            dict.fromkeys(self.competences, target),
            {},
            self.competences,
        )

    def _is_out(self, competence: str) -> bool:
        return self.answers.get(self._first(competence)) in (NA, SKIP)

    def _first(self, competence: str) -> str:
        return self.bank.self_item(competence, self.bank.routing.start_rung).id

    @property
    def _not_asked(self) -> Answers:
        return {matters_id(code): SKIP for code in self.competences}

    @property
    def _all_items(self) -> Collection[str]:
        items = {item.id for item in self.bank.items.values() if item.is_live and item.competence in self.competences}
        return items | self._not_asked.keys() if self.asks_matters else items


def is_about_importance(item: str) -> bool:
    """Whether a question asks how much a competence matters."""
    return item.startswith(matters_id(""))


def answer_from(bank: Bank, item: str, text: str) -> Answer | None:
    """An answer as it is stored or sent ("3", "na", "skip"), or None when that question does not take it."""
    answer: Any = int(text) if text in _STEPS else text
    return answer if permits(bank, item, answer) else None


def answers_from(bank: Bank, stored: Iterable[tuple[str, str]]) -> Answers:
    """Stored answers by question. One that this bank does not take, after a new version, is left out."""
    read = {item: answer_from(bank, item, text) for item, text in stored}
    return {item: answer for item, answer in read.items() if answer is not None}


def strength(read: Profile, topics: Collection[str], floor: float) -> str | None:
    """What a mentee could offer in return: the best competence that matters to them and is not a topic.

    None below ``floor``: nobody is told to offer what they are still finding their way in.
    """
    able = [result for result in best(read, floor) if (result.matters or 0) >= _IMPORTANT and result.code not in topics]
    return able[0].code if able else None


def offers(read: Profile, floor: float) -> tuple[CompetenceResult, ...]:
    """What a mentor could offer: up to three of their best competences, none below ``floor``."""
    return best(read, floor)[:_OFFERS]


def best(read: Profile, floor: float) -> tuple[CompetenceResult, ...]:
    """Competences from ``floor`` points on, best first, ties by code."""
    able = [result for result in read.competences if result.score is not None and result.score >= floor]
    return tuple(sorted(able, key=lambda result: (-(result.score or 0.0), result.code)))

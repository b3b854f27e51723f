"""Answers as people in the demo give them: to the questions about their skills, and to the checks of the training."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from ...content.loading import load_bank, load_training_pack
from ...domain.assessment.answers import NA, SKIP, UNSURE, Answer, Chosen
from ...domain.assessment.bank import Bank, Form, Rung
from ...domain.assessment.ladder import Question
from ...domain.assessment.offering import WORTH_OFFERING, offers
from ...domain.assessment.repeating import repeated
from ...domain.assessment.rounds import Round
from ...domain.assessment.summary import Summary, summary
from ...domain.states import Role
from ...domain.training import Module
from .plan import PersonPlan

COMPETENCE_SET = "core-12"
POOL = 200
_SELF_VIEW: Mapping[Role, float] = {Role.MENTOR: 2.9, Role.MENTEE: 1.8}
_GAIN, _DRIFT = 0.9, 0.15
"""Steps on the scale that a mentee moves up in a topic, and elsewhere, over a programme."""
_HARDER: Mapping[Rung, float] = {Rung.B: -1.2, Rung.I: 0.0, Rung.A: 0.9}


@dataclass(frozen=True)
class Sheet:
    """A whole round, answered, and what the scores make of it."""

    round: Round
    views: Mapping[str, float]
    """Where the person stands with each competence, 0 to 4: what the answers were drawn from."""
    topics: tuple[str, ...]
    """Of a mentee: what the report suggests; of a mentor: what they could help with."""
    scores: Summary

    @property
    def rows(self) -> Sequence[tuple[str, str, str]]:
        """Question, value and confidence, as they are stored."""
        asked = {question.id for question in self.round.path()}
        return [(item, *_stored(answer)) for item, answer in self.round.answers.items() if item in asked]


def a_sheet(rng: Random, role: Role, weak: Collection[str] = (), strong: Collection[str] = ()) -> Sheet:
    """Plausible answers that lean down on ``weak`` competences and up on ``strong`` ones, scored by the domain."""
    bank = load_bank()
    codes = bank.sets[COMPETENCE_SET]
    views = {
        code: 0.7 if code in weak else 3.6 if code in strong else rng.gauss(_SELF_VIEW[role], 0.7) for code in codes
    }
    is_mentee = role is Role.MENTEE
    seed = rng.randrange(2**31)
    form = (Form.A, Form.B)[seed % 2]
    asked = Round(bank, codes, seed, {}, asks_matters=is_mentee, form=form, uses_checks=is_mentee)
    return _filled(rng, asked, views, weak, strong)


def an_end_sheet(rng: Random, start: Sheet, goals: int) -> Sheet:
    """The same person at the end of the programme: further on in the topics, elsewhere about where they were."""
    gained = {code: view + (_GAIN if code in start.topics else _DRIFT) for code, view in start.views.items()}
    return _filled(rng, repeated(start.round, start.topics, goals), gained, (), ())


def _filled(
    rng: Random, asked: Round, views: Mapping[str, float], weak: Collection[str], strong: Collection[str]
) -> Sheet:
    said = asked
    while question := said.position().question:
        view = views.get(question.competence, 0.0)
        said = said.with_answer(question.id, _reply(rng, said.bank, question, view, weak, strong))
    read = said.profile()
    able = offers(read, said.bank.scoring.cuts[WORTH_OFFERING])
    topics = [topic.competence for topic in read.topics.chosen] if said.asks_matters else [one.code for one in able]
    return Sheet(said, views, tuple(topics), summary(read))


def topics_of(person: PersonPlan, sheet: Sheet) -> Sequence[str]:
    """What somebody chose at sign-up: a mentee the topics of the report, a mentor what they can help with."""
    if person.role is Role.MENTOR:
        return person.strong or sheet.topics
    return tuple(dict.fromkeys(filter(None, (person.first_topic, *sheet.topics))))


def _reply(
    rng: Random, bank: Bank, question: Question, view: float, weak: Collection[str], strong: Collection[str]
) -> Answer:
    """One answer of somebody who stands at ``view`` (0 to 4) with that competence."""
    if question.kind == "matters":
        return 3 if question.competence in weak else rng.choices(range(4), weights=(10, 35, 40, 15))[0]
    if question.kind == "check":
        return _choice(rng, bank, question.id, view)
    if question.kind == "goal":
        return rng.choices((0, 1, 2), weights=(1, 4, 5))[0]
    if question.kind == "then":
        return max(0, min(4, round(rng.gauss(view - _GAIN - 0.4, 0.4))))
    item = bank.items[question.id]
    may_leave = question.competence not in (*weak, *strong) and item.rung is Rung.I
    if may_leave and rng.random() < 0.05:
        return NA if rng.random() < 0.5 else SKIP
    return max(0, min(4, round(rng.gauss(view - _HARDER[item.rung], 0.4))))


def _choice(rng: Random, bank: Bank, name: str, view: float) -> Answer:
    check = bank.checks[name]
    drawn = rng.random()
    if drawn < 0.08:
        return Chosen(UNSURE)
    is_right = drawn < 0.08 + 0.92 * (0.45 + 0.12 * view)
    wrong = [option for option in check.options if option != check.key]
    sure = rng.choices(("guess", "even", "fairly", "certain"), weights=(1, 3, 4, 2) if is_right else (2, 4, 3, 1))[0]
    return Chosen(check.key if is_right else rng.choice(wrong), sure)


def _stored(answer: Answer) -> tuple[str, str]:
    return (answer.choice, answer.confidence or "") if isinstance(answer, Chosen) else (str(answer), "")


def pool(seed: int) -> Callable[[Role, int], Sheet]:
    """Sheets to draw from by a number below ``POOL``, for programmes too large to score everybody anew.

    Each is made when it is first drawn, so that a small programme does not wait for what it does not need.
    """

    @cache
    def sheet(role: Role, number: int) -> Sheet:
        return a_sheet(Random(f"{seed}:{role}:{number}"), role)  # noqa: S311 - a demo

    return sheet


@cache
def modules_of_role(role: Role) -> tuple[Module, ...]:
    """The training of a role."""
    return tuple(module for module in load_training_pack().modules if module.role is role)


@cache
def check_answers(module: Module, right: int) -> Mapping[str, str]:
    """A check with so many right answers, the first ones."""
    keys = load_training_pack().keys
    return {
        question.id: keys[module.id, question.id]
        if place < right
        else next(option for option in question.options if option != keys[module.id, question.id])
        for place, question in enumerate(module.check)
    }

"""Answers as people in the demo give them: to the questions about their skills, and to the checks of the training."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from ...content.loading import load_bank, load_training_pack
from ...domain.assessment.answers import NA, SKIP, Answer, matters_id
from ...domain.assessment.bank import Bank, Rung
from ...domain.assessment.rounds import WORTH_OFFERING, Round, offers
from ...domain.assessment.topics import DEFAULT_TARGET
from ...domain.states import Role
from ...domain.training import Module
from .plan import PersonPlan

COMPETENCE_SET = "core-12"
POOL = 200
_SELF_VIEW: Mapping[Role, float] = {Role.MENTOR: 2.9, Role.MENTEE: 1.8}


@dataclass(frozen=True)
class Sheet:
    """A whole round: answers as they are stored, and what the scores make of them."""

    competences: tuple[str, ...]
    seed: int
    answers: Mapping[str, str]
    topics: tuple[str, ...]
    """Of a mentee: what the report suggests."""
    offers: tuple[str, ...]
    """Of a mentor: what they could help with."""


def a_sheet(rng: Random, role: Role, weak: Collection[str] = (), strong: Collection[str] = ()) -> Sheet:
    """Plausible answers that lean down on ``weak`` competences and up on ``strong`` ones, scored by the domain."""
    bank = load_bank()
    codes = bank.sets[COMPETENCE_SET]
    answers: dict[str, Answer] = {}
    for code in codes:
        view = 0.7 if code in weak else 3.6 if code in strong else rng.gauss(_SELF_VIEW[role], 0.7)
        answers |= _about(rng, bank, code, view, may_leave=code not in (*weak, *strong))
        if role is Role.MENTEE:
            matters = 3 if code in weak else rng.choices(range(4), weights=(10, 35, 40, 15))[0]
            answers[matters_id(code)] = matters
    seed = rng.randrange(2**31)
    whole = Round(bank, codes, seed, answers, asks_matters=role is Role.MENTEE)
    asked = {question.id for question in whole.path()}
    read = whole.profile(DEFAULT_TARGET)
    able = offers(read, bank.scoring.cuts[WORTH_OFFERING])
    return Sheet(
        competences=codes,
        seed=seed,
        answers={item: str(answer) for item, answer in answers.items() if item in asked},
        topics=tuple(topic.competence for topic in read.topics.chosen) if role is Role.MENTEE else (),
        offers=tuple(result.code for result in able) if role is Role.MENTOR else (),
    )


def topics_of(person: PersonPlan, sheet: Sheet) -> Sequence[str]:
    """What somebody chose at sign-up: a mentee the topics of the report, a mentor what they can help with."""
    return sheet.topics if person.role is Role.MENTEE else person.strong or sheet.offers


def _about(rng: Random, bank: Bank, code: str, view: float, *, may_leave: bool) -> dict[str, Answer]:
    first = bank.self_item(code, bank.routing.start_rung).id
    if may_leave and rng.random() < 0.05:
        return {first: rng.choice((NA, SKIP))}
    step = _step(rng, view)
    goes_up = step >= bank.routing.up_from
    second = bank.self_item(code, Rung.A if goes_up else Rung.B).id
    return {first: step, second: _step(rng, view - 0.9 if goes_up else view + 1.2)}


def _step(rng: Random, view: float) -> int:
    return max(0, min(4, round(rng.gauss(view, 0.4))))


def pool(seed: int) -> Mapping[Role, Sequence[Sheet]]:
    """Ready sheets to draw from, for programmes too large to score everybody anew."""
    return {role: tuple(a_sheet(Random(f"{seed}:{role}:{n}"), role) for n in range(POOL)) for role in Role}  # noqa: S311 - a demo


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

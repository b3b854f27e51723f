"""What the person alone reads about their answers: scenarios with explanations, how sure they were, the figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..domain.assessment.answers import UNSURE, matters_id, step
from ..domain.assessment.bank import SURE, Bank
from ..domain.assessment.calibration import Calibration, Sureness
from ..domain.assessment.ladder import second_rung
from ..domain.assessment.profile import CompetenceResult, Profile
from ..domain.assessment.rounds import Round
from ..domain.assessment.scenarios import Verdict

Words = Mapping[str, str]
_KNOWN_FROM = 1


@dataclass(frozen=True)
class Told:
    """A scenario with what was chosen, what is best and why."""

    skill: str
    stem: str
    chosen: str
    sure: str
    is_right: bool
    is_unsure: bool
    is_risk: bool
    best: str
    why: str


@dataclass(frozen=True)
class TermTold:
    """A term with what it means; ``is_claimed`` where somebody has met one that was invented."""

    term: str
    meaning: str
    is_real: bool
    is_claimed: bool


@dataclass(frozen=True)
class Figures:
    """How one competence was worked out, for checking by hand. Numbers are rounded to one decimal here alone."""

    name: str
    code: str
    steps: str
    own: str
    scenarios: str
    evidence: str
    target: str
    gap: str
    matters: str
    weight: str
    priority: str


def review(said: Round, read: Profile, words: Words) -> dict[str, Any]:
    """Everything under "your answers in detail"."""
    told = tuple(_told(said, verdict, words) for verdict in read.verdicts)
    terms = tuple(_term(said, name, words) for name in said.terms if name in said.answers) if said.uses_terms else ()
    return {
        "scenarios": told,
        "right": sum(one.is_right for one in told),
        "sureness": sureness_words(said.calibration()),
        "terms": terms,
        "claimed": sum(term.is_claimed for term in terms),
        "figures": tuple(_figures(said, result, words) for result in read.competences if result.self_score is not None),
    }


def sureness_words(found: Calibration) -> str:
    """How sure somebody was, in one sentence; empty below six answers."""
    if found.words is None:
        return ""
    return {
        Sureness.ABOUT_RIGHT: _("Your sense of what you know is about right."),
        Sureness.SURER: _("You tended to feel surer than the answers bore out. That is worth checking twice."),
        Sureness.KNOWS_MORE: _("You know more than you give yourself credit for."),
    }[found.words]


def _told(said: Round, verdict: Verdict, words: Words) -> Told:
    check = verdict.check
    is_unsure = verdict.choice == UNSURE
    sure = next((name for name, share in SURE.items() if share == verdict.probability), "")
    return Told(
        skill=words[f"competence.{check.competence}.short"],
        stem=words[f"{check.id}.stem"],
        chosen=words["scale.unsure"] if is_unsure else words[f"{check.id}.opt.{verdict.choice}"],
        sure=words[f"scale.sure.{sure}"] if sure else "",
        is_right=verdict.is_right,
        is_unsure=is_unsure,
        is_risk=check.is_risk and verdict.is_sure_and_wrong,
        best=words[f"{check.id}.opt.{check.key}"],
        why=words[f"{check.id}.why"],
    )


def _term(said: Round, name: str, words: Words) -> TermTold:
    term = said.bank.terms[name]
    met = step(said.bank, name, said.answers)
    is_claimed = not term.is_real and met is not None and met >= _KNOWN_FROM
    return TermTold(words[f"{name}.term"], words[f"{name}.meaning"], term.is_real, is_claimed)


def _figures(said: Round, result: CompetenceResult, words: Words) -> Figures:
    matters = step(said.bank, matters_id(result.code), said.answers)
    return Figures(
        name=words[f"competence.{result.code}.short"],
        code=result.code,
        steps=_steps(said.bank, said, result.code),
        own=_decimal(result.self_score),
        scenarios=", ".join(_right(verdict) for verdict in result.verdicts),
        evidence=_decimal(result.score),
        target=_decimal(result.target),
        gap=_decimal(result.gap),
        matters="" if matters is None else str(matters),
        weight=_decimal(result.weight),
        priority=_decimal(result.priority),
    )


def _steps(bank: Bank, said: Round, code: str) -> str:
    """The two answers with their rungs, such as "I 2, A 1"."""
    first = bank.self_item(code, bank.routing.start_rung)
    rung = second_rung(bank, code, said.answers, said.routes)
    items = [first, bank.self_item(code, rung)] if rung else [first]
    given = [(item.rung, step(bank, item.id, said.answers)) for item in items]
    return ", ".join(f"{rung} {number}" if number is not None else f"{rung} –" for rung, number in given)  # noqa: RUF001 - a dash


def _right(verdict: Verdict) -> str:
    return f"{verdict.check.rung} " + (_("right") if verdict.is_right else _("not right"))


def _decimal(number: float | None) -> str:
    return "" if number is None else f"{number:.1f}"

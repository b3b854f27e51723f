"""One attempt read as a whole: report, matcher and gradebook take what they need from here.

It holds what a person alone may see. Whoever shows it to anybody else picks single fields. All figures are unrounded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import ladder, scenarios, scores, topics
from .answers import Answers, Importance, matters_id, step
from .bank import Bank
from .ladder import Routes
from .scenarios import Verdict
from .scores import Level
from .topics import DEFAULT_TARGET, Need, Topics


@dataclass(frozen=True)
class CompetenceResult:
    """One competence. Everything that rests on a score is None when the first rung has no step.

    ``self_score`` is the person's own view, ``score`` the evidence: the same with ``verdicts`` on scenarios, if any.
    """

    code: str
    area: str
    target: float
    weight: float
    matters: int | None
    self_score: float | None
    score: float | None
    level: Level | None
    gap: float | None
    priority: float | None
    verdicts: tuple[Verdict, ...] = ()

    @property
    def is_risk(self) -> bool:
        """Whether a scenario in which that does harm was answered wrongly, and surely."""
        return any(verdict.check.is_risk and verdict.is_sure_and_wrong for verdict in self.verdicts)


@dataclass(frozen=True)
class AreaResult:
    """One area, competences in the framework's order; no score below 60% valid competences."""

    id: str
    score: float | None
    level: Level | None
    competences: tuple[CompetenceResult, ...]


@dataclass(frozen=True)
class Profile:
    """What an attempt says. ``overall`` is for change and cohorts only. ``verdicts`` in the order of ``checks``."""

    areas: tuple[AreaResult, ...]
    overall: float | None
    topics: Topics
    verdicts: tuple[Verdict, ...]

    @property
    def competences(self) -> tuple[CompetenceResult, ...]:
        """All results, area by area."""
        return tuple(result for area in self.areas for result in area.competences)

    @property
    def scores(self) -> dict[str, float]:
        """The evidence score of every competence that has one."""
        return {result.code: result.score for result in self.competences if result.score is not None}


def profile(
    bank: Bank,
    answers: Answers,
    matters: Mapping[str, Importance],
    targets: Mapping[str, float],
    weights: Mapping[str, float],
    competences: Sequence[str],
    *,
    checks: Sequence[str] = (),
    routes: Routes | None = None,
) -> Profile:
    """Score one attempt at the competences that were asked about.

    ``answers`` by question id; ``matters`` (0-3 or "skip"), ``targets`` (0-100, default 60) and ``weights`` (0.5-1.5,
    default 1) by competence code; ``checks`` are the scenarios that were asked, ``routes`` the second rungs that an
    earlier round has settled. Answers off the path and to unknown items are ignored. Raises ValueError for an unknown
    competence, an answer off its scale or a weight out of range.
    """
    said: Answers = {**answers, **{matters_id(code): value for code, value in matters.items()}}
    asked = ladder.ordered(bank, competences, seed=0)
    verdicts = scenarios.verdicts(bank, checks, answers)
    reading = _Reading(bank, said, targets, weights, scenarios.by_competence(verdicts), routes)
    areas = []
    for area in bank.areas:
        results = tuple(reading.result(area.id, code) for code in area.competences if code in asked)
        if results:
            areas.append(_area(bank, area.id, results, asked))
    return Profile(
        areas=tuple(areas),
        overall=scores.overall_score([area.score for area in areas]),
        topics=topics.choose_topics(_needs(areas)),
        verdicts=verdicts,
    )


@dataclass(frozen=True)
class _Reading:
    bank: Bank
    answers: Answers
    targets: Mapping[str, float]
    weights: Mapping[str, float]
    verdicts: Mapping[str, tuple[Verdict, ...]]
    routes: Routes | None

    def result(self, area: str, code: str) -> CompetenceResult:
        target, weight = self.targets.get(code, DEFAULT_TARGET), self.weights.get(code, 1.0)
        own = scores.self_score(self.bank, code, self.answers, self.routes)
        if own is None:
            return CompetenceResult(code, area, target, weight, None, None, None, None, None, None)
        matters = step(self.bank, matters_id(code), self.answers)
        found = self.verdicts.get(code, ())
        positions = [scores.check_position(one.check.rung, one.is_right, own) for one in found]
        score = scores.evidence_score(own, positions)
        missing = topics.gap(score, target)
        is_risk = any(one.check.is_risk and one.is_sure_and_wrong for one in found)
        return CompetenceResult(
            code=code,
            area=area,
            target=target,
            weight=weight,
            matters=matters,
            self_score=own,
            score=score,
            level=scores.level(score, self.bank.scoring.cuts, self.bank.scoring.sem["competence"]),
            gap=missing,
            priority=topics.priority(missing, matters, weight, is_risk),
            verdicts=found,
        )


def _area(bank: Bank, area: str, results: tuple[CompetenceResult, ...], asked: Sequence[str]) -> AreaResult:
    score = scores.area_score([result.score for result in results])
    if score is None:
        return AreaResult(area, None, None, results)
    return AreaResult(area, score, scores.level(score, bank.scoring.cuts, area_error(bank, asked)), results)


def area_error(bank: Bank, asked: Sequence[str]) -> float:
    """The error of measurement of an area's score: smaller where the whole bank was asked."""
    return bank.scoring.sem["area_all" if set(asked) >= set(bank.competences) else "area_core"]


def overall_error(bank: Bank, asked: Sequence[str]) -> float:
    """The error of measurement of the overall score, likewise."""
    return bank.scoring.sem["overall_all" if set(asked) >= set(bank.competences) else "overall_core"]


def _needs(areas: Iterable[AreaResult]) -> Iterator[Need]:
    for area in areas:
        for result in area.competences:
            if result.score is not None:
                yield Need(
                    competence=result.code,
                    area=result.area,
                    score=result.score,
                    target=result.target,
                    matters=result.matters,
                    weight=result.weight,
                    is_risk=result.is_risk,
                )

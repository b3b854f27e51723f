"""One attempt read as a whole: report, matcher and gradebook take what they need from here.

It holds what a person alone may see. Whoever shows it to anybody else picks single fields. All
figures are unrounded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import ladder, scores, topics
from .answers import SKIP, Answers, Importance, matters_id, step
from .bank import Bank
from .scores import Level
from .topics import DEFAULT_TARGET, Need, Topics


@dataclass(frozen=True)
class CompetenceResult:
    """One competence. Everything that rests on a score is None when the first rung has no step."""

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


@dataclass(frozen=True)
class AreaResult:
    """One area, competences in the framework's order; no score below 60% valid competences."""

    id: str
    score: float | None
    level: Level | None
    competences: tuple[CompetenceResult, ...]


@dataclass(frozen=True)
class Participation:
    """How much was answered. "Not part of my role" is an answer, a skip is not.

    ``asked`` includes what is still open.
    """

    answered: int
    skipped: int
    asked: int

    @property
    def share(self) -> float:
        """``answered`` of ``asked``, 0 to 1."""
        return self.answered / self.asked if self.asked else 0.0


@dataclass(frozen=True)
class Profile:
    """What an attempt says. ``overall`` is for change and cohorts only."""

    areas: tuple[AreaResult, ...]
    overall: float | None
    topics: Topics
    participation: Participation

    @property
    def competences(self) -> tuple[CompetenceResult, ...]:
        """All results, area by area."""
        return tuple(result for area in self.areas for result in area.competences)


def profile(
    bank: Bank,
    answers: Answers,
    matters: Mapping[str, Importance],
    targets: Mapping[str, float],
    weights: Mapping[str, float],
    competences: Sequence[str],
) -> Profile:
    """Score one attempt at the competences that were asked about.

    ``answers`` by item id; ``matters`` (0-3 or "skip"), ``targets`` (0-100, default 60) and
    ``weights`` (0.5-1.5, default 1) by competence code. Answers off the path and to unknown items
    are ignored. Raises ValueError for an unknown competence, an answer off its scale or a weight
    out of range.
    """
    said: Answers = {**answers, **{matters_id(code): value for code, value in matters.items()}}
    asked = ladder.ordered(bank, competences, seed=0)
    areas = []
    for area in bank.areas:
        codes = [code for code in area.competences if code in asked]
        results = tuple(_result(bank, area.id, code, said, targets, weights) for code in codes)
        if results:
            areas.append(_area(bank, area.id, results, asked))
    return Profile(
        areas=tuple(areas),
        overall=scores.overall_score([area.score for area in areas]),
        topics=topics.choose_topics(_needs(areas)),
        participation=_participation(bank, said, competences),
    )


def _result(
    bank: Bank,
    area: str,
    code: str,
    answers: Answers,
    targets: Mapping[str, float],
    weights: Mapping[str, float],
) -> CompetenceResult:
    target, weight = targets.get(code, DEFAULT_TARGET), weights.get(code, 1.0)
    matters = step(bank, matters_id(code), answers)
    own = scores.self_score(bank, code, answers)
    if own is None:
        return CompetenceResult(code, area, target, weight, None, None, None, None, None, None)
    score = scores.evidence_score(own)
    missing = topics.gap(score, target)
    return CompetenceResult(
        code=code,
        area=area,
        target=target,
        weight=weight,
        matters=matters,
        self_score=own,
        score=score,
        level=scores.level(score, bank.scoring.cuts, bank.scoring.sem["competence"]),
        gap=missing,
        priority=topics.priority(missing, matters, weight),
    )


def _area(
    bank: Bank,
    area: str,
    results: tuple[CompetenceResult, ...],
    asked: Sequence[str],
) -> AreaResult:
    score = scores.area_score([result.score for result in results])
    if score is None:
        return AreaResult(area, None, None, results)
    sem = bank.scoring.sem["area_all" if set(asked) >= set(bank.competences) else "area_core"]
    return AreaResult(area, score, scores.level(score, bank.scoring.cuts, sem), results)


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
                )


def _participation(bank: Bank, answers: Answers, competences: Sequence[str]) -> Participation:
    walked = ladder.path(bank, competences, answers, seed=0)
    said = [answers[question.id] for question in walked if question.id in answers]
    skipped = said.count(SKIP)
    asked = ladder.estimate(bank, competences, answers, seed=0).about
    return Participation(answered=len(said) - skipped, skipped=skipped, asked=asked)

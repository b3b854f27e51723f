"""What to work on, why, and what to offer back.

Gap G = max(0, T - E), both on 0-100. Priority P = min(100, G (0.4 + 0.2 M) W R), with M how much it
matters (0-3), W the programme's weight (0.5-1.5) and R = 1.25 after a risk scenario answered
wrongly with confidence, else 1. The order starts a conversation; a person may swap any topic for
any alternative.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

TARGETS: Mapping[str, float] = {"basic": 35.0, "intermediate": 60.0, "advanced": 85.0}
DEFAULT_TARGET = TARGETS["intermediate"]

_TOPICS = 3
_PER_AREA = 2
_WORTH_IT = 5.0
_RISK = 1.25
_TOP = 100.0
_MIDDLE_IMPORTANCE = 1.5
_IMPORTANT = 2
WEIGHTS = (0.5, 1.5)
"""The least and the most that a programme can weigh a competence with."""


@dataclass(frozen=True)
class Need:
    """What is known of one competence that has a score. ``matters`` is None when it was skipped."""

    competence: str
    area: str
    score: float
    target: float
    matters: int | None
    weight: float = 1.0
    is_risk: bool = False


@dataclass(frozen=True)
class Reason:
    """One part of "why this one", for a template to say in words.

    ``gap`` points to the target; ``room`` points to the top of the scale (a stretch); ``matters``
    step 2 or 3; ``weight`` above 1; ``risk`` its factor.
    """

    code: Literal["gap", "room", "matters", "weight", "risk"]
    number: float


@dataclass(frozen=True)
class Topic:
    """A competence to work on. A stretch has no gap worth a session: it goes beyond the target."""

    competence: str
    area: str
    gap: float
    priority: float
    is_stretch: bool
    why: tuple[Reason, ...]


@dataclass(frozen=True)
class Topics:
    """Up to three topics, the other scored competences in order for a swap, and one strength."""

    chosen: tuple[Topic, ...]
    alternatives: tuple[Topic, ...]
    strength: str | None


def gap(score: float, target: float) -> float:
    """Points missing to the target: G = max(0, T - E)."""
    return max(0.0, target - score)


def priority(points: float, matters: int | None, weight: float, is_risk: bool = False) -> float:
    """P = min(100, G (0.4 + 0.2 M) W R). A skipped M takes the middle of its scale, 1.5.

    Raises ValueError for a weight outside 0.5-1.5.
    """
    if not WEIGHTS[0] <= weight <= WEIGHTS[1]:
        raise ValueError(f"weight {weight} is not between {WEIGHTS[0]} and {WEIGHTS[1]}")
    importance = _MIDDLE_IMPORTANCE if matters is None else matters
    return min(_TOP, points * (0.4 + 0.2 * importance) * weight * (_RISK if is_risk else 1.0))


def choose_topics(needs: Iterable[Need]) -> Topics:
    """Three topics by priority (P >= 5, two of an area at most), filled up with stretch topics.

    A stretch topic is ranked by the same formula with the top of the scale as its target. The
    strength to offer back is the highest score that matters (M >= 2) and is not a gap topic. Ties:
    lower score first, then by code.
    """
    known = tuple(needs)
    ranked = sorted(known, key=_by_priority)
    first = _take([need for need in ranked if _priority(need) >= _WORTH_IT], ())
    strength = _strength([need for need in known if need not in first])
    rest = [need for need in sorted(known, key=_by_room) if need not in first]
    beyond = [need for need in rest if _priority(need) < _WORTH_IT and need.competence != strength]
    chosen = _take([need for need in beyond if need.score < _TOP], first)
    left = [need for need in ranked if _priority(need) >= _WORTH_IT and need not in chosen]
    left += [need for need in rest if _priority(need) < _WORTH_IT and need not in chosen]
    return Topics(tuple(map(_topic, chosen)), tuple(map(_topic, left)), strength)


def _take(candidates: list[Need], taken: tuple[Need, ...]) -> tuple[Need, ...]:
    for need in candidates:
        same_area = sum(other.area == need.area for other in taken)
        if len(taken) < _TOPICS and same_area < _PER_AREA:
            taken = (*taken, need)
    return taken


def _strength(needs: list[Need]) -> str | None:
    mattering = [need for need in needs if need.matters is not None and need.matters >= _IMPORTANT]
    best = min(mattering, key=lambda need: (-need.score, need.competence), default=None)
    return best.competence if best else None


def _topic(need: Need) -> Topic:
    is_stretch = _priority(need) < _WORTH_IT
    missing = gap(need.score, need.target)
    why = [Reason("room", _TOP - need.score) if is_stretch else Reason("gap", missing)]
    if need.matters is not None and need.matters >= _IMPORTANT:
        why.append(Reason("matters", need.matters))
    if need.weight > 1:
        why.append(Reason("weight", need.weight))
    if need.is_risk:
        why.append(Reason("risk", _RISK))
    return Topic(need.competence, need.area, missing, _priority(need), is_stretch, tuple(why))


def _priority(need: Need) -> float:
    return priority(gap(need.score, need.target), need.matters, need.weight, need.is_risk)


def _room(need: Need) -> float:
    return priority(gap(need.score, _TOP), need.matters, need.weight)


def _by_priority(need: Need) -> tuple[float, float, str]:
    return (-_priority(need), need.score, need.competence)


def _by_room(need: Need) -> tuple[float, float, str]:
    return (-_room(need), need.score, need.competence)

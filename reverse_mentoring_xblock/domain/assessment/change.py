"""From the first round to the last: what changed, and how sure that is.

The reliable change of a score is (after - before) / sqrt(SEM_before^2 + SEM_after^2) (Jacobson & Truax 1991, with an
error for each time as in Maassen 2004). From 1.96 on a gain is clear, from 1.28 on it is likely; down to -1.28 nothing
has changed clearly; below, somebody rates themselves lower now.

Topics are picked because they were low, so part of what they gain is chance swinging back. Their baseline is corrected
for it (Kelley): B = m + rho (E - m), with m the person's own mean over all competences that have a score and rho the
share of a difference that lasts from one round to the next. A single competence is not judged: its error is too large.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import fsum, sqrt

from .bank import Bank
from .profile import Profile, area_error, overall_error

BETWEEN_ROUNDS = timedelta(weeks=6)
"""Sooner than this a second round measures memory, not change."""

_CLEAR, _LIKELY = 1.96, 1.28
_TOPICS_CLEAR, _TOPICS_LIKELY = 22.0, 15.0
_TOPICS = 3


class Change(StrEnum):
    """A verdict in one word, as a stable code."""

    CLEAR = "clear"
    LIKELY = "likely"
    NONE = "none"
    LOWER = "lower"


@dataclass(frozen=True)
class ScoreChange:
    """A score (0-100) at both times and what its change amounts to."""

    before: float
    after: float
    change: Change


@dataclass(frozen=True)
class TopicChange:
    """One topic: its score at the start, the corrected baseline, the score now, and where the person places the start
    looking back (None without an answer)."""

    code: str
    before: float
    baseline: float
    after: float
    then: float | None

    @property
    def gain(self) -> float:
        """Points above the corrected baseline."""
        return self.after - self.baseline


@dataclass(frozen=True)
class Comparison:
    """Two rounds side by side. A part that has no score in one of them is missing."""

    overall: ScoreChange | None
    areas: Mapping[str, ScoreChange]
    topics: tuple[TopicChange, ...]
    topic_gain: float | None
    topic_change: Change | None


def reliable_change(before: float, after: float, error_before: float, error_after: float) -> float:
    """The change in units of its own error."""
    return (after - before) / sqrt(error_before**2 + error_after**2)


def judged(reliable: float) -> Change:
    """The verdict on a reliable change."""
    if reliable >= _CLEAR:
        return Change.CLEAR
    if reliable >= _LIKELY:
        return Change.LIKELY
    return Change.NONE if reliable > -_LIKELY else Change.LOWER


def judged_topics(gain: float, count: int) -> Change:
    """The verdict on the mean gain of ``count`` topics: for three, likely from 15 points on and clear from 22.

    The error of a mean of fewer is larger by the root of their number.
    """
    wider = sqrt(_TOPICS / count)
    if gain >= _TOPICS_CLEAR * wider:
        return Change.CLEAR
    if gain >= _TOPICS_LIKELY * wider:
        return Change.LIKELY
    return Change.NONE if gain > -_TOPICS_LIKELY * wider else Change.LOWER


def corrected_baseline(score: float, own_mean: float, rho: float) -> float:
    """B = m + rho (E - m), in points of 0-100."""
    return own_mean + rho * (score - own_mean)


def own_mean(scores: Mapping[str, float]) -> float | None:
    """The person's mean over all competences that have a score."""
    return fsum(scores.values()) / len(scores) if scores else None


def compare(
    bank: Bank, start: Profile, end: Profile, topics: Sequence[str], then: Mapping[str, float], asked: Sequence[str]
) -> Comparison:
    """Both rounds of one person over the same competences ``asked``, with the ``topics`` settled at the start.

    ``then`` is where the person, looking back, places the start of a topic (0-100).
    """
    changed = _topics(bank, start, end, topics, then)
    gain = fsum(topic.gain for topic in changed) / len(changed) if changed else None
    return Comparison(
        overall=_scores(start.overall, end.overall, overall_error(bank, asked)),
        areas=_areas(bank, start, end, asked),
        topics=changed,
        topic_gain=gain,
        topic_change=None if gain is None else judged_topics(gain, len(changed)),
    )


def _areas(bank: Bank, start: Profile, end: Profile, asked: Sequence[str]) -> Mapping[str, ScoreChange]:
    after = {area.id: area.score for area in end.areas}
    error = area_error(bank, asked)
    pairs = {area.id: _scores(area.score, after.get(area.id), error) for area in start.areas}
    return {name: change for name, change in pairs.items() if change is not None}


def _scores(before: float | None, after: float | None, error: float) -> ScoreChange | None:
    if before is None or after is None:
        return None
    return ScoreChange(before, after, judged(reliable_change(before, after, error, error)))


def _topics(
    bank: Bank, start: Profile, end: Profile, topics: Sequence[str], then: Mapping[str, float]
) -> tuple[TopicChange, ...]:
    before, after, mean = start.scores, end.scores, own_mean(start.scores)
    if mean is None:
        return ()
    rho = bank.scoring.rho_within
    return tuple(
        TopicChange(code, before[code], corrected_baseline(before[code], mean, rho), after[code], then.get(code))
        for code in topics
        if code in before and code in after
    )

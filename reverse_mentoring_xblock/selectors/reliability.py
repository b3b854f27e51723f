"""Rounds that were handed in, for figures on how well the instrument measures. Nobody is named."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, pairwise
from typing import cast

from django.db.models import QuerySet
from opaque_keys.edx.keys import LearningContextKey

from ..domain.assessment.bank import Bank
from ..domain.assessment.careless import is_careless
from ..domain.assessment.rounds import Round
from ..domain.states import Role
from ..models import Answer, Attempt
from .rounds import Stored, instrument_of, round_from

RETEST = (timedelta(days=7), timedelta(days=14))
"""How far apart two rounds are that tell how much a score moves by itself: long enough to forget the answers, too short
to learn."""


@dataclass(frozen=True)
class Sample:
    """The ``rounds`` of one phase with one bank, one a person, and pairs of rounds that the same people did within one
    to two weeks, whatever their phase. ``careless`` counts the rounds of that phase that are left out of both."""

    bank: Bank
    rounds: tuple[Round, ...]
    careless: int
    retests: tuple[tuple[Round, Round], ...]


def sample_of(phase: str, context_key: LearningContextKey | None = None, slug: str = "") -> Sample | None:
    """The rounds of a course and a programme, or of all. None when nobody has handed one in. Two queries.

    Where people answered different banks, the one of the newest round counts, in its major version. Of somebody who
    handed in several rounds, in several programmes, the newest counts.
    """
    handed_in = Attempt.objects.filter(submitted_at__isnull=False)
    if context_key is not None:
        handed_in = handed_in.filter(participant__programme__context_key=context_key)
    if slug:
        handed_in = handed_in.filter(participant__programme__slug=slug)
    attempts = list(handed_in.select_related("participant").order_by("submitted_at", "pk"))
    newest = next((attempt for attempt in reversed(attempts) if attempt.phase == phase), None)
    if newest is None:
        return None
    same = [attempt for attempt in attempts if _bank_of(attempt) == _bank_of(newest)]
    careful = [attempt for attempt in same if not is_careless(attempt.careless)]
    rounds = _rounds(careful, handed_in)
    by_person = {attempt.participant.user_id: attempt.pk for attempt in careful if attempt.phase == phase}
    return Sample(
        bank=instrument_of(newest).bank,
        rounds=tuple(rounds[pk] for pk in by_person.values()),
        careless=sum(attempt.phase == phase and is_careless(attempt.careless) for attempt in same),
        retests=tuple((rounds[first.pk], rounds[second.pk]) for first, second in _retests(careful)),
    )


def _bank_of(attempt: Attempt) -> tuple[str, str]:
    return attempt.bank, attempt.bank_version.partition(".")[0]


def _rounds(attempts: Sequence[Attempt], among: QuerySet[Attempt]) -> Mapping[int, Round]:
    answers: dict[int, list[Stored]] = defaultdict(list)
    rows = Answer.objects.filter(attempt__in=among).values_list("attempt_id", "item", "value", "confidence")
    for pk, item, value, confidence in rows.iterator():
        answers[pk].append((item, value, confidence))
    return {one.pk: round_from(one, Role(one.participant.role), answers[one.pk]) for one in attempts}


def _retests(attempts: Iterable[Attempt]) -> Iterator[tuple[Attempt, Attempt]]:
    """The first two rounds of a person that are far enough apart, and not too far."""
    by_person: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_person[attempt.participant.user_id].append(attempt)
    for mine in by_person.values():
        near = (pair for pair in pairwise(mine) if RETEST[0] <= _apart(*pair) <= RETEST[1])
        yield from islice(near, 1)


def _apart(first: Attempt, second: Attempt) -> timedelta:
    return cast(datetime, second.submitted_at) - cast(datetime, first.submitted_at)

"""How the pairs of a programme are getting on, for the coordinator: names, numbers and dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet

from ..data import Place
from ..domain.states import PairingState
from ..models import Pairing, Reflection
from .journal import MOST_PAIRS, SessionCount, quietest_pairs, session_counts
from .participants import name_of
from .prepared import Given, given_place, prepared


@dataclass(frozen=True)
class WritingRow:
    """On how many sessions a person has written, and when last. Never what."""

    sessions: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True)
class DeskRow:
    """A pair at work. ``both`` counts the sessions held that each of the two has confirmed."""

    pairing: str
    mentor: str
    mentee: str
    active_at: datetime | None
    planned: int
    held: int
    both: int
    last_held_at: datetime | None
    next_at: datetime | None
    mentor_wrote: WritingRow = field(default_factory=WritingRow)
    mentee_wrote: WritingRow = field(default_factory=WritingRow)


def journal_desk(place: Place, limit: int = MOST_PAIRS) -> Mapping[str, Any]:
    """``rows`` of the pairs that have gone longest without a session, ``total`` pairs at work, ``ended`` ones.

    Four queries, whatever the size of the programme.
    """
    pairings = quietest_pairs(place, limit)
    counts = session_counts(pairings)
    wrote = _writing(pairings)
    totals = dict(_totals(**place._asdict()))
    return {
        "rows": tuple(_row(pairing, counts.get(pairing.pk, SessionCount()), wrote) for pairing in pairings),
        "total": totals.get(PairingState.ACTIVE, 0),
        "ended": totals.get(PairingState.ENDED, 0),
    }


def _row(pairing: Pairing, count: SessionCount, wrote: Mapping[tuple[int, int], WritingRow]) -> DeskRow:
    return DeskRow(
        pairing=str(pairing.uuid),
        mentor=name_of(pairing.mentor.user),
        mentee=name_of(pairing.mentee.user),
        active_at=pairing.active_at,
        planned=count.planned,
        held=count.held,
        both=count.both,
        last_held_at=count.last_held_at,
        next_at=count.next_at,
        mentor_wrote=wrote.get((pairing.pk, pairing.mentor_id), WritingRow()),
        mentee_wrote=wrote.get((pairing.pk, pairing.mentee_id), WritingRow()),
    )


def _writing(pairings: Sequence[Pairing]) -> Mapping[tuple[int, int], WritingRow]:
    """By pairing and author. The words themselves are not read."""
    rows = _written(pairings=[pairing.pk for pairing in pairings])
    return {(pairing_id, author_id): WritingRow(*facts) for pairing_id, author_id, *facts in rows}


@prepared
def _written() -> "QuerySet[Reflection, tuple[Any, ...]]":
    return (
        Reflection.objects.filter(session__pairing__in=Given("pairings", size=MOST_PAIRS))
        .values("session__pairing_id", "author_id")
        .annotate(sessions=Count("session", distinct=True), last_at=Max("created"))
        .values_list("session__pairing_id", "author_id", "sessions", "last_at")
    )


@prepared
def _totals() -> "QuerySet[Pairing, tuple[str, int]]":
    return (
        Pairing.objects.filter(given_place(), active_at__isnull=False)
        .values("state")
        .annotate(n=Count("pk"))
        .values_list("state", "n")
    )

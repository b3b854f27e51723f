"""How the pairs of a programme are getting on, for the coordinator: names, numbers and dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max

from ..data import Place
from ..domain.states import PairingState
from ..models import Pairing, Reflection
from .journal import MOST_PAIRS, name_of, quietest_pairs, session_counts


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
    totals = _totals(place)
    return {
        "rows": tuple(_row(pairing, counts.get(pairing.pk, {}), wrote) for pairing in pairings),
        "total": totals.get(PairingState.ACTIVE, 0),
        "ended": totals.get(PairingState.ENDED, 0),
    }


def _row(pairing: Pairing, counts: Mapping[str, Any], wrote: Mapping[tuple[int, int], WritingRow]) -> DeskRow:
    return DeskRow(
        pairing=str(pairing.uuid),
        mentor=name_of(pairing.mentor.user),
        mentee=name_of(pairing.mentee.user),
        active_at=pairing.active_at,
        planned=counts.get("planned", 0),
        held=counts.get("held", 0),
        both=counts.get("both", 0),
        last_held_at=pairing.last_held_at,  # type: ignore[attr-defined]
        next_at=counts.get("next_at"),
        mentor_wrote=wrote.get((pairing.pk, pairing.mentor_id), WritingRow()),
        mentee_wrote=wrote.get((pairing.pk, pairing.mentee_id), WritingRow()),
    )


def _writing(pairings: Sequence[Pairing]) -> Mapping[tuple[int, int], WritingRow]:
    """By pairing and author. The words themselves are not read."""
    rows = (
        Reflection.objects.filter(session__pairing__in=[pairing.pk for pairing in pairings])
        .values("session__pairing_id", "author_id")
        .annotate(sessions=Count("session", distinct=True), last_at=Max("created"))
    )
    return {(row["session__pairing_id"], row["author_id"]): WritingRow(row["sessions"], row["last_at"]) for row in rows}


def _totals(place: Place) -> Mapping[str, int]:
    rows = (
        Pairing.objects.filter(
            programme__context_key=place.context_key, programme__slug=place.slug, active_at__isnull=False
        )
        .values("state")
        .annotate(n=Count("pk"))
    )
    return {row["state"]: row["n"] for row in rows}

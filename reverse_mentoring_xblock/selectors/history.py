"""What was done in a programme, from its audit log: the acts that a coordinator may read, newest first."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ..data import Place
from ..domain.states import Role
from ..models import AuditEntry, Pairing, Participant
from .paging import Pages
from .participants import name_of

PAGE = 50
AT_ONCE = 500


@dataclass(frozen=True)
class HistoryRow:
    """One act. ``actor`` is empty for what happens by itself and for accounts that are gone; the names are those of the
    pair or the person that it was about, if they are still there."""

    at: datetime
    actor: str
    act: str
    facts: Mapping[str, Any]
    mentor: str = ""
    mentee: str = ""
    person: str = ""


@dataclass(frozen=True)
class HistoryPage:
    """A page of the log."""

    rows: tuple[HistoryRow, ...]
    at: Pages


def history_page(place: Place, acts: Collection[str], number: int) -> HistoryPage:
    """One page of these acts. Four queries at most. A number beyond the end gives the last page."""
    log = _log(place, acts)
    at = Pages.at(number, log.count(), PAGE)
    return HistoryPage(_rows(log[at.part]), at)


def history_rows(place: Place, acts: Collection[str]) -> Iterator[HistoryRow]:
    """All of these acts, read a part at a time while they are used."""
    log, before = _log(place, acts), None
    while part := list((log if before is None else log.filter(pk__lt=before))[:AT_ONCE]):
        before = part[-1].pk
        yield from _rows(part)


def _log(place: Place, acts: Collection[str]) -> "QuerySet[AuditEntry]":
    """Entries are written one after the other under the programme's lock, so their ids are in the order of time."""
    return (
        AuditEntry.objects.filter(
            programme__context_key=place.context_key, programme__slug=place.slug, act__in=sorted(acts)
        )
        .select_related("actor")
        .order_by("-pk")
    )


def _rows(entries: Iterable[AuditEntry]) -> tuple[HistoryRow, ...]:
    entries = list(entries)
    pairs, people = _pairs(entries), _people(entries)
    return tuple(_row(entry, pairs, people) for entry in entries)


def _row(entry: AuditEntry, pairs: Mapping[int, tuple[str, str]], people: Mapping[int, str]) -> HistoryRow:
    sides = tuple(people.get(entry.facts.get(role, 0), "") for role in Role)
    mentor, mentee = pairs.get(entry.facts.get("pairing", 0), sides)
    return HistoryRow(
        at=entry.created,
        actor=name_of(entry.actor) if entry.actor else "",
        act=entry.act,
        facts=entry.facts,
        mentor=mentor,
        mentee=mentee,
        person=people.get(entry.facts.get("participant", 0), ""),
    )


def _pairs(entries: Sequence[AuditEntry]) -> Mapping[int, tuple[str, str]]:
    ids = {entry.facts["pairing"] for entry in entries if "pairing" in entry.facts}
    rows = Pairing.objects.filter(pk__in=ids).select_related("mentor__user", "mentee__user") if ids else ()
    return {row.pk: (name_of(row.mentor.user), name_of(row.mentee.user)) for row in rows}


def _people(entries: Sequence[AuditEntry]) -> Mapping[int, str]:
    ids = {entry.facts[name] for entry in entries for name in ("participant", *Role) if name in entry.facts}
    rows = Participant.objects.filter(pk__in=ids).select_related("user") if ids else ()
    return {row.pk: name_of(row.user) for row in rows}

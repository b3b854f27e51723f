"""The roster file that waits for a decision, and the roster written as such a file."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ..data import Place
from ..domain.roster import Column
from ..domain.roster.cells import written_ranks, written_windows
from ..domain.roster.lines import NOTHING, TEXTS
from ..domain.states import Role
from ..models import Participant, RosterFile, Wish
from .participants import name_of
from .prepared import given_place, prepared

CHUNK = 500


@dataclass(frozen=True)
class RosterFileRow:
    """A file that waits, and what it would change, as `roster_plan.Plan.summary` gives it."""

    uuid: str
    sent_by: str
    sent_by_id: int | None
    sent_at: datetime
    summary: Mapping[str, Any]


def open_roster_file(place: Place) -> RosterFileRow | None:
    """The file that waits, without its content. One query."""
    for row in _open_file(**place._asdict()):
        user = row.sent_by
        name = name_of(user) if user else ""
        return RosterFileRow(str(row.uuid), name, row.sent_by_id, row.created, row.summary)
    return None


@prepared
def _open_file() -> "QuerySet[RosterFile]":
    return RosterFile.objects.filter(given_place(), open_slot=1).defer("content").select_related("sent_by")


def roster_rows(place: Place) -> Iterator[Sequence[str]]:
    """Everybody in the programme as cells in the order of ``Column``, in the order in which they came.

    Two queries for every ``CHUNK`` people; holds no more than those.
    """
    people = Participant.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug)
    last = 0
    while chunk := list(people.select_related("user").filter(pk__gt=last).order_by("pk")[:CHUNK]):
        wishes = _wishes(chunk)
        for person in chunk:
            cells = {**_cells(person), Column.WISHES: written_ranks(wishes.get(person.pk, ()))}
            yield [cells[column] for column in Column]
        last = chunk[-1].pk


def _cells(person: Participant) -> dict[Column, str]:
    texts = {column: getattr(person, column) for column in TEXTS}
    return {
        Column.PERSON: person.user.get_username(),
        Column.ROLE: person.role,
        Column.LEVEL: "" if person.level is None else str(person.level),
        **{column: "" if text == NOTHING else text for column, text in texts.items()},
        Column.LANGUAGES: ";".join(sorted(person.languages)),
        Column.TIME_ZONE: person.time_zone,
        Column.WINDOWS: written_windows(person.windows),
        Column.MODE: person.mode,
        Column.CAPACITY: str(person.capacity) if person.role == Role.MENTOR else "",
    }


def _wishes(people: Sequence[Participant]) -> Mapping[int, Sequence[Sequence[str]]]:
    """Usernames of those whom these people wish for, in ranks, by participant."""
    roles = {person.pk: Role(person.role) for person in people}
    ranks: defaultdict[int, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = Wish.objects.filter(participant__in=list(roles)).values_list(
        "participant_id", "rank", "wished__user__username", "wished__role"
    )
    for id_, rank, username, role in rows:
        if role == roles[id_].other:
            ranks[id_][rank].append(username)
    return {id_: [names for _, names in sorted(by_rank.items())] for id_, by_rank in ranks.items()}

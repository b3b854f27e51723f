"""Where everybody in a programme stands: states, counts and dates. Never a word that anybody wrote or chose."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max

from ..content.loading import load_training_pack
from ..data import Place
from ..domain.states import PairingState, ParticipantState, Role, SessionState
from ..models import Attempt, ModuleProgress, Pairing, Participant, Reflection, Session
from .participants import ParticipantRow, participant_row

CHUNK = 500
_CLOSEST = (PairingState.ACTIVE, PairingState.OFFERED, PairingState.ENDED, PairingState.DECLINED)


@dataclass(frozen=True)
class StateRow:
    """One person. A date is None when the thing has not happened."""

    person: ParticipantRow
    added_at: datetime
    is_joined: bool
    trained_at: datetime | None
    has_started_training: bool
    assessed_at: datetime | None
    has_started_assessment: bool
    pairing_state: PairingState | None
    pairing_since: datetime | None
    sessions_held: int
    last_session_at: datetime | None
    reflections: int


def people_count(place: Place) -> int:
    """How many people the programme has, invited or more. One query."""
    return _people(place).count()


def state_rows(place: Place) -> Iterator[StateRow]:
    """Everybody, in the order in which they came. Eight queries for every 500 people; holds no more than those."""
    last = 0
    while chunk := list(_people(place).filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield from states_of(chunk)
        last = chunk[-1].pk


def states_of(people: Sequence[Participant]) -> tuple[StateRow, ...]:
    """These people, whose users are loaded, in the same order. Seven queries, however many they are."""
    ids = [person.pk for person in people]
    training = _by(ids, ModuleProgress.objects.values("participant_id").annotate(last=Max("passed_at")), "participant")
    passed = _passed(ids)
    assessed = _by(ids, Attempt.objects.filter(phase="start").values("participant_id").annotate(last=Max("submitted_at")), "participant")
    pairings = _pairings(ids)
    held = _held(ids)
    reflections = _by(
        ids, Reflection.objects.values("author_id").annotate(n=Count("session_id", distinct=True)), "author"
    )
    return tuple(
        StateRow(
            person=participant_row(person),
            added_at=person.created,
            is_joined=person.state != ParticipantState.INVITED,
            trained_at=training[person.pk]["last"] if passed.get(person.pk, 0) >= _wanted(person.role) else None,
            has_started_training=person.pk in training,
            assessed_at=assessed.get(person.pk, {}).get("last"),
            has_started_assessment=person.pk in assessed,
            pairing_state=PairingState(pairings[person.pk].state) if person.pk in pairings else None,
            pairing_since=_since(pairings[person.pk]) if person.pk in pairings else None,
            sessions_held=held.get(person.pk, (0, None))[0],
            last_session_at=held.get(person.pk, (0, None))[1],
            reflections=reflections.get(person.pk, {}).get("n", 0),
        )
        for person in people
    )

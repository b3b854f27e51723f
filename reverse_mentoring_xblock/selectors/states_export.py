"""Where everybody in a programme stands: states, counts and dates. Never a word that anybody wrote or chose."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from django.db.models import Count, Max, QuerySet

from ..content.loading import load_training_pack
from ..data import Place
from ..domain.states import PairingState, ParticipantState, Role, SessionState
from ..models import Attempt, ModuleProgress, Pairing, Participant, Reflection, Session
from .participants import ParticipantRow, participant_row

CHUNK = 500
_CLOSEST = (
    PairingState.ACTIVE,
    PairingState.OFFERED,
    PairingState.ENDED,
    PairingState.DECLINED,
    PairingState.LAPSED,
)

Facts: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class StateRow:
    """One person. A date is None when the thing has not happened; sessions and reflections count all pairings."""

    person: ParticipantRow
    added_at: datetime
    is_joined: bool
    has_started_training: bool
    trained_at: datetime | None
    has_started_assessment: bool
    assessed_at: datetime | None
    pairing_state: PairingState | None
    """Of the pairing that is closest to them: active, offered, ended, declined, lapsed, in this order, newest first."""
    pairing_since: datetime | None
    sessions_held: int
    last_session_at: datetime | None
    reflections: int
    """Sessions that the person reflected on."""


def people_count(place: Place) -> int:
    """How many people the programme has, invited or more. One query."""
    return _people(place).count()


def state_rows(place: Place) -> Iterator[StateRow]:
    """Everybody, in the order in which they came. Eight queries for every 500 people; holds no more than those."""
    last = 0
    while chunk := list(_people(place).select_related("user").filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield from states_of(chunk)
        last = chunk[-1].pk


def states_of(people: Sequence[Participant]) -> tuple[StateRow, ...]:
    """These people, whose users are loaded, in the same order. Seven queries, however many they are."""
    ids = [person.pk for person in people]
    training, assessment = _training(ids), _assessment(ids)
    pairings, held, reflections = _pairings(ids), _held(ids), _reflections(ids)
    wanted = {role: sum(module.role == role for module in load_training_pack().modules) for role in Role}
    return tuple(
        StateRow(
            person=participant_row(person),
            added_at=person.created,
            is_joined=person.state != ParticipantState.INVITED,
            has_started_training=person.pk in training,
            trained_at=_trained_at(training.get(person.pk), wanted[Role(person.role)]),
            has_started_assessment=person.pk in assessment,
            assessed_at=assessment.get(person.pk),
            sessions_held=held[person.pk][0] if person.pk in held else 0,
            last_session_at=held[person.pk][1] if person.pk in held else None,
            reflections=reflections.get(person.pk, 0),
            **_pairing_facts(pairings.get(person.pk)),
        )
        for person in people
    )


def _people(place: Place) -> "QuerySet[Participant]":
    return Participant.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug)


def _training(ids: Sequence[int]) -> dict[int, tuple[int, datetime | None]]:
    """By participant: how many modules are passed, and when the last one was."""
    modules = [module.id for module in load_training_pack().modules]
    rows = ModuleProgress.objects.filter(participant__in=ids, module__in=modules).values_list("participant_id")
    return {key: (n, last) for key, n, last in rows.annotate(n=Count("passed_at"), last=Max("passed_at"))}


def _trained_at(row: tuple[int, datetime | None] | None, wanted: int) -> datetime | None:
    return row[1] if row and row[0] >= wanted else None


def _assessment(ids: Sequence[int]) -> dict[int, datetime | None]:
    rows = Attempt.objects.filter(participant__in=ids, phase="start").values_list("participant_id")
    return dict(rows.annotate(last=Max("submitted_at")))


def _pairings(ids: Sequence[int]) -> dict[int, Pairing]:
    found: dict[int, Pairing] = {}
    for role in Role:
        for pairing in Pairing.objects.filter(**{f"{role}__in": ids}):
            person = getattr(pairing, f"{role}_id")
            if person not in found or _closeness(pairing) < _closeness(found[person]):
                found[person] = pairing
    return found


def _closeness(pairing: Pairing) -> tuple[int, int]:
    return (_CLOSEST.index(PairingState(pairing.state)), -pairing.pk)


def _pairing_facts(pairing: Pairing | None) -> Facts:
    if pairing is None:
        return {"pairing_state": None, "pairing_since": None}
    state = PairingState(pairing.state)
    since = {PairingState.OFFERED: pairing.created, PairingState.ACTIVE: pairing.active_at}
    return {"pairing_state": state, "pairing_since": since.get(state, pairing.closed_at)}


def _held(ids: Sequence[int]) -> dict[int, tuple[int, datetime]]:
    found: dict[int, tuple[int, datetime]] = {}
    for role in Role:
        person = f"pairing__{role}"
        rows = Session.objects.filter(state=SessionState.HELD, **{f"{person}__in": ids}).values_list(person)
        for key, n, last in rows.annotate(n=Count("pk"), last=Max("starts_at")):
            found[key] = (n, last)
    return found


def _reflections(ids: Sequence[int]) -> dict[int, int]:
    rows = Reflection.objects.filter(author__in=ids).values_list("author_id")
    return dict(rows.annotate(n=Count("session_id", distinct=True)))

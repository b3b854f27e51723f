"""Who is ready to be matched, worked out by the database in one query for a whole programme."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least
from django.db.models.lookups import GreaterThanOrEqual

from ..content.loading import load_training_pack
from ..domain.pairing_rules import PairingRules
from ..domain.states import LIVE_PAIRING, PairingState, ParticipantState, Role
from ..models import Attempt, ModuleProgress, Pairing, Participant


def with_standing(people: "QuerySet[Participant]") -> "QuerySet[Any, Any]":
    """These people with ``is_trained``, ``is_assessed``, ``live`` and ``active`` pairings; a mentor who ``has_circle``
    has no room beside it."""
    return people.annotate(
        is_trained=_each_role(_passed, BooleanField()),
        is_assessed=Exists(
            Attempt.objects.filter(participant=OuterRef("pk"), phase="start", submitted_at__isnull=False)
        ),
        live=_each_role(lambda role: _pairings(role, LIVE_PAIRING)),
        active=_each_role(lambda role: _pairings(role, [PairingState.ACTIVE])),
        has_circle=Exists(Pairing.objects.filter(mentor=OuterRef("pk"), state__in=LIVE_PAIRING, circle__isnull=False)),
    )


def is_ready(rules: PairingRules, *, with_room: bool = True) -> Q:
    """Signed up, through the author's gates, and, unless told otherwise, with room for a partner. For rows of
    ``with_standing``."""
    ready = Q(state=ParticipantState.SIGNED_UP, rules_agreed_at__isnull=False, level__isnull=False)
    if rules.require_training:
        ready &= Q(is_trained=True)
    if rules.require_assessment:
        ready &= Q(role=Role.MENTOR) | Q(is_assessed=True)
    if not with_room:
        return ready
    places = Least(F("capacity"), Value(rules.max_capacity))
    return ready & (Q(role=Role.MENTEE, live=0) | Q(role=Role.MENTOR, live__lt=places, has_circle=False))


def is_unready(rules: PairingRules) -> Q:
    """Has come in and has something left to do before the next round, or has paused. For rows of ``with_standing``."""
    left = Q(state__in=(ParticipantState.JOINED, ParticipantState.PAUSED))
    if rules.require_training:
        left |= Q(is_trained=False)
    if rules.require_assessment:
        left |= Q(role=Role.MENTEE, is_assessed=False)
    return left & ~Q(state__in=(ParticipantState.INVITED, ParticipantState.WITHDRAWN))


def _each_role(make: Callable[[Role], Any], field: Any = None) -> Case:
    """One expression for mentors, another for mentees."""
    return Case(When(role=Role.MENTOR, then=make(Role.MENTOR)), default=make(Role.MENTEE), output_field=field)


def _passed(role: Role) -> GreaterThanOrEqual:
    """Whether every module of the role is passed."""
    wanted = [module.id for module in load_training_pack().modules if module.role == role]
    passed = ModuleProgress.objects.filter(participant=OuterRef("pk"), module__in=wanted, passed_at__isnull=False)
    return GreaterThanOrEqual(_count(passed, "participant"), len(wanted))


def _pairings(role: Role, states: Collection[str]) -> Coalesce:
    mine = Pairing.objects.filter(**{role.value: OuterRef("pk")}, state__in=states)
    return _count(mine, role.value)


def _count(rows: "QuerySet[Any]", group: str) -> Coalesce:
    """How many of ``rows``, all of one ``group``, as a subquery."""
    return Coalesce(Subquery(rows.order_by().values(group).annotate(n=Count("pk")).values("n")), 0)

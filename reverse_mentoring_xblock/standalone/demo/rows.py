"""The demo's people for the page on which one chooses whom to sign in as, a page at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from ...domain.states import LIVE_PAIRING, PairingState, ParticipantState, Role
from ...models import Pairing, Participant, PartnerRequest
from ...selectors.states_export import StateRow, states_of
from .cast import JOBS
from .names import DEMO_DOMAIN


@dataclass(frozen=True)
class DemoRow:
    """Somebody to sign in as."""

    username: str
    name: str
    first_name: str
    role: str
    job: str
    department: str
    site: str
    stands: str


class DemoRows(Sequence[DemoRow]):
    """Everybody in the demo, in the order in which they were made; only the rows that are asked for are read."""

    def __init__(self, course_key: CourseKey) -> None:
        self._people: QuerySet[Participant] = (
            Participant.objects.filter(programme__context_key=course_key, user__email__endswith=f"@{DEMO_DOMAIN}")
            .select_related("user")
            .order_by("pk")
        )

    @cached_property
    def _count(self) -> int:
        return self._people.count()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> DemoRow: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[DemoRow]: ...

    def __getitem__(self, place: int | slice) -> DemoRow | Sequence[DemoRow]:
        if isinstance(place, slice):
            return _rows(list(self._people[place]))
        return _rows([self._people[place]])[0]


def demo_rows(course_key: CourseKey) -> DemoRows:
    """The demo's people in this course."""
    return DemoRows(course_key)


def _rows(people: Sequence[Participant]) -> list[DemoRow]:
    """Ten queries, however many people."""
    partners, asked = _partners(people), _requests(people)
    return [
        _row(person, state, partners.get(person.pk, ()), asked.get(person.pk, ""))
        for person, state in zip(people, states_of(people), strict=True)
    ]


def _row(person: Participant, state: StateRow, partners: Sequence[Pairing], asked: str) -> DemoRow:
    user = person.user
    return DemoRow(
        username=user.get_username(),
        name=state.person.name,
        first_name=user.first_name,
        role=_("Mentor") if person.role == Role.MENTOR else _("Mentee"),
        job=JOBS.get(user.get_username(), ""),
        department=person.department,
        site=person.site,
        stands=asked or _in_circle(Role(person.role), partners) or _stands(state, _partner_of(person, partners)),
    )


def _partners(people: Sequence[Participant]) -> Mapping[int, Sequence[Pairing]]:
    """Live pairings by participant."""
    found: dict[int, list[Pairing]] = defaultdict(list)
    ids = [person.pk for person in people]
    for role in Role:
        live = Pairing.objects.filter(state__in=LIVE_PAIRING, **{f"{role}__in": ids})
        for pairing in live.select_related(f"{role.other}__user"):
            found[getattr(pairing, f"{role}_id")].append(pairing)
    return found


def _requests(people: Sequence[Participant]) -> Mapping[int, str]:
    """Who has asked, or has to answer, in words."""
    found = {}
    waiting = PartnerRequest.objects.filter(Q(mentor__in=people) | Q(mentee__in=people), slot=1)
    for request in waiting.select_related("mentor__user", "mentee__user"):
        mentor, mentee = request.mentor.user.get_full_name(), request.mentee.user.get_full_name()
        found[request.mentor_id] = _("Has a request to answer: %(partner)s.") % {"partner": mentee}
        found[request.mentee_id] = _("Has asked %(partner)s and waits for the answer.") % {"partner": mentor}
    return found


def _partner_of(person: Participant, partners: Sequence[Pairing]) -> str:
    return getattr(partners[-1], Role(person.role).other).user.get_full_name() if partners else ""


def _in_circle(role: Role, partners: Sequence[Pairing]) -> str:
    members = [pairing for pairing in partners if pairing.circle_id and pairing.state == PairingState.ACTIVE]
    if not members:
        return ""
    if role is Role.MENTEE:
        return _("In the circle of %(partner)s.") % {"partner": members[0].mentor.user.get_full_name()}
    said = ngettext("Mentor of a circle of %(n)s mentee.", "Mentor of a circle of %(n)s mentees.", len(members))
    return said % {"n": len(members)}


def _stands(state: StateRow, partner: str) -> str:
    facts = {"partner": partner, "n": state.sessions_held}
    if state.pairing_state is PairingState.OFFERED:
        return _("Has an offer: %(partner)s.") % facts
    if state.pairing_state is PairingState.ACTIVE and not state.sessions_held:
        return _("Partner of %(partner)s, no session yet.") % facts
    if state.pairing_state is PairingState.ACTIVE:
        return (
            ngettext(
                "Partner of %(partner)s, %(n)s session held.",
                "Partner of %(partner)s, %(n)s sessions held.",
                state.sessions_held,
            )
            % facts
        )
    return _alone(state)


def _alone(state: StateRow) -> str:
    if not state.is_joined:
        return _("Is invited and has not joined yet.")
    if state.person.state is ParticipantState.WITHDRAWN:
        return _("Has withdrawn.")
    if state.person.state is ParticipantState.PAUSED:
        return _("Is signed up and takes a pause.")
    if state.pairing_state is PairingState.ENDED:
        return _("Waits for a new partner after a pairing that ended.")
    if state.person.state is ParticipantState.SIGNED_UP:
        return _("Is signed up and waits for a partner.")
    if state.trained_at and state.assessed_at:
        return _("Is trained, has found a starting point and can sign up.")
    if state.trained_at:
        return _("Has passed the training.")
    if state.has_started_training:
        return _("Is in the middle of the training.")
    return _("Has joined and not started the training.")

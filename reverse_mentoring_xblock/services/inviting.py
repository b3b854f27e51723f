"""Writing to people of the roster: an invitation, or a reminder of what they still need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, NotFound
from ..domain.pairing_rules import PairingRules
from ..domain.states import Role
from ..models import Participant
from ..selectors.participants import by_name
from ..selectors.roster import FIELDS, RosterRow, roster_row
from ..selectors.roster_choice import EVERYBODY, Chosen, chosen_people, is_to_invite, is_to_remind
from .contention import with_retries
from .history import note
from .mailing import Letter, post
from .pairing_locks import claim_programme

AT_ONCE = 200
"""Letters in one request."""


class Call(StrEnum):
    """Why somebody is written to."""

    INVITE = "invite"
    REMIND = "remind"


@dataclass(frozen=True)
class Addressee:
    """Somebody to write to."""

    id: int
    user_id: int
    first_name: str
    email: str
    row: RosterRow

    @property
    def role(self) -> Role:
        """The part that they take."""
        return self.row.role


@dataclass(frozen=True)
class Called:
    """Letters that were sent, those that could not be, and people who are due and were not reached by this act."""

    sent: int
    failed: int
    left: int


Write = Callable[[list[Addressee]], list[Letter]]
"""Makes the letters, with ``Addressee.id`` as the key of each."""


def call(
    place: Place,
    user_id: int,
    kind: Call,
    whom: UUID | Chosen,
    rules: PairingRules,
    write: Write,
    sender: str,
) -> Called:
    """Write to one person, or to as many as ``AT_ONCE`` of those who are chosen and due.

    Each person is marked first and written to then, so that two coordinators who click at once send one letter; the
    mark is taken back from those whose letter could not be sent. Raises NotFound for somebody who is not in the
    programme, Conflict when nobody is due.
    """
    now = timezone.now()
    addressees, before, left = _mark(place, kind, whom, rules, now)
    sent = post(write(addressees), sender)
    failed = {one.id: before[one.id] for one in addressees if one.id not in sent}
    # Tried again by itself: whoever ran all of it again would find nobody due, or write to the next ones.
    with_retries(lambda: _settle(place, user_id, kind, sent=len(sent), failed=failed))
    return Called(len(sent), len(failed), left + len(failed))


@transaction.atomic
def _mark(
    place: Place, kind: Call, whom: UUID | Chosen, rules: PairingRules, now: datetime
) -> tuple[list[Addressee], Mapping[int, datetime | None], int]:
    claim_programme(place)
    due = is_to_invite(now) if kind is Call.INVITE else is_to_remind(rules, now)
    people = _whom(place, whom, rules)
    rows = list(
        people.filter(due)
        .order_by(*by_name("user"), "pk")
        .values(*FIELDS, "pk", "user_id", "user__email")[: AT_ONCE + 1]
    )
    if not rows:
        raise Conflict("nobody_due" if people.exists() else "not_here")
    left = people.filter(due).count() - AT_ONCE if len(rows) > AT_ONCE else 0
    rows = rows[:AT_ONCE]
    Participant.objects.filter(pk__in=[row["pk"] for row in rows]).update(**{_STAMP[kind]: now, "modified": now})
    addressees = [
        Addressee(row["pk"], row["user_id"], row["user__first_name"], row["user__email"], roster_row(row, rules))
        for row in rows
    ]
    return addressees, {row["pk"]: row[_STAMP[kind]] for row in rows}, left


def _whom(place: Place, whom: UUID | Chosen, rules: PairingRules) -> "QuerySet[Participant]":
    if isinstance(whom, Chosen):
        return chosen_people(place, rules, whom)
    found = chosen_people(place, rules, EVERYBODY).filter(uuid=whom)
    if not found.exists():
        raise NotFound("not_here")
    return found


@transaction.atomic
def _settle(place: Place, user_id: int, kind: Call, *, sent: int, failed: Mapping[int, datetime | None]) -> None:
    programme = claim_programme(place)
    for id_, before in failed.items():
        Participant.objects.filter(pk=id_).update(**{_STAMP[kind]: before})
    note(programme, user_id, _ACTS[kind], people=sent, failed=len(failed))


_STAMP: Mapping[Call, str] = {Call.INVITE: "invited_at", Call.REMIND: "reminded_at"}
_ACTS: Mapping[Call, str] = {Call.INVITE: "roster.invited", Call.REMIND: "roster.reminded"}

"""Conflicts of interest that a coordinator declares: the two are not paired as long as it stands."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ..data import Place
from ..domain.errors import Invalid, NotFound
from ..domain.states import Role
from ..models import DeclaredConflict, Participant
from .history import note
from .pairing_locks import claim_programme


@transaction.atomic
def declare_conflict(place: Place, user_id: int, people: tuple[UUID, UUID]) -> bool:
    """Keep two people apart. Doing it twice is doing it once. Returns whether it was new.

    Raises NotFound when one of them is not in the programme, Invalid for two in the same role: they are never paired.
    """
    programme = claim_programme(place)
    rows = list(Participant.objects.filter(programme=programme, uuid__in=people))
    if len(rows) != len(set(people)):
        raise NotFound("not_here")
    by_role = {Role(row.role): row for row in rows}
    if len(by_role) != 2:
        raise Invalid("same_role")
    mentor, mentee = by_role[Role.MENTOR], by_role[Role.MENTEE]
    # Somebody may have changed roles since: then the same two stand in it the other way round.
    same = Q(mentor=mentor, mentee=mentee) | Q(mentor=mentee, mentee=mentor)
    if DeclaredConflict.objects.filter(same, programme=programme).exists():
        return False
    DeclaredConflict.objects.create(programme=programme, mentor=mentor, mentee=mentee)
    note(programme, user_id, "conflict.declared", mentor=mentor.pk, mentee=mentee.pk)
    return True


@transaction.atomic
def take_back_conflict(place: Place, user_id: int, conflict: UUID) -> bool:
    """Let the two be paired again. Returns whether there was such a conflict."""
    programme = claim_programme(place)
    row = DeclaredConflict.objects.filter(programme=programme, uuid=conflict).first()
    if row is None:
        return False
    note(programme, user_id, "conflict.taken_back", mentor=row.mentor_id, mentee=row.mentee_id)
    row.delete()
    return True

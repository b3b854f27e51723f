"""Coming into a programme, and in which role."""

from django.db import IntegrityError, transaction

from ..data import Place
from ..domain.errors import Conflict
from ..domain.states import ParticipantState, Role, move
from ..models import Participant, Programme
from .claims import claim, claim_participant


def open_programme(place: Place) -> Programme:
    """The programme's row, made when the first person comes."""
    programme, _made = Programme.objects.get_or_create(context_key=place.context_key, slug=place.slug)
    return programme


def join(place: Place, user_id: int, role: Role) -> bool:
    """Take part in ``role``. Doing it twice is doing it once; an invitation settles the role.

    Returns whether anything changed. Raises Conflict when the person has another role already.
    """
    programme = open_programme(place)
    try:
        with transaction.atomic():
            Participant.objects.create(programme=programme, user_id=user_id, role=role)
        return True
    except IntegrityError:
        return _accept_invitation(programme, user_id, role)


@transaction.atomic
def _accept_invitation(programme: Programme, user_id: int, role: Role) -> bool:
    participant = claim(Participant.objects.filter(programme=programme, user_id=user_id))
    if participant.role != role:
        raise Conflict("role_taken")
    if participant.state != ParticipantState.INVITED:
        return False
    participant.state = move(ParticipantState(participant.state), ParticipantState.JOINED)
    participant.save(update_fields=["state", "modified"])
    return True


@transaction.atomic
def change_role(place: Place, user_id: int, role: Role) -> bool:
    """Take the other part, as long as nobody counts on this one. Returns whether anything changed.

    What the person did in the role before stays, for the case that they change back. Raises Conflict once they have
    signed up for a partner, NotAllowed when they are not in the programme.
    """
    participant = claim_participant(place, user_id)
    if participant.role == role:
        return False
    if participant.state != ParticipantState.JOINED or participant.signed_up_at or _was_paired(participant):
        raise Conflict("role_settled")
    participant.role = role
    participant.save(update_fields=["role", "modified"])
    return True


def _was_paired(participant: Participant) -> bool:
    return participant.pairings_as_mentor.exists() or participant.pairings_as_mentee.exists()

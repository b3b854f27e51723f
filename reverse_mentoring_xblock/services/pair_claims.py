"""Taking hold of one's own pair: everything that two people share in the journal is decided under one lock."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Subquery

from ..data import Place
from ..domain.errors import Conflict, NotFound
from ..domain.states import PairingState, Role
from ..models import Action, Pairing, Participant, Session
from .claims import claim


@dataclass(frozen=True)
class Hold:
    """A pairing that is locked until the transaction ends, and who of the two acts."""

    pairing: Pairing
    participant: Participant
    role: Role

    @property
    def partner_id(self) -> int:
        """The participant on the other side."""
        partner: int = getattr(self.pairing, f"{self.role.other}_id")
        return partner

    def session(self, session: UUID) -> Session:
        """One of the pair's sessions. Raises NotFound."""
        found = self.pairing.sessions.filter(uuid=session).first()
        if found is None:
            raise NotFound("not_here")
        return found

    def check_is_open(self) -> None:
        """Raise Conflict when the two do not work together any more."""
        if self.pairing.state != PairingState.ACTIVE:
            raise Conflict("pairing_closed")

    def check_was_open(self, moment: datetime) -> None:
        """Raise Conflict when the two had ended already at that moment."""
        if self.pairing.closed_at is not None and moment > self.pairing.closed_at:
            raise Conflict("after_the_end")


def claim_pairing(place: Place, user_id: int, pairing: UUID) -> Hold:
    """Lock a pairing of this person, live or ended. Raises NotFound when there is none."""
    return _claim(place, user_id, Q(uuid=pairing))


def claim_pair_of_session(place: Place, user_id: int, session: UUID) -> Hold:
    """Lock the pairing that a session of this person belongs to. Raises NotFound when it is not theirs."""
    return _claim(place, user_id, Q(pk=Subquery(Session.objects.filter(uuid=session).values("pairing")[:1])))


def claim_pair_of_action(place: Place, user_id: int, action: UUID) -> Hold:
    """Lock the pairing that a next step belongs to. Raises NotFound when it is not theirs."""
    return _claim(place, user_id, Q(pk=Subquery(Action.objects.filter(uuid=action).values("pairing")[:1])))


def _claim(place: Place, user_id: int, which: Q) -> Hold:
    """``which`` names one pairing, by a scalar and not by IN: then MariaDB's UPDATE looks up a key instead of walking,
    and locking, the whole table."""
    me = Participant.objects.filter(
        programme__context_key=place.context_key, programme__slug=place.slug, user_id=user_id
    )
    mine = Q(mentor__in=me.values("pk")) | Q(mentee__in=me.values("pk"))
    # An offer that nobody has taken up has no journal.
    used = Q(state=PairingState.ACTIVE) | Q(state=PairingState.ENDED, active_at__isnull=False)
    pairing = claim(Pairing.objects.filter(which & mine & used))
    participant = me.get()
    return Hold(pairing, participant, Role(participant.role))

"""Where the two people of a pair stand after an act: how many sessions count for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.states import Role
from ..models import Participant
from ..selectors.journal import counted_sessions
from .pair_claims import Hold


@dataclass(frozen=True)
class Standing:
    """How many sessions count for one person, over all their pairings."""

    user_id: int
    counted: int


def standing_of(participant: Participant) -> Standing:
    """Where this person stands."""
    return Standing(participant.user_id, counted_sessions(participant.pk, Role(participant.role)))


def standings_of(hold: Hold) -> Sequence[Standing]:
    """Where both people of the pair stand, the one who acts first."""
    partner = Participant.objects.get(pk=hold.partner_id)
    return (standing_of(hold.participant), standing_of(partner))

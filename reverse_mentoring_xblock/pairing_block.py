"""The pairing block: sign-up, wishes, offer and partner for learners; roster, proposal and release for coordinators."""

from collections.abc import Mapping
from typing import Any

from xblock.fields import Integer, Scope, String

from .domain.profile import Step
from .domain.states import Role
from .selectors.participants import ParticipantRow
from .shell.ground_rules import in_the_readers_language
from .shell.pairing_answers import PairingAnswers
from .shell.pairing_desk import PairingDesk
from .shell.pairing_pages import Reader, journey_page
from .shell.pairing_settings import PairingSettings
from .shell.pairing_sign_up import PairingSignUp
from .shell.pairing_wishes import PairingWishes
from .shell.preview import sample_participant
from .shell.viewer import Viewer


class PairingXBlock(PairingDesk, PairingAnswers, PairingSignUp, PairingWishes, PairingSettings):
    """Pairing. Completion comes, for both people at once, when a pairing becomes active."""

    area = "pairing"

    page_at = String(
        default="",
        scope=Scope.user_state,
        help="What the learner has open: a step of sign-up, what they said, or the cards.",
    )
    cards_at = Integer(default=1, scope=Scope.user_state, help="The page of the cards that the learner has open.")
    desk_at = String(
        default="round", scope=Scope.user_state, help="The page of the desk that the coordinator has open."
    )
    roster_at = Integer(default=1, scope=Scope.user_state, help="The page of the roster that the coordinator has open.")

    def sample(self) -> ParticipantRow | None:
        """Studio shows the mentee's side: the gates and the form behind them."""
        return sample_participant(Role.MENTEE)

    def journey(self, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
        """Gates, sign-up, the pool, an offer or the partner."""
        at = Step.WORK if viewer.is_preview else self.page_at
        asker = self._asker(participant)
        reader = Reader(self.place, participant, asker, self.block_id, viewer.time_zone, self.acted_on)
        page = journey_page(reader, at, self.cards_at)
        return {**page, "ground_rules": in_the_readers_language(self.ground_rules or "")}

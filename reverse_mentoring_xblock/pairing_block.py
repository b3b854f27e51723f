"""The pairing block: sign-up, wishes, offer and partner for learners; roster, proposal and release for coordinators."""

from collections.abc import Mapping
from typing import Any

from xblock.fields import Dict, Integer, Scope, String

from .domain.profile import Step
from .domain.states import Role
from .selectors.participants import ParticipantRow
from .shell.ground_rules import in_the_readers_language
from .shell.pairing_answers import PairingAnswers
from .shell.pairing_desk import PairingDesk
from .shell.pairing_pages import Reader, journey_page
from .shell.pairing_requests import PairingRequests, requests_page
from .shell.pairing_settings import PairingSettings
from .shell.pairing_sign_up import PairingSignUp
from .shell.pairing_wishes import PairingWishes
from .shell.preview import sample_participant
from .shell.viewer import Viewer


class PairingXBlock(
    PairingDesk,
    PairingAnswers,
    PairingRequests,
    PairingSignUp,
    PairingWishes,
    PairingSettings,
):
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
    table_at = Dict(
        scope=Scope.user_state, help="How the coordinator has arranged the table of pairs, and its open pages."
    )
    weighing = Dict(scope=Scope.user_state, help="The word on a pair that the coordinator is weighing, and its price.")
    by_hand = Dict(scope=Scope.user_state, help="Whom the coordinator is looking for, to pair by hand.")
    pairs_shown = String(default="all", scope=Scope.user_state, help="Which pairs the coordinator has listed.")
    pairs_search = String(default="", scope=Scope.user_state, help="The name that the coordinator looks for in pairs.")
    pairs_at = Integer(default=1, scope=Scope.user_state, help="The page of the pairs that the coordinator has open.")
    pair_open = String(default="", scope=Scope.user_state, help="The pair that the coordinator decides about.")
    mentor_sought = String(default=None, scope=Scope.user_state, help="The mentor that the coordinator looks for.")
    history_at = Integer(default=1, scope=Scope.user_state, help="The page of the history that is open.")
    roster_at = Integer(default=1, scope=Scope.user_state, help="The page of the roster that the coordinator has open.")
    roster_shown = Dict(scope=Scope.user_state, help="Whom of the roster the coordinator looks at.")

    asking_at = Integer(
        default=0, scope=Scope.user_state, help="The page of mentors to ask that the learner has open; 0 for none."
    )
    circles_at = Dict(default={}, scope=Scope.user_state, help="What the coordinator has open on the page of circles.")

    def sample(self) -> ParticipantRow | None:
        """Studio shows the mentee's side: the gates and the form behind them."""
        return sample_participant(Role.MENTEE)

    def journey(self, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
        """Gates, sign-up, the pool, an offer or the partner."""
        at = Step.WORK if viewer.is_preview else self.page_at
        asker = self._asker(participant)
        reader = Reader(self.place, participant, asker, self.block_id, viewer.time_zone, self.acted_on)
        page = journey_page(reader, at, self.cards_at)
        asking = requests_page(self.place, participant, self.rules, page, self.asking_at or 0)
        return {**page, **asking, "ground_rules": in_the_readers_language(self.ground_rules or "")}

"""The pairing block: sign-up, offer and partner for learners; roster, proposal and release for coordinators."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from xblock.fields import Boolean, Dict, Integer, Scope, String

from .domain.errors import NotAllowed
from .domain.matching import reference
from .domain.states import Role
from .selectors.participants import ParticipantRow
from .services.signing_up import edit_profile, sign_up
from .shell.events import Event
from .shell.forms.pairing import OpenForm, ProfileForm, SignUpForm
from .shell.ground_rules import in_the_readers_language
from .shell.handling import Done, handles
from .shell.pairing_answers import PairingAnswers
from .shell.pairing_desk import PairingDesk
from .shell.pairing_pages import about_manager, initial_profile, journey_page
from .shell.pairing_settings import PairingSettings
from .shell.preview import sample_participant
from .shell.viewer import Viewer
from .shell.zones import zone_options


class PairingXBlock(PairingDesk, PairingAnswers, PairingSettings):
    """Pairing. Completion comes, for both people at once, when a pairing becomes active."""

    area = "pairing"

    editing = Boolean(default=False, scope=Scope.user_state, help="Whether the learner is changing their profile.")
    desk_at = String(
        default="round", scope=Scope.user_state, help="The page of the desk that the coordinator has open."
    )
    roster_at = Integer(default=1, scope=Scope.user_state, help="The page of the roster that the coordinator has open.")
    roster_shown = Dict(scope=Scope.user_state, help="Whom of the roster the coordinator looks at.")

    def sample(self) -> ParticipantRow | None:
        """Studio shows the mentee's side: the gates and the form behind them."""
        return sample_participant(Role.MENTEE)

    def journey(self, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
        """Gates, sign-up, the pool, an offer or the partner."""
        page = journey_page(self.place, participant, self.rules, is_editing=self.editing)
        kind = {"sign_up": SignUpForm, "profile": ProfileForm}.get(page["form"])
        form = self._profile_form(kind, viewer, participant) if kind else None
        return {
            **page,
            "form": form,
            "zones": zone_options(),
            "ground_rules": in_the_readers_language(self.ground_rules or ""),
            "about_manager": about_manager(self.place, participant.manager) if page["form"] == "profile" else "",
        }

    @handles(region="journey")
    def sign_up(self, viewer: Viewer, data: QueryDict) -> Done:
        """Enter the pool."""
        profile = self._profile_form(SignUpForm, viewer, self._member(viewer), data).profile()
        outcome = sign_up(self.place, viewer.user_id, profile, self.rules)
        facts = {"role": str(outcome.role), "topics": len(profile.topics)}
        say = _("You are signed up. Nothing is left to do until a partner is found.")
        return Done(
            say=f"{say} {about_manager(self.place, profile.manager)}".strip(),
            events=[Event("pairing.signed_up", facts)] if outcome.is_new else [],
        )

    @handles(region="journey")
    def open_profile(self, viewer: Viewer, data: QueryDict) -> Done:
        """Show what the learner said at sign-up, to change it; or go back."""
        self.editing = not self.form(OpenForm, data).read()["close"]
        return Done(say="")

    @handles(region="journey")
    def edit_profile(self, viewer: Viewer, data: QueryDict) -> Done:
        """Change what the learner said at sign-up."""
        profile = self._profile_form(ProfileForm, viewer, self._member(viewer), data).profile()
        edit_profile(self.place, viewer.user_id, profile, self.rules)
        self.editing = False
        say = _("Your changes are saved. They count from the next round on.")
        return Done(say=f"{say} {about_manager(self.place, profile.manager)}".strip())

    def _member(self, viewer: Viewer) -> ParticipantRow:
        participant = self.participant(viewer)
        if participant is None:
            raise NotAllowed("join_first")
        return participant

    def _profile_form(
        self, kind: type[ProfileForm], viewer: Viewer, participant: ParticipantRow, data: QueryDict | None = None
    ) -> ProfileForm:
        """The form of this person's role, with what is known already when nothing was sent."""
        return kind(
            data,
            block_id=self.block_id,
            role=participant.role,
            rules=self.rules,
            own=frozenset(filter(None, map(reference, (participant.username, participant.email)))),
            initial=initial_profile(participant, viewer.time_zone) if data is None else None,
        )

"""The pairing block: sign-up, offer and partner for learners; roster, proposal and release for coordinators."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xblock.fields import Boolean, Integer, Scope, String

from .domain.errors import NotAllowed
from .domain.matching import reference
from .domain.pairing_rules import PairingRules
from .domain.states import Role
from .selectors.participants import ParticipantRow
from .services.signing_up import edit_profile, sign_up
from .shell.base import ProgrammeBlock
from .shell.events import Event
from .shell.forms.pairing import OpenForm, ProfileForm, SignUpForm
from .shell.ground_rules import GROUND_RULES, in_the_readers_language
from .shell.handling import Done, handles
from .shell.pairing_answers import PairingAnswers
from .shell.pairing_desk import PairingDesk
from .shell.pairing_pages import about_manager, initial_profile, journey_page
from .shell.preview import sample_participant
from .shell.viewer import Viewer
from .shell.zones import zone_options


class PairingXBlock(PairingDesk, PairingAnswers, ProgrammeBlock):
    """Pairing. Completion comes, for both people at once, when a pairing becomes active."""

    area = "pairing"
    editable_fields = (
        "display_name",
        "programme",
        "require_training",
        "require_assessment",
        "min_level_gap",
        "line_levels",
        "min_shared_minutes",
        "max_capacity",
        "ground_rules",
    )

    display_name = String(
        display_name=gettext_lazy("Title"),
        default="Find your partner",
        scope=Scope.settings,
        help=gettext_lazy("Shown above the block and in the course outline."),
    )
    require_training = Boolean(
        display_name=gettext_lazy("Training first"),
        help=gettext_lazy("People sign up, and are matched, only when they have passed the training for their role."),
        default=True,
        scope=Scope.settings,
    )
    require_assessment = Boolean(
        display_name=gettext_lazy("Self-assessment first"),
        help=gettext_lazy(
            "Mentees sign up, and are matched, only when they have handed in the self-assessment. For mentors it is "
            "always a choice."
        ),
        default=True,
        scope=Scope.settings,
    )
    min_level_gap = Integer(
        display_name=gettext_lazy("Levels between mentor and mentee"),
        help=gettext_lazy(
            "A mentor is at least so many levels more junior, on the scale of 1 to 10 of the sign-up form."
        ),
        default=1,
        scope=Scope.settings,
    )
    line_levels = Integer(
        display_name=gettext_lazy("Reporting line, in levels"),
        help=gettext_lazy(
            "Nobody is paired with somebody up to so many levels above or below them in their own reporting line. "
            "Colleagues under the same manager are never paired."
        ),
        default=2,
        scope=Scope.settings,
    )
    min_shared_minutes = Integer(
        display_name=gettext_lazy("Shared time, in minutes a week"),
        help=gettext_lazy("Two people are paired only if they are both free for so long in every week of the year."),
        default=60,
        scope=Scope.settings,
    )
    max_capacity = Integer(
        display_name=gettext_lazy("Mentees for one mentor"),
        help=gettext_lazy("The most that a mentor can offer to take at the same time. 1 asks no mentor about it."),
        default=2,
        scope=Scope.settings,
    )
    ground_rules = String(
        display_name=gettext_lazy("Ground rules"),
        help=gettext_lazy("Everybody agrees to these at sign-up. You can use Markdown: lists, bold, links."),
        default=GROUND_RULES,
        multiline_editor=True,
        scope=Scope.settings,
    )
    editing = Boolean(default=False, scope=Scope.user_state, help="Whether the learner is changing their profile.")
    roster_at = Integer(default=1, scope=Scope.user_state, help="The page of the roster that the coordinator has open.")

    @property
    def rules(self) -> PairingRules:
        """What the author asks; a setting that was emptied counts as its default."""
        standard = PairingRules()
        return PairingRules(
            require_training=bool(self.require_training),
            require_assessment=bool(self.require_assessment),
            min_level_gap=self.min_level_gap or standard.min_level_gap,
            line_levels=self.line_levels or standard.line_levels,
            min_shared_minutes=self.min_shared_minutes or standard.min_shared_minutes,
            max_capacity=self.max_capacity or standard.max_capacity,
        )

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

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """The author's settings."""
        super().validate_field_data(validation, data)
        for field, least, most, sentence in _LIMITS:
            value = getattr(data, field)
            if value is None or not least <= value <= most:
                self.refuse(validation, sentence() % {"least": least, "most": most})
        if not (data.ground_rules or "").strip():
            self.refuse(validation, _("Ground rules: write at least one. Nobody signs up without knowing them."))
        elif len(data.ground_rules) > LONGEST_RULES:
            self.refuse(validation, _("Ground rules: use at most %(most)s characters.") % {"most": LONGEST_RULES})

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


LONGEST_RULES = 5000
_LIMITS = (
    (
        "min_level_gap",
        1,
        9,
        lambda: _("Levels between mentor and mentee: give a whole number from %(least)s to %(most)s."),
    ),
    ("line_levels", 1, 5, lambda: _("Reporting line: give a whole number from %(least)s to %(most)s.")),
    ("min_shared_minutes", 15, 600, lambda: _("Shared time: give whole minutes from %(least)s to %(most)s.")),
    ("max_capacity", 1, 5, lambda: _("Mentees for one mentor: give a whole number from %(least)s to %(most)s.")),
)

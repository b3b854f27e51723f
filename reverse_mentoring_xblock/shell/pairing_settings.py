"""What an author sets for pairing."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xblock.fields import Boolean, DateTime, Integer, Scope, String

from ..domain.pairing_rules import PairingRules, Shares
from .base import ProgrammeBlock
from .ground_rules import GROUND_RULES

STANDARD = Shares()


def share(title: Any, hint: Any, percent: int) -> Integer:
    """A field for a part of the points, in percent."""
    return Integer(display_name=title, help=hint, default=percent, scope=Scope.settings)


class PairingSettings(ProgrammeBlock):
    """The fields of the pairing block, and what Studio says of them."""

    editable_fields = (
        "display_name",
        "programme",
        "require_training",
        "require_assessment",
        "min_level_gap",
        "line_levels",
        "min_shared_minutes",
        "same_language",
        "way_of_meeting",
        "shared_manager",
        "past_partner",
        "starts_on",
        "weeks",
        "max_capacity",
        "share_cover",
        "share_interests",
        "share_wishes",
        "share_style",
        "share_department",
        "share_site",
        "share_queue",
        "waiting_first",
        "lift_percent",
        "sign_up_from",
        "sign_up_until",
        "ask_wishes",
        "allow_requests",
        "answer_days",
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
            "This rule cannot be turned off."
        ),
        default=2,
        scope=Scope.settings,
    )
    min_shared_minutes = Integer(
        display_name=gettext_lazy("Shared time, in minutes a week"),
        help=gettext_lazy(
            "Two people are paired only if they are both free for so long in every week of the programme, in winter "
            "and in summer. 0 asks for none."
        ),
        default=60,
        scope=Scope.settings,
    )
    same_language = Boolean(
        display_name=gettext_lazy("A language in common"),
        help=gettext_lazy("Two people are paired only if they share a working language."),
        default=True,
        scope=Scope.settings,
    )
    way_of_meeting = Boolean(
        display_name=gettext_lazy("A way of meeting in common"),
        help=gettext_lazy(
            "Two people are paired only if both can meet from afar, or both on site at the same site. Off, how people "
            "can meet is shown to the partner and keeps nobody apart."
        ),
        default=True,
        scope=Scope.settings,
    )
    shared_manager = Boolean(
        display_name=gettext_lazy("Not under the same manager"),
        help=gettext_lazy("Colleagues who name the same manager are not paired."),
        default=True,
        scope=Scope.settings,
    )
    past_partner = Boolean(
        display_name=gettext_lazy("Not the same two again"),
        help=gettext_lazy("Two people who were offered to each other before are not proposed again."),
        default=True,
        scope=Scope.settings,
    )
    starts_on = DateTime(
        display_name=gettext_lazy("The programme begins"),
        help=gettext_lazy(
            "Shared time is compared from this day on. Empty, or in the past: from the day of the round."
        ),
        default=None,
        scope=Scope.settings,
    )
    weeks = Integer(
        display_name=gettext_lazy("Weeks"),
        help=gettext_lazy(
            "How long pairs work together. Shared time is compared at the start, halfway and at the end, so that a "
            "change of the clock is noticed."
        ),
        default=26,
        scope=Scope.settings,
    )
    max_capacity = Integer(
        display_name=gettext_lazy("Mentees for one mentor"),
        help=gettext_lazy("The most that a mentor can offer to take at the same time. 1 asks no mentor about it."),
        default=2,
        scope=Scope.settings,
    )
    share_cover = share(
        gettext_lazy("Points for needs that the mentor covers"),
        gettext_lazy("In percent of all points, like the six below; together at most 100. The main part."),
        STANDARD.cover,
    )
    share_interests = share(
        gettext_lazy("Points for topics that both chose"),
        gettext_lazy("Where scores decide about the main part, a topic that both chose counts here."),
        STANDARD.interests,
    )
    share_wishes = share(
        gettext_lazy("Points for wishes"),
        gettext_lazy("Half from each side; the first wish earns it all, each further rank a fifth less."),
        STANDARD.wishes,
    )
    share_style = share(
        gettext_lazy("Points for alike ways of working"),
        gettext_lazy("By the answers that people give at sign-up about how they like to work."),
        STANDARD.style,
    )
    share_department = share(
        gettext_lazy("Points for different departments"),
        gettext_lazy("People who would not meet otherwise."),
        STANDARD.department,
    )
    share_site = share(gettext_lazy("Points for different sites"), gettext_lazy("The same for sites."), STANDARD.site)
    share_queue = share(
        gettext_lazy("Points for having waited"),
        gettext_lazy("For those whom an earlier round left out. The whole from two rounds on."),
        STANDARD.queue,
    )
    waiting_first = Boolean(
        display_name=gettext_lazy("Who has waited comes first"),
        help=gettext_lazy(
            "As many people are matched as without this rule. When not all can be, a mentee whom earlier rounds left "
            "out gets a place before one who is new, whatever their points; who has waited two rounds or more, before "
            "one who has waited one. Mentors who have waited get points for it. Off, waiting counts by points alone."
        ),
        default=True,
        scope=Scope.settings,
    )
    lift_percent = Integer(
        display_name=gettext_lazy("Lift the worst pair, at a cost of"),
        help=gettext_lazy(
            "So many percent of all points may be given up so that the pair with the fewest points has more. As many "
            "people are matched. 0 leaves it."
        ),
        default=0,
        scope=Scope.settings,
    )
    sign_up_from = DateTime(
        display_name=gettext_lazy("Sign-up opens"),
        help=gettext_lazy("Before this moment (UTC) nobody can sign up. Empty: at once."),
        default=None,
        scope=Scope.settings,
    )
    sign_up_until = DateTime(
        display_name=gettext_lazy("Sign-up closes"),
        help=gettext_lazy(
            "After this moment (UTC) nobody new can sign up. Those who have can change what they said. Empty: never."
        ),
        default=None,
        scope=Scope.settings,
    )
    ask_wishes = Boolean(
        display_name=gettext_lazy("Wishes"),
        help=gettext_lazy(
            "People who have signed up can look at cards of possible partners and name up to five. The cards show no "
            "names until a coordinator allows it."
        ),
        default=True,
        scope=Scope.settings,
    )
    allow_requests = Boolean(
        display_name=gettext_lazy("Requests"),
        help=gettext_lazy("Mentees can ask a mentor themselves, between rounds. Every rule holds for them, too."),
        default=False,
        scope=Scope.settings,
    )
    answer_days = Integer(
        display_name=gettext_lazy("Days to answer"),
        help=gettext_lazy("An offer or a request that nobody answers lapses after so many days; both people are free."),
        default=7,
        scope=Scope.settings,
    )
    ground_rules = String(
        display_name=gettext_lazy("Ground rules"),
        help=gettext_lazy("Everybody agrees to these at sign-up. You can use Markdown: lists, bold, links."),
        default=GROUND_RULES,
        multiline_editor=True,
        scope=Scope.settings,
    )

    @property
    def rules(self) -> PairingRules:
        """What the author asks."""
        return PairingRules.of_settings({name: getattr(self, name) for name in self.editable_fields})

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """The author's settings."""
        super().validate_field_data(validation, data)
        for field, least, most, sentence in _LIMITS:
            value = getattr(data, field)
            if value is None or not least <= value <= most:
                self.refuse(validation, sentence() % {"least": least, "most": most})
        parts = [getattr(data, f"share_{name}") for name in vars(STANDARD)]
        if not all(isinstance(part, int) for part in parts) or not Shares(*parts).are_possible:
            self.refuse(validation, _("Points: give whole numbers of 0 or more that come to at most 100 together."))
        if data.sign_up_from and data.sign_up_until and data.sign_up_until <= data.sign_up_from:
            self.refuse(validation, _("Sign-up: it has to close after it opens."))
        if not (data.ground_rules or "").strip():
            self.refuse(validation, _("Ground rules: write at least one. Nobody signs up without knowing them."))
        elif len(data.ground_rules) > LONGEST_RULES:
            self.refuse(validation, _("Ground rules: use at most %(most)s characters.") % {"most": LONGEST_RULES})


LONGEST_RULES = 5000
_LIMITS = (
    (
        "min_level_gap",
        1,
        9,
        lambda: _("Levels between mentor and mentee: give a whole number from %(least)s to %(most)s."),
    ),
    ("line_levels", 1, 5, lambda: _("Reporting line: give a whole number from %(least)s to %(most)s.")),
    ("min_shared_minutes", 0, 600, lambda: _("Shared time: give whole minutes from %(least)s to %(most)s.")),
    ("max_capacity", 1, 5, lambda: _("Mentees for one mentor: give a whole number from %(least)s to %(most)s.")),
    ("weeks", 2, 104, lambda: _("Weeks: give a whole number from %(least)s to %(most)s.")),
    ("lift_percent", 0, 10, lambda: _("Lift the worst pair: give a whole number from %(least)s to %(most)s.")),
    ("answer_days", 1, 60, lambda: _("Days to answer: give a whole number from %(least)s to %(most)s.")),
)


def rules_of(settings: Mapping[str, Any]) -> PairingRules:
    """What the author of another block asks, from its settings as the host knows them."""
    fields = PairingSettings.fields
    known = {name: settings[name] for name in PairingSettings.editable_fields if name in settings}
    return PairingRules.of_settings({name: fields[name].enforce_type(value) for name, value in known.items()})

"""Signing up for pairing, and the small forms that name a pairing, a proposal or a page of the roster."""

from collections.abc import Sequence
from typing import Any
from zlib import crc32

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...domain.matching import reference
from ...domain.pairing_rules import MOST_TOPICS, MOST_VETOES, PairingRules
from ...domain.states import Role
from ...domain.week import LEAST_MINUTES, minutes_offered, windows_of
from ...services.signing_up import Profile
from ..languages import code_of, common_choices, split
from ..zones import zone_named
from . import profile_choices
from .base import BlockForm
from .profile_choices import Group

MOST_LANGUAGES = 10
LONGEST_NAME = 254


class ProfileForm(BlockForm):
    """What a person says about themselves for pairing. Mentors have a capacity, mentees a limit of topics."""

    name = "profile"
    level = forms.TypedChoiceField(
        label=gettext_lazy("Your level"),
        choices=profile_choices.levels,
        coerce=int,
        help_text=gettext_lazy(
            "Your rank, not your pay grade or your age. Only the difference counts: the mentor is the more junior."
        ),
        error_messages={"required": gettext_lazy("Choose the level that comes nearest to your job.")},
    )
    department = forms.CharField(
        label=gettext_lazy("Department"),
        max_length=100,
        help_text=gettext_lazy("People from different departments are brought together first."),
        error_messages={"required": gettext_lazy("Name your department.")},
    )
    site = forms.CharField(
        label=gettext_lazy("Site, if you have one"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("The town or the building. Leave it empty if you mostly work from home."),
    )
    manager = forms.CharField(
        label=gettext_lazy("Username or e-mail address of your manager"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=gettext_lazy(
            "Nobody is paired inside a reporting line or with a colleague under the same manager. "
            "This is how the programme knows where the lines are."
        ),
    )
    no_manager = forms.BooleanField(label=gettext_lazy("I have no manager in this organisation"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages that you can work in"),
        choices=common_choices,
        required=False,
        help_text=gettext_lazy("You are paired with somebody who shares at least one of them."),
    )
    other_languages = forms.CharField(
        label=gettext_lazy("Other languages"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Their names or two-letter codes, separated by commas. For example: Catalan, sw"),
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Your time zone"),
        max_length=64,
        help_text=gettext_lazy("Start typing a city and choose from the list. For example: Europe/London"),
        error_messages={"required": gettext_lazy("Choose your time zone.")},
    )
    hours = forms.MultipleChoiceField(
        label=gettext_lazy("Hours when you could meet in a usual week"),
        choices=profile_choices.hours,
        help_text=gettext_lazy(
            "Tick at least four hours in all, in your own time zone. A session takes about one hour every few weeks; "
            "more boxes only make it easier to find you a partner."
        ),
        error_messages={"required": gettext_lazy("Tick at least four hours in all.")},
    )
    topics = forms.MultipleChoiceField(choices=profile_choices.topics)
    vetoes = forms.CharField(
        label=gettext_lazy("People you would rather not be paired with"),
        max_length=3000,
        required=False,
        help_text=gettext_lazy(
            "You need no reason. One username or e-mail address on each line; leave it empty if there is nobody."
        ),
    )

    def __init__(self, data: Any = None, *, role: Role, rules: PairingRules, own: frozenset[str], **options: Any):
        super().__init__(data, **options)
        self.role = role
        self.own = own
        self.fields["topics"].label = self._topics_label()
        self.fields["topics"].help_text = self._topics_hint()
        self.fields["topics"].error_messages["required"] = _("Choose at least one topic.")
        if role is Role.MENTOR and rules.max_capacity > 1:
            self.fields["capacity"] = forms.TypedChoiceField(
                label=_("Mentees that you could take at the same time"),
                help_text=_(
                    "Each means a session every few weeks and time to prepare it. One is a good number to start with."
                ),
                choices=[(str(number), str(number)) for number in range(1, rules.max_capacity + 1)],
                coerce=int,
                error_messages={"required": _("Choose how many.")},
            )

    @property
    def week(self) -> Sequence[Group]:
        """The rows of the table of hours."""
        return profile_choices.week()

    @property
    def parts(self) -> list[str]:
        """The columns of the table of hours."""
        return profile_choices.part_headings()

    @property
    def topic_groups(self) -> Sequence[Group]:
        """Topics under their areas."""
        return profile_choices.topic_groups()

    @property
    def version(self) -> str:
        """A short name for the answers that the form starts with: a draft belongs to these, not to newer ones."""
        return f"{crc32(repr(sorted(self.initial.items())).encode()):08x}"

    def profile(self) -> Profile:
        """The clean answers. Raises FormRefused when there are errors."""
        said = self.read()
        return Profile(
            level=said["level"],
            department=said["department"],
            site=said["site"],
            manager=said["manager"],
            languages=said["languages"],
            time_zone=said["time_zone"],
            windows=said["hours"],
            capacity=said.get("capacity") or 1,
            topics=tuple(said["topics"]),
            vetoes=said["vetoes"],
        )

    def clean_time_zone(self) -> str:
        """A zone by its name or its city."""
        zone = zone_named(self.cleaned_data["time_zone"])
        if not zone:
            raise forms.ValidationError(_("Choose a time zone from the list, for example Europe/London."))
        return zone

    def clean_hours(self) -> tuple[tuple[int, int, int], ...]:
        """Windows of the week, together long enough."""
        windows = windows_of(map(profile_choices.tick_of, self.cleaned_data["hours"]))
        if minutes_offered(windows) < LEAST_MINUTES:
            raise forms.ValidationError(_("That is less than four hours in all. Tick a few more boxes."))
        return windows

    def clean_topics(self) -> list[str]:
        """Mentees choose a few; mentors as many as they like."""
        topics: list[str] = self.cleaned_data["topics"]
        if self.role is Role.MENTEE and len(topics) > MOST_TOPICS:
            raise forms.ValidationError(
                ngettext(
                    "Choose at most %(most)s topic; you have ticked %(n)s.",
                    "Choose at most %(most)s topics; you have ticked %(n)s.",
                    MOST_TOPICS,
                )
                % {"most": MOST_TOPICS, "n": len(topics)}
            )
        return topics

    def clean_vetoes(self) -> tuple[str, ...]:
        """Usernames and addresses, one to a line. The sentence names the line and repeats nothing."""
        lines = [reference(line) for line in self.cleaned_data["vetoes"].splitlines()]
        for number, line in enumerate(lines, start=1):
            if len(line.split()) > 1 or len(line) > LONGEST_NAME:
                raise forms.ValidationError(
                    _("Line %(number)s is neither a username nor an e-mail address.") % {"number": number}
                )
        people = tuple(sorted(set(filter(None, lines))))
        if len(people) > MOST_VETOES:
            raise forms.ValidationError(_("Name at most %(most)s people.") % {"most": MOST_VETOES})
        return people

    def clean(self) -> dict[str, Any]:
        """What two answers say together."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "manager" in said:
            said["manager"] = self._manager(said["manager"], has_none=said.get("no_manager", False))
        if "languages" in said and "other_languages" in said:
            said["languages"] = self._languages(said["languages"], split(said["other_languages"]))
        return said

    def _manager(self, text: str, *, has_none: bool) -> str:
        manager = reference(text)
        if has_none and manager:
            self.add_error("manager", _("Either name your manager or tick that you have none."))
        elif not has_none and not manager:
            self.add_error("manager", _("Name your manager, or tick that you have none."))
        elif len(manager.split()) > 1:
            self.add_error("manager", _("Give one username or one e-mail address, without spaces."))
        elif manager in self.own:
            self.add_error("manager", _("That is you. Name the person you report to, or tick that you have none."))
        return manager

    def _languages(self, ticked: list[str], written: list[str]) -> tuple[str, ...]:
        unknown = [text for text in written if not code_of(text)]
        languages = tuple(sorted({*ticked, *filter(None, map(code_of, written))}))
        if unknown:
            self.add_error(
                "other_languages",
                _("“%(text)s” is not a language name that we know. Try its English name or its two-letter code.")
                % {"text": unknown[0]},
            )
        elif not languages:
            self.add_error("languages", _("Tick at least one language, or write it below."))
        elif len(languages) > MOST_LANGUAGES:
            self.add_error("languages", _("Choose at most %(most)s languages.") % {"most": MOST_LANGUAGES})
        return languages

    def _topics_label(self) -> str:
        if self.role is Role.MENTOR:
            return _("Topics that you could help with")
        return _("Topics that you want to work on")

    def _topics_hint(self) -> str:
        if self.role is Role.MENTOR:
            return _("You need not be an expert; being a good step ahead is enough. Tick as many as you like.")
        return _("Choose one to five. Those that you settled on in your own report are ticked already.")


class SignUpForm(ProfileForm):
    """The profile and the ground rules."""

    name = "sign_up"
    agree = forms.BooleanField(
        label=gettext_lazy("I keep to these ground rules"),
        error_messages={"required": gettext_lazy("Tick this to take part. Without the ground rules nobody is paired.")},
    )


class PairingForm(BlockForm):
    """A pairing to decide about."""

    name = "pairing"
    pairing = forms.UUIDField()


class OpenForm(BlockForm):
    """Whether something that is open is closed again."""

    name = "open"
    close = forms.BooleanField(required=False)


class RunForm(BlockForm):
    """A proposal to decide about."""

    name = "run"
    run = forms.UUIDField()


class ReleaseForm(RunForm):
    """A proposal to release, as it was seen."""

    seen = forms.CharField(required=False, max_length=40)


class RosterPageForm(BlockForm):
    """A page of the roster."""

    name = "roster_page"
    page = forms.IntegerField(min_value=1, max_value=100_000)

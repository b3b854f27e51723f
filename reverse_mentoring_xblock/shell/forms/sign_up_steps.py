"""The steps of sign-up, each a form of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...domain.matching import Mode, reference
from ...domain.pairing_rules import MOST_VETOES, PairingRules
from ...domain.profile import LONGEST_NAME, LONGEST_TEXT, MOST_LANGUAGES, Step
from ...domain.states import Role
from ...domain.week import LEAST_MINUTES, Channel, minutes_offered, windows_of
from ..languages import code_of, common_choices, split
from ..zones import zone_named
from . import profile_choices
from .base import BlockForm
from .profile_choices import Group


@dataclass(frozen=True)
class Asker:
    """Whom a step is for, and what the author asks. ``own`` are the person's username and address."""

    role: Role
    rules: PairingRules
    own: frozenset[str] = frozenset()


class StepForm(BlockForm):
    """A step. Its answers are those of ``domain.profile``."""

    step: Step

    def __init__(self, data: Any = None, *, asker: Asker, **options: Any) -> None:
        self.asker = asker
        super().__init__(data, **options)

    def said(self) -> dict[str, Any]:
        """The clean answers. Raises FormRefused when there are errors."""
        return self.kept(self.read())

    def kept(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Clean answers under their names in a profile; those that are not there are left out."""
        return dict(cleaned)

    def usable(self) -> dict[str, Any]:
        """The answers that can be used, where others cannot."""
        self.is_valid()
        return self.kept({name: self.cleaned_data[name] for name in self.cleaned_data if name not in self.errors})


class WorkForm(StepForm):
    """Where a person works, and under whom."""

    step = Step.WORK
    name = "step_work"
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
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy("People from different departments are brought together first."),
        error_messages={"required": gettext_lazy("Name your department.")},
    )
    site = forms.CharField(
        label=gettext_lazy("Site, if you have one"),
        max_length=LONGEST_TEXT,
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

    def clean(self) -> dict[str, Any]:
        """A manager, or that there is none."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "manager" in said:
            said["manager"] = self._manager(said["manager"], has_none=said.get("no_manager", False))
        return said

    def _manager(self, text: str, *, has_none: bool) -> str:
        manager = reference(text)
        if has_none and manager:
            self.add_error("manager", _("Either name your manager or tick that you have none."))
        elif not has_none and not manager:
            self.add_error("manager", _("Name your manager, or tick that you have none."))
        elif len(manager.split()) > 1:
            self.add_error("manager", _("Give one username or one e-mail address, without spaces."))
        elif manager in self.asker.own:
            self.add_error("manager", _("That is you. Name the person you report to, or tick that you have none."))
        return manager


class HoursForm(StepForm):
    """When a person can meet."""

    step = Step.HOURS
    name = "step_hours"
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

    @property
    def week(self) -> Sequence[Group]:
        """The rows of the table of hours."""
        return profile_choices.week()

    @property
    def parts(self) -> list[str]:
        """The columns of the table of hours."""
        return profile_choices.part_headings()

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

    def kept(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Hours as windows."""
        return {"windows" if name == "hours" else name: value for name, value in cleaned.items()}


class MeetingForm(StepForm):
    """How a person can meet."""

    step = Step.MEETING
    name = "step_meeting"
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
    mode = forms.ChoiceField(
        label=gettext_lazy("Where you can meet"),
        choices=profile_choices.modes,
        error_messages={"required": gettext_lazy("Choose where you can meet.")},
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Ways to talk that suit you"),
        choices=profile_choices.channels,
        help_text=gettext_lazy("Your partner sees them, so that the two of you can settle on one."),
        error_messages={"required": gettext_lazy("Tick at least one way to talk.")},
    )

    def clean(self) -> dict[str, Any]:
        """What two answers say together."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "languages" in said and "other_languages" in said:
            said["languages"] = self._languages(said["languages"], split(said["other_languages"]))
        if said.get("mode") == Mode.REMOTE and said.get("channels") == [Channel.IN_PERSON]:
            self.add_error("channels", _("You can only meet from afar: tick a way to talk from there, too."))
        return said

    def kept(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Languages in one list."""
        said = {name: cleaned[name] for name in ("languages", "mode", "channels") if name in cleaned}
        if "other_languages" not in cleaned:
            said.pop("languages", None)
        return said

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


class ApartForm(StepForm):
    """Whom a person would rather not be paired with."""

    step = Step.APART
    name = "step_apart"
    vetoes = forms.CharField(
        label=gettext_lazy("People you would rather not be paired with"),
        max_length=3000,
        required=False,
        help_text=gettext_lazy(
            "You need no reason. One username or e-mail address on each line; leave it empty if there is nobody."
        ),
    )

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

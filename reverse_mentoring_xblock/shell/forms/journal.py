"""Reading when people plan to meet, and when they met."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...content.loading import load_bank
from ...domain.journal_score import MOST_REQUIRED
from ..zones import known_zones
from .base import BlockForm

FURTHEST = timedelta(days=730)
SHORTEST, LONGEST = 5, 480
WHOLE_CIRCLE = _("With everybody in the circle")
OUT_OF_RANGE = ("invalid", "min_value", "max_value")


def topic_codes() -> list[tuple[str, str]]:
    """Every competence of the bank, or none of them. The page says them in words."""
    return [("", ""), *((code, code) for code in load_bank().competences)]


def moment_of(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """That day and time of day in UTC. Raises ValidationError where the clocks skip it, or beyond all planning."""
    if abs(day - timezone.now().date()) > FURTHEST:
        raise ValidationError({"date": _("Give a day within the next or the last two years.")})
    local = datetime.combine(day, clock.replace(second=0, microsecond=0), tzinfo=zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValidationError({"time": _("The clocks skip this time on that day. Choose another.")})
    return moment


class PairingForm(BlockForm):
    """Which of one's pairings to open."""

    name = "pairing"
    pairing = forms.UUIDField()


class SessionForm(BlockForm):
    """One session."""

    name = "session"
    session = forms.UUIDField()


class OpenSessionForm(BlockForm):
    """A session to open; empty to go back to the journal."""

    name = "open-session"
    session = forms.UUIDField(required=False)


class AnswerForm(BlockForm):
    """A session that somebody has logged, with the facts that the reader was shown."""

    name = "answer"
    session = forms.UUIDField()
    facts = forms.CharField(max_length=40)


class TimeForm(BlockForm):
    """A day and a time of day in the zone of the page that the person filled in, a length and a topic."""

    says: tuple[str, ...] = ("starts_at", "minutes", "topic")
    date = forms.DateField(
        label=_("Date"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": _("Give the day."), "invalid": _("Give a day of the calendar.")},
    )
    time = forms.TimeField(
        label=_("Start"),
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={"required": _("Give the time of day."), "invalid": _("Give a time of day, like 14:30.")},
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=SHORTEST,
        max_value=LONGEST,
        error_messages={
            "required": _("Give the number of minutes."),
            **dict.fromkeys(OUT_OF_RANGE, _("Give 5 to 480 minutes, in whole minutes.")),
        },
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=topic_codes)
    zone = forms.CharField(max_length=64, required=False)

    def __init__(self, *arguments: Any, zone: ZoneInfo, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._zone = zone

    def clean_zone(self) -> ZoneInfo:
        """The zone that the page named. One that is not known here gives way to the reader's own."""
        name = self.cleaned_data["zone"]
        return ZoneInfo(name) if name in known_zones() else self._zone

    def clean(self) -> dict[str, Any]:
        """Add ``starts_at``, in UTC."""
        said: dict[str, Any] = super().clean() or {}
        if {"date", "time", "zone"} <= said.keys():
            said["starts_at"] = moment_of(said["date"], said["time"], said["zone"])
        return said

    @property
    def is_for_circle(self) -> bool:
        """Whether it is meant for everybody in the circle. Of a form that has been read."""
        return bool(self.cleaned_data.get("circle"))

    def read(self) -> dict[str, Any]:
        """When, how long and about what: nothing else. Raises FormRefused when there are errors."""
        said = super().read()
        return {name: said[name] for name in self.says}

    def refuse_past(self, said: dict[str, Any]) -> None:
        """What is planned is still to come."""
        if "starts_at" in said and said["starts_at"] <= timezone.now():
            self.add_error("date", _("This time is over. Plan a session in the future, or log one that took place."))


class PlanForm(TimeForm):
    """A session, or several at a rhythm."""

    name = "plan"
    says = ("starts", "minutes", "topic")
    pairing = forms.UUIDField()
    circle = forms.BooleanField(label=WHOLE_CIRCLE, required=False)
    count = forms.IntegerField(
        label=_("How many sessions"),
        min_value=1,
        max_value=MOST_REQUIRED,
        required=False,
        error_messages=dict.fromkeys(OUT_OF_RANGE, _("Give a whole number of sessions from 1 to 24.")),
        help_text=_("At the same time of day. The topic is for the first; choose the others as you come to them."),
    )
    weeks = forms.IntegerField(
        label=_("Weeks from one to the next"),
        min_value=1,
        max_value=12,
        required=False,
        error_messages=dict.fromkeys(OUT_OF_RANGE, _("Give a whole number of weeks from 1 to 12.")),
        help_text=_("Three or four weeks leave time to practise."),
    )

    def clean(self) -> dict[str, Any]:
        """Add ``starts``: every session's start in UTC, at the same time of day in the person's zone."""
        said = super().clean()
        self.refuse_past(said)
        if self.errors:
            return said
        rhythm = timedelta(weeks=said["weeks"] or 1)
        days = [said["date"] + number * rhythm for number in range(said["count"] or 1)]
        said["starts"] = [moment_of(day, said["time"], said["zone"]) for day in days]
        return said


class MoveForm(TimeForm):
    """Another time, length or topic for a planned session."""

    name = "move"
    session = forms.UUIDField()

    def clean(self) -> dict[str, Any]:
        """Planned sessions lie ahead."""
        said = super().clean()
        self.refuse_past(said)
        return said


class LogForm(TimeForm):
    """A session that took place."""

    name = "log"
    pairing = forms.UUIDField()
    circle = forms.BooleanField(label=WHOLE_CIRCLE, required=False)

    def clean(self) -> dict[str, Any]:
        """What is logged is over, or has begun."""
        said = super().clean()
        if "starts_at" in said and said["starts_at"] > timezone.now():
            self.add_error("date", _("This time has not come yet. Log the session when it has taken place."))
        return said

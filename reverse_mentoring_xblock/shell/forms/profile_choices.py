"""What can be chosen at sign-up: ranks, parts of the week, ways to meet, topics and how much they matter; each in words
and in the order of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ...content.loading import bank_words, load_bank
from ...domain.matching import Mode
from ...domain.pairing_rules import LEVELS
from ...domain.states import Role
from ...domain.week import DAY_PARTS, Channel, DayPart
from ...domain.week import WEEKDAYS as DAYS


@dataclass(frozen=True)
class Group:
    """Choices, as values and words, under one heading; ``short`` is the heading where there is little room."""

    name: str
    choices: Sequence[tuple[str, str]]
    short: str = ""


def levels() -> list[tuple[str, str]]:
    """Ranks with words that hold in most organisations; only the difference between two people counts."""
    words = (
        _("first job, trainee or apprentice"),
        _("early in a career"),
        _("experienced in a role"),
        _("expert or senior in a field"),
        _("leads a team"),
        _("leads several teams"),
        _("heads a department"),
        _("heads a site, a region or a large function"),
        _("executive"),
        _("chief executive or member of the board"),
    )
    choices = [
        (
            str(level),
            # Translators: a rank from 1 to 10 and what it stands for, in a list to choose from.
            _("%(level)s: %(meaning)s") % {"level": level, "meaning": meaning},
        )
        for level, meaning in zip(LEVELS, words, strict=True)
    ]
    return [("", _("Choose your level")), *choices]


def hours() -> list[tuple[str, str]]:
    """Parts of each day, as ``weekday-part``."""
    return list(_hours(get_language() or "en").items())


def week() -> Sequence[Group]:
    """The rows of the week's table."""
    return _week(get_language() or "en")


def part_headings() -> list[str]:
    """The columns of the week's table: from nine to twelve, and so on."""
    # Translators: the first and the last hour of a part of the day, on the 24-hour clock.
    stretch = _("%(start)s–%(end)s")  # noqa: RUF001 - the dash of a range
    return [stretch % {"start": _hour(part.start), "end": _hour(part.end)} for part in DAY_PARTS]


def modes() -> list[tuple[str, str]]:
    """How two people can meet."""
    return [
        (Mode.BOTH.value, _("Both, whatever suits the other person")),
        (Mode.REMOTE.value, _("From afar only")),
        (Mode.ONSITE.value, _("On site only, at my own site")),
    ]


def channels() -> list[tuple[str, str]]:
    """Ways to talk."""
    return [
        (Channel.VIDEO.value, _("Video call")),
        (Channel.PHONE.value, _("Phone")),
        (Channel.CHAT.value, _("Chat")),
        (Channel.IN_PERSON.value, _("In person")),
        (Channel.EMAIL.value, _("E-mail")),
    ]


def weights(role: Role) -> list[tuple[str, str]]:
    """How much a topic matters to a mentee, or how gladly a mentor helps with it."""
    if role is Role.MENTOR:
        return [("1", _("if need be")), ("2", _("gladly")), ("3", _("most gladly"))]
    return [("1", _("matters somewhat")), ("2", _("matters much")), ("3", _("matters most"))]


def topics() -> list[tuple[str, str]]:
    """Every competence with its short name."""
    words = bank_words(get_language() or "en")
    return [(code, words[f"competence.{code}.short"]) for code in load_bank().competences]


def topic_groups() -> Sequence[Group]:
    """Topics under their areas."""
    return _topic_groups(get_language() or "en")


def tick_of(value: str) -> tuple[int, str]:
    """``weekday-part`` apart again."""
    day, part = value.split("-")
    return int(day), part


@cache
def _hours(language: str) -> Mapping[str, str]:
    return {_tick(day, part): _in_words(day, part) for day in DAYS for part in DAY_PARTS}


@cache
def _week(language: str) -> Sequence[Group]:
    words = _hours(language)
    ticks = {day: [_tick(day, part) for part in DAY_PARTS] for day in DAYS}
    return [
        Group(str(WEEKDAYS[day]), [(tick, words[tick]) for tick in ticks[day]], short=str(WEEKDAYS_ABBR[day]))
        for day in DAYS
    ]


@cache
def _topic_groups(language: str) -> Sequence[Group]:
    words = bank_words(language)
    return [
        Group(words[f"area.{area.id}.name"], [(code, words[f"competence.{code}.short"]) for code in area.competences])
        for area in load_bank().areas
    ]


def _tick(day: int, part: DayPart) -> str:
    return f"{day}-{part.id}"


def _in_words(day: int, part: DayPart) -> str:
    return _("%(day)s, %(start)s to %(end)s") % {
        "day": WEEKDAYS[day],
        "start": f"{_hour(part.start)}:00",
        "end": f"{_hour(part.end)}:00",
    }


def _hour(minute: int) -> str:
    return f"{minute // 60:02d}"

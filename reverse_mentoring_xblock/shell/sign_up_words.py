"""What a person has said at sign-up, in words: one row for each answer."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from ..domain.matching import Window
from ..domain.pairing_rules import PairingRules
from ..domain.profile import STYLE_QUESTIONS, Profile, Step
from ..domain.states import Role
from .forms import profile_choices
from .languages import language_name
from .topics import topic_name
from .working_style import style_choices, style_words

Rows = Sequence[tuple[str, str]]


def step_title(step: Step) -> str:
    """The heading of a step."""
    return _TITLES[step]()


def rows_of(step: Step, profile: Profile, role: Role, rules: PairingRules) -> Rows:
    """The answers of a step, each with what was asked."""
    return _ROWS[step](profile, role, rules)


_TITLES: Mapping[Step, Callable[[], str]] = {
    Step.WORK: lambda: _("Where you work"),
    Step.HOURS: lambda: _("When you can meet"),
    Step.MEETING: lambda: _("How you can meet"),
    Step.TOPICS: lambda: _("What it should be about"),
    Step.STYLE: lambda: _("How you like to work"),
    Step.COMMITMENT: lambda: _("What it takes"),
    Step.APART: lambda: _("People to keep apart from"),
}


def _work(said: Profile, _role: Role, _rules: PairingRules) -> Rows:
    level = dict(profile_choices.levels()).get(str(said.level), "") if said.level is not None else ""
    return [
        (_("Level"), level),
        (_("Department"), said.department),
        (_("Site"), said.site or _("none named")),
        (_("Manager"), said.manager or (_("none in this organisation") if said.no_manager else "")),
    ]


def _hours(said: Profile, _role: Role, _rules: PairingRules) -> Rows:
    return [(_("Time zone"), said.time_zone), (_("Hours in a usual week"), "; ".join(map(_window, said.windows)))]


def _window(window: Window) -> str:
    day, start, end = window
    return _("%(day)s, %(start)s to %(end)s") % {"day": WEEKDAYS[day], "start": _clock(start), "end": _clock(end)}


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _meeting(said: Profile, _role: Role, _rules: PairingRules) -> Rows:
    ways = dict(profile_choices.channels())
    return [
        (_("Languages"), ", ".join(map(language_name, said.languages))),
        (_("Where"), dict(profile_choices.modes())[said.mode]),
        (_("Ways to talk"), ", ".join(ways[way] for way in said.channels if way in ways)),
    ]


def _topics(said: Profile, role: Role, _rules: PairingRules) -> Rows:
    weights = dict(profile_choices.weights(role))
    return [(topic_name(code), weights.get(str(weight), "")) for code, weight in said.topics.items()]


def _style(said: Profile, _role: Role, _rules: PairingRules) -> Rows:
    return [(style_words(code).question, _point(code, said.style.get(code))) for code in STYLE_QUESTIONS]


def _point(question: str, step: int | None) -> str:
    if step is None:
        return _("no answer")
    # Translators: a point on a scale from 1 to 5, and which end of the scale it leans to.
    return _("%(step)s of 5: %(end)s") % {"step": step, "end": dict(style_choices(question)).get(str(step), "")}


def _commitment(said: Profile, role: Role, rules: PairingRules) -> Rows:
    time = (_("Time"), _("I can give it") if said.has_committed else "")
    if role is Role.MENTEE or rules.max_capacity == 1:
        return [time]
    return [(_("Mentees at the same time"), str(min(said.capacity, rules.max_capacity))), time]


def _apart(said: Profile, _role: Role, _rules: PairingRules) -> Rows:
    return [(_("People"), ", ".join(said.vetoes) or _("nobody"))]


_ROWS: Mapping[Step, Callable[[Profile, Role, PairingRules], Rows]] = {
    Step.WORK: _work,
    Step.HOURS: _hours,
    Step.MEETING: _meeting,
    Step.TOPICS: _topics,
    Step.STYLE: _style,
    Step.COMMITMENT: _commitment,
    Step.APART: _apart,
}

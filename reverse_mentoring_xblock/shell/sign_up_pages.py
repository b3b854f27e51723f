"""The pages of sign-up: a step, and the list of what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..domain.profile import MOST_WEIGHT, SignUp, Step
from ..domain.states import Role
from ..domain.week import ticks_of
from ..selectors.participants import ParticipantRow, takes_part
from ..selectors.profiles import settled_topics
from .course_parts import parts_of
from .forms.sign_up_choices import STEP_FORMS, USUAL_WEIGHT, StepForm
from .forms.sign_up_steps import Asker
from .languages import COMMON, language_name
from .sign_up_words import Rows, rows_of, step_title
from .zones import zone_named, zone_options

SAID = "said"
"""The page that lists what was said."""
MINUTES_A_SESSION, MINUTES_BEFORE = 60, 30
_ORDER = tuple(Step)


@dataclass(frozen=True)
class Section:
    """A step in the list of what was said."""

    step: Step
    title: str
    rows: Rows
    is_open: bool


def page_to_show(at: str, entry: SignUp, person: ParticipantRow) -> str:
    """The step, or the list, that somebody sees who is on the way into the pool. ``at`` is what they have open."""
    if at == SAID or at in _ORDER:
        return at
    return next(iter(entry.open_steps(person.role)), SAID) if not entry.done else SAID


def page_after(step: Step, entry: SignUp, person: ParticipantRow) -> str:
    """Where a person goes on after a step: to the next one, or to the list when all have been gone through."""
    if not entry.open_steps(person.role) or step is _ORDER[-1]:
        return SAID
    return _ORDER[_ORDER.index(step) + 1]


def step_page(
    place: Place, step: Step, entry: SignUp, person: ParticipantRow, asker: Asker, block_id: str, zone: str
) -> Mapping[str, Any]:
    """A step with its form. One query at most, for topics that a report suggests."""
    place_of = _ORDER.index(step)
    return {
        "step": step,
        "title": step_title(step),
        "number": place_of + 1,
        "steps": len(_ORDER),
        "previous": _ORDER[place_of - 1] if place_of else "",
        "version": entry.profile.version(step),
        "saved_rows": rows_of(step, entry.profile, person.role, asker.rules),
        "form": STEP_FORMS[step](block_id=block_id, asker=asker, initial=_initial(step, entry, person, zone)),
        **(_commitment(place, person, asker.rules) if step is Step.COMMITMENT else {}),
        **({"zones": zone_options()} if step is Step.HOURS else {}),
    }


def said_page(place: Place, entry: SignUp, person: ParticipantRow, rules: PairingRules) -> Mapping[str, Any]:
    """Everything that was said, step by step, and what is still open. One query at most."""
    open_steps = () if person.is_signed_up else entry.open_steps(person.role)
    profile = entry.profile
    return {
        "sections": [
            Section(step, step_title(step), rows_of(step, profile, person.role, rules), step in open_steps)
            for step in Step
        ],
        "go_on_with": open_steps[0] if open_steps else "",
        "version": profile.version(),
        "about_manager": about_manager(place, profile.manager),
    }


def form_of_step(step: Step, asker: Asker, block_id: str, data: Any) -> StepForm:
    """A step as somebody has filled it in."""
    return STEP_FORMS[step](data, block_id=block_id, asker=asker)


def about_manager(place: Place, manager: str) -> str:
    """Whether the name that a person gave for their manager is known here; nothing where they gave none.

    One query, where a name was given.
    """
    if not manager:
        return ""
    if takes_part(place, manager):
        return _("The manager whom you named, “%(name)s”, is known in this programme.") % {"name": manager}
    return _(
        "Nobody in this programme is known as “%(name)s”, whom you named as your manager. If they do not take part, "
        "that is as it should be. Otherwise correct the spelling in what you said at sign-up: only the right name "
        "keeps you from being paired in your reporting line."
    ) % {"name": manager}


def _initial(step: Step, entry: SignUp, person: ParticipantRow, zone: str) -> Mapping[str, Any]:
    """What a step starts with: what was said before, or what the programme knows."""
    profile = entry.profile
    if step is Step.HOURS:
        hours = [f"{day}-{part}" for day, part in ticks_of(profile.windows)]
        return {"time_zone": profile.time_zone or zone_named(zone), "hours": hours}
    if step is Step.MEETING:
        others = [language_name(code) for code in profile.languages if code not in COMMON]
        return {
            "languages": [code for code in profile.languages if code in COMMON],
            "other_languages": ", ".join(others),
            "mode": profile.mode if step in entry.done else "",
            "channels": list(profile.channels),
        }
    if step is Step.TOPICS:
        topics = profile.topics or _suggested(person)
        return {"topics": list(topics), **{f"matters-{code}": weight for code, weight in topics.items()}}
    if step is Step.STYLE:
        return dict(profile.style)
    if step is Step.APART:
        return {"vetoes": "\n".join(profile.vetoes)}
    initial = profile.said(step)
    if step is Step.COMMITMENT and step not in entry.done:
        initial.pop("capacity")  # the person says for how many, a default does not
    return initial


def _suggested(person: ParticipantRow) -> Mapping[str, int]:
    """The topics of the person's own report; what a mentee's puts first matters most."""
    topics = settled_topics(person.id) if person.id else ()
    if person.role is Role.MENTOR:
        return dict.fromkeys(topics, USUAL_WEIGHT)
    return {code: MOST_WEIGHT if code == topics[0] else USUAL_WEIGHT for code in topics}


def _commitment(place: Place, person: ParticipantRow, rules: PairingRules) -> Mapping[str, Any]:
    sessions = parts_of(place, person.role).sessions_wanted
    return {
        "sessions": sessions,
        "weeks": rules.weeks,
        "hours": -(-sessions * (MINUTES_A_SESSION + MINUTES_BEFORE) // 60),
    }

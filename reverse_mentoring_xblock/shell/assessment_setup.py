"""From the settings of an assessment block to what a round is begun with, and what is wrong with them in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ..content.instrument import Instrument, read_instrument, shipped
from ..content.located import ContentError
from ..domain.assessment.scenarios import most_checks
from ..domain.assessment.setup import (
    RoleProfile,
    Setup,
    Span,
    Unreadable,
    competences_from,
    profiles_from,
    weights_from,
)
from ..domain.assessment.topics import TARGETS

DEFAULT_SET = "core-12"
OWN_SET = "own"
GENERAL, EXECUTIVE = "general", "executive"
DEFAULT_PROFILES = (
    RoleProfile(GENERAL, TARGETS["intermediate"]),
    RoleProfile(EXECUTIVE, TARGETS["intermediate"], {"1.2": TARGETS["advanced"], "4.1": TARGETS["advanced"]}),
)
_SHOWN_PROBLEMS = 8


def instrument_from(settings: Any) -> Instrument:
    """The author's own bank, or the one that comes with the package. A bank from a hand-written course file that
    cannot be read counts as none."""
    if not (settings.own_bank or "").strip():
        return shipped()
    try:
        return read_instrument(settings.own_bank)
    except ContentError:
        return shipped()


def span_from(settings: Any) -> Span:
    """When the round is open. What is no moment, in a hand-written course file, counts as empty."""
    opens, closes = (one if isinstance(one, datetime) else None for one in (settings.opens, settings.closes))
    return Span(opens, closes)


def setup_from(settings: Any) -> Setup:
    """What a round is begun with. Settings that cannot be read, after an import, count as the defaults."""
    bank = instrument_from(settings).bank
    try:
        own = competences_from(settings.own_competences or "", bank) if settings.competence_set == OWN_SET else ()
    except Unreadable:
        own = ()
    try:
        profiles = profiles_from(settings.role_targets or "", bank.competences)
    except Unreadable:
        profiles = ()
    try:
        weights = weights_from(settings.emphasis or "", bank.competences)
    except Unreadable:
        weights = {}
    known = bank.sets.get(settings.competence_set) or bank.sets.get(DEFAULT_SET) or next(iter(bank.sets.values()))
    competences = own or known
    return Setup(
        competences=competences,
        profiles=profiles or DEFAULT_PROFILES,
        weights=weights,
        most_checks=most_checks(bank, len(competences)) if settings.scenarios and bank.checks else 0,
        uses_terms=bool(settings.terms) and bool(bank.terms),
        span=span_from(settings),
    )


def profile_name(name: str) -> str:
    """A role profile as learners read it: an author's own words as they are."""
    if name == GENERAL:
        return _("Most roles")
    if name == EXECUTIVE:
        return _("A role that sets direction or signs things off for others")
    return name


def wrong_settings(settings: Any) -> Sequence[str]:
    """What is wrong with an author's settings, a sentence each."""
    bank, wrong = instrument_from(settings).bank, []
    if settings.competence_set == OWN_SET:
        wrong += _refused(lambda: competences_from(settings.own_competences or "", bank))
    elif settings.competence_set not in bank.sets:
        wrong.append(_("Skills: the questions of this block have no set of that name."))
    wrong += _refused(lambda: profiles_from(settings.role_targets or "", bank.competences))
    wrong += _refused(lambda: weights_from(settings.emphasis or "", bank.competences))
    span = span_from(settings)
    if span.opens and span.closes and span.closes <= span.opens:
        wrong.append(_("Closes: choose a time after the opening."))
    return wrong


def bank_problems(error: ContentError) -> Sequence[str]:
    """Every problem of a bank with its line; past the first few, how many more there are."""
    said = [
        _("Line %(line)s: %(reason)s.") % {"line": problem.line, "reason": problem.reason} for problem in error.problems
    ]
    more = len(said) - _SHOWN_PROBLEMS
    return [*said[:_SHOWN_PROBLEMS], _("And %(n)s more.") % {"n": more}] if more > 1 else said


def _refused(read: Any) -> list[str]:
    try:
        read()
    except Unreadable as error:
        return [_SENTENCES[error.code]() % {"line": error.line, "text": error.text}]
    return []


_SENTENCES = {
    "profile_name": lambda: _(
        "Levels by role, line %(line)s: write the role, a colon and a level, for example “Team leads: intermediate”."
    ),
    "profile_twice": lambda: _("Levels by role, line %(line)s: “%(text)s” is there twice."),
    "too_many_profiles": lambda: _("Levels by role: eight roles are the most."),
    "target": lambda: _(
        "Levels by role, line %(line)s: “%(text)s” is not a level. Write basic, intermediate or advanced; for one "
        "skill its code first, for example “4.1 advanced”."
    ),
    "competence": lambda: _("Line %(line)s: “%(text)s” is not the code of a skill, such as 4.1."),
    "competence_twice": lambda: _("Emphasis, line %(line)s: “%(text)s” is there twice."),
    "weight": lambda: _("Emphasis, line %(line)s: “%(text)s” is not a number from 0.5 to 1.5."),
    "area": lambda: _("Own set of skills: choose at least two of area %(text)s."),
}

"""The rules that no pair may break, whatever its points.

Each rule is one function that says whether a pair breaks it, under a code that is stored and
translated elsewhere. A veto, an avoid list and a declared conflict are kept without a trace: no
report may name a rule of `PRIVATE_RULES`.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from .hours import shared_minutes
from .organisation import Organisation
from .people import Mentee, Mentor, Mode
from .policy import Policy


class Rule(StrEnum):
    """Stable codes of the hard rules."""

    SAME_PERSON = "same_person"
    CAPACITY = "capacity"
    CONSENT = "consent"
    TRAINING = "training"
    SENIORITY_GAP = "seniority_gap"
    PAST_PARTNER = "past_partner"
    VETO = "veto"
    AVOID = "avoid"
    CONFLICT = "conflict"
    LANGUAGE = "language"
    REPORTING_LINE = "reporting_line"
    SHARED_MANAGER = "shared_manager"
    MODE = "mode"
    HOURS = "hours"


PRIVATE_RULES = frozenset({Rule.VETO, Rule.AVOID, Rule.CONFLICT})
"""Rules that the matcher keeps and no report names. The two between whom a conflict was declared are not told of it,
and where it reads like a veto, a veto is not told by elimination."""
PERSONAL_RULES = frozenset({Rule.PAST_PARTNER})
"""Rules between two single people, as the private ones are. They say nothing of a group, and naming them where it is
about one would tell by their absence of a private one."""

Breaks: TypeAlias = Callable[[Mentor, Mentee, Organisation, Policy], bool]


def same_person(mentor: Mentor, mentee: Mentee, org: Organisation, _: Policy) -> bool:
    """Nobody mentors themselves, under whatever alias."""
    return mentor.id == mentee.id or org.name(mentor) == org.name(mentee)


def capacity(mentor: Mentor, _mentee: Mentee, _org: Organisation, _: Policy) -> bool:
    """The mentor takes at least one mentee in this round."""
    return mentor.capacity < 1


def consent(mentor: Mentor, mentee: Mentee, _org: Organisation, _: Policy) -> bool:
    """Both agreed to be matched."""
    return not (mentor.consent and mentee.consent)


def training(mentor: Mentor, mentee: Mentee, _org: Organisation, policy: Policy) -> bool:
    """Both passed the training of their role, if the programme asks for it."""
    return policy.require_training and not (mentor.trained and mentee.trained)


def seniority_gap(mentor: Mentor, mentee: Mentee, _org: Organisation, policy: Policy) -> bool:
    """The mentor is the more junior by enough levels."""
    return mentee.level - mentor.level < policy.min_level_gap


def past_partner(mentor: Mentor, mentee: Mentee, _org: Organisation, _: Policy) -> bool:
    """The two were not partners before."""
    return mentee.id in mentor.past or mentor.id in mentee.past


def veto(mentor: Mentor, mentee: Mentee, _org: Organisation, _: Policy) -> bool:
    """Neither asked not to be paired with the other."""
    mentor_refuses = not mentor.vetoes.isdisjoint(mentee.aliases)
    return mentor_refuses or not mentee.vetoes.isdisjoint(mentor.aliases)


def avoid(mentor: Mentor, mentee: Mentee, _org: Organisation, _: Policy) -> bool:
    """Neither would rather not be paired with the other."""
    return mentee.id in mentor.avoid or mentor.id in mentee.avoid


def conflict(mentor: Mentor, mentee: Mentee, _org: Organisation, _: Policy) -> bool:
    """No conflict of interest between the two was declared."""
    return mentee.id in mentor.conflicts or mentor.id in mentee.conflicts


def language(mentor: Mentor, mentee: Mentee, _org: Organisation, _: Policy) -> bool:
    """The two share a working language."""
    return mentor.languages.isdisjoint(mentee.languages)


def reporting_line(mentor: Mentor, mentee: Mentee, org: Organisation, policy: Policy) -> bool:
    """Neither stands above the other within the levels of the policy."""
    levels = policy.line_levels
    over_mentor = org.name(mentee) in org.above(mentor, levels)
    return over_mentor or org.name(mentor) in org.above(mentee, levels)


def shared_manager(mentor: Mentor, mentee: Mentee, org: Organisation, policy: Policy) -> bool:
    """The two do not answer to the same manager within the levels of the policy."""
    levels = policy.manager_levels
    return not org.above(mentor, levels).isdisjoint(org.above(mentee, levels))


def mode(mentor: Mentor, mentee: Mentee, _org: Organisation, _: Policy) -> bool:
    """The two can meet in one way: both from afar, or both at one site."""
    from_afar = mentor.mode != Mode.ONSITE and mentee.mode != Mode.ONSITE
    on_site = mentor.mode != Mode.REMOTE and mentee.mode != Mode.REMOTE and mentor.site == mentee.site != ""
    return not (from_afar or on_site)


def hours(mentor: Mentor, mentee: Mentee, _org: Organisation, policy: Policy) -> bool:
    """The two share enough time in a week, in every season of the programme."""
    return shared_minutes(mentor, mentee, policy.dates) < policy.min_shared_minutes


RULES: dict[Rule, Breaks] = {
    Rule.SAME_PERSON: same_person,
    Rule.CAPACITY: capacity,
    Rule.CONSENT: consent,
    Rule.TRAINING: training,
    Rule.SENIORITY_GAP: seniority_gap,
    Rule.PAST_PARTNER: past_partner,
    Rule.VETO: veto,
    Rule.AVOID: avoid,
    Rule.CONFLICT: conflict,
    Rule.LANGUAGE: language,
    Rule.REPORTING_LINE: reporting_line,
    Rule.SHARED_MANAGER: shared_manager,
    Rule.MODE: mode,
    Rule.HOURS: hours,
}


def broken_rules(
    mentor: Mentor,
    mentee: Mentee,
    org: Organisation,
    policy: Policy,
) -> tuple[Rule, ...]:
    """Every rule that a pair would break; empty when it may be made."""
    return tuple(rule for rule, breaks in RULES.items() if breaks(mentor, mentee, org, policy))


def eligible(mentor: Mentor, mentee: Mentee, org: Organisation, policy: Policy) -> bool:
    """Whether a pair breaks no rule; stops at the first one broken."""
    return not any(breaks(mentor, mentee, org, policy) for breaks in RULES.values())

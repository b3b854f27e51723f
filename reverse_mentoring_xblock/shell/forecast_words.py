"""A forecast in sentences: what relaxing a rule means, and why people would wait."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain.matching import Gain, Group, How, Policy, Rule, Waiting, Why
from ..domain.states import Role
from ..selectors.left_out import WhyLeftOut
from .pairing_words import why_nobody


def relaxed(gain: Gain, policy: Policy) -> str:
    """What would be different with a rule relaxed."""
    facts = {"limit": gain.limit, "now": policy.min_shared_minutes, "n": gain.limit}
    if gain.rule is Rule.HOURS and gain.how is How.WEAKER:
        return _("%(limit)s shared minutes a week in place of %(now)s") % facts
    if gain.rule is Rule.SENIORITY_GAP:
        return (
            ngettext(
                "Mentors at least %(n)s level more junior, which is one fewer",
                "Mentors at least %(n)s levels more junior, which is one fewer",
                gain.limit or 0,
            )
            % facts
        )
    return _OFF[gain.rule]()


def what_binds(rule: Rule) -> str:
    """The rule whose relaxing would match most people more."""
    return _BINDS[rule]()


def why_waiting(one: Waiting | Group) -> str:
    """Why somebody would wait. Two sentences where people compete and a rule keeps most others from them."""
    if one.why is not Why.COMPETITION:
        return why_nobody(one.role, WhyLeftOut(why=one.why, rule=one.rule or ""))
    if one.role is Role.MENTOR:
        return _("More places fit the same few mentees.")
    crowded = _("More people fit the same few mentors than these have places for.")
    return f"{crowded} {why_nobody(one.role, WhyLeftOut(rule=one.rule))}" if one.rule else crowded


_OFF: Mapping[Rule, Callable[[], str]] = {
    Rule.CAPACITY: lambda: _("Each mentor takes one mentee more"),
    Rule.HOURS: lambda: _("No shared time is asked for"),
    Rule.LANGUAGE: lambda: _("No language in common is asked for"),
    Rule.MODE: lambda: _("No way of meeting in common is asked for"),
    Rule.SHARED_MANAGER: lambda: _("People under the same manager may be paired"),
    Rule.PAST_PARTNER: lambda: _("People who were offered to each other before may be paired again"),
}

_BINDS: Mapping[Rule, Callable[[], str]] = {
    Rule.CAPACITY: lambda: _("What binds most is the number of places that mentors have."),
    Rule.HOURS: lambda: _("What binds most is time: the two have to share enough hours a week."),
    Rule.SENIORITY_GAP: lambda: _("What binds most is rank: the mentor has to be so many levels more junior."),
    Rule.LANGUAGE: lambda: _("What binds most is language: the two have to share one."),
    Rule.MODE: lambda: _("What binds most is the way of meeting."),
    Rule.SHARED_MANAGER: lambda: _("What binds most are shared managers: close colleagues are not paired."),
    Rule.PAST_PARTNER: lambda: _("What binds most are earlier rounds: nobody is offered the same person twice."),
}

"""Reasons as sentences: why two people fit, why somebody has no partner, what somebody still needs."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain.matching import Rule, Why
from ..domain.pairing_rules import PairingRules
from ..domain.states import WHY_CLOSED, Role
from ..selectors.left_out import WhyLeftOut
from ..selectors.pairings import ReasonRow
from ..selectors.waiting import WaitingPlace
from .languages import language_name
from .topics import topics_said


def why_you_two(role: Role, reason: ReasonRow) -> list[str]:
    """Why a pair fits, for the person in ``role``: the numbers of the matcher, nothing else."""
    sentences = [_your_topics(role, reason)] if reason.topics else []
    if reason.languages:
        sentences.append(_("You both work in %(languages)s.") % {"languages": _languages(reason)})
    sentences.append(_shared_time(reason))
    sentences += _your_distance(reason)
    sentences.append(_("You are not in one reporting line, as far as you have both said who your manager is."))
    return sentences


def why_this_pair(reason: ReasonRow) -> list[str]:
    """Why a pair is proposed, for the coordinator."""
    sentences = [_pairs_topics(reason)]
    if reason.languages:
        sentences.append(_("Both work in %(languages)s.") % {"languages": _languages(reason)})
    sentences.append(
        ngettext("The mentor is %(n)s level more junior.", "The mentor is %(n)s levels more junior.", reason.level_gap)
        % {"n": reason.level_gap}
    )
    return [*sentences, *_distance(reason)]


def why_nobody(role: Role, reason: WhyLeftOut) -> str:
    """Why somebody has no partner in a round, for the coordinator and for the person alike. Private rules have no
    sentence: what they do reads like anything else that has none."""
    if reason.why == Why.COMPETITION:
        return _competition(role, reason)
    if reason.why == WHY_CLOSED:
        return _("It was closed before you were offered anybody.")
    sentence = _RULES.get(reason.rule)
    return sentence() if sentence else _("Nobody who is free in this round fits. The next one may be different.")


def place_in_line(role: Role, line: WaitingPlace, rules: PairingRules) -> str:
    """Where somebody stands among those who wait, and what waiting does for them in the next round."""
    sentences = [_place_of_mentee(line) if role is Role.MENTEE else _place_of_mentor(line)]
    if role is Role.MENTEE and rules.waiting_first:
        sentences.append(_("Who has waited most rounds comes first; two rounds or more count the same."))
    elif rules.shares.queue:
        sentences.append(_("Rounds waited earn points in the next round."))
    return " ".join(sentences)


def _place_of_mentee(line: WaitingPlace) -> str:
    if line.people == 1:
        return _("You are the only mentee who waits.")
    said = ngettext(
        "You are number %(place)s of %(n)s mentee who waits.",
        "You are number %(place)s of %(n)s mentees who wait.",
        line.people,
    )
    return said % {"place": line.place, "n": line.people}


def _place_of_mentor(line: WaitingPlace) -> str:
    if line.people == 1:
        return _("You are the only mentor who waits.")
    said = ngettext(
        "You are number %(place)s of %(n)s mentor who waits.",
        "You are number %(place)s of %(n)s mentors who wait.",
        line.people,
    )
    return said % {"place": line.place, "n": line.people}


def still_needed(codes: Iterable[str]) -> list[str]:
    """What stands between people and the next round."""
    return [_MISSING[code]() for code in codes]


def _competition(role: Role, reason: WhyLeftOut) -> str:
    if not reason.partners:
        return _older_competition(role, reason)
    facts = {"rivals": reason.rivals, "sought": reason.sought, "n": reason.partners, "places": reason.places}
    if role is Role.MENTOR:
        return (
            ngettext(
                "%(rivals)s mentors have %(sought)s places for the same mentee.",
                "%(rivals)s mentors have %(sought)s places for the same %(n)s mentees.",
                reason.partners,
            )
            % facts
        )
    said = ngettext(
        "%(rivals)s mentees fit only the same mentor, who can take %(places)s.",
        "%(rivals)s mentees fit only the same %(n)s mentors, who can take %(places)s.",
        reason.partners,
    )
    sentences = [said % facts]
    if reason.later:
        sentences.append(_("Those who have waited more rounds came first."))
    if reason.binding in _BINDING:
        sentences.append(_BINDING[reason.binding]())
    return " ".join(sentences)


def _older_competition(role: Role, reason: WhyLeftOut) -> str:
    """For rounds that did not keep how many people compete."""
    facts = {"sought": reason.sought, "places": reason.places}
    if role is Role.MENTEE:
        return (
            ngettext(
                "More people fit the same few mentors: %(sought)s mentees for %(places)s place.",
                "More people fit the same few mentors: %(sought)s mentees for %(places)s places.",
                reason.places,
            )
            % facts
        )
    return (
        ngettext(
            "More places fit the same few mentees: mentors have %(sought)s places for %(places)s mentee.",
            "More places fit the same few mentees: mentors have %(sought)s places for %(places)s mentees.",
            reason.places,
        )
        % facts
    )


_BINDING: Mapping[str, Callable[[], str]] = {
    Rule.SENIORITY_GAP: lambda: _("What keeps most other mentors from them is rank."),
    Rule.LANGUAGE: lambda: _("What keeps most other mentors from them is language."),
    Rule.HOURS: lambda: _("What keeps most other mentors from them is time."),
    Rule.REPORTING_LINE: lambda: _("What keeps most other mentors from them is the reporting line."),
    Rule.SHARED_MANAGER: lambda: _("What keeps most other mentors from them is a shared manager."),
    Rule.MODE: lambda: _("What keeps most other mentors from them is the way of meeting."),
}

_RULES: Mapping[str, Callable[[], str]] = {
    Rule.SENIORITY_GAP: lambda: _(
        "What most often stands in the way is rank: the mentor has to be the more junior of the two."
    ),
    Rule.LANGUAGE: lambda: _("What most often stands in the way is language: the two have to share one."),
    Rule.HOURS: lambda: _("What most often stands in the way is time: the two have to share enough hours a week."),
    Rule.REPORTING_LINE: lambda: _(
        "What most often stands in the way is the reporting line: nobody is paired inside one."
    ),
    Rule.SHARED_MANAGER: lambda: _(
        "What most often stands in the way is a shared manager: close colleagues are not paired."
    ),
    Rule.MODE: lambda: _(
        "What most often stands in the way is the way of meeting: one can only meet on site, "
        "and the other cannot be there."
    ),
    Rule.PAST_PARTNER: lambda: _(
        "What most often stands in the way is an earlier round: nobody is offered the same person twice."
    ),
}

_MISSING: Mapping[str, Callable[[], str]] = {
    "invited": lambda: _("has not come in yet"),
    "withdrawn": lambda: _("has withdrawn"),
    "training": lambda: _("training not passed"),
    "assessment": lambda: _("self-assessment not handed in"),
    "sign_up": lambda: _("not signed up"),
    "paused": lambda: _("paused"),
}


def _your_topics(role: Role, reason: ReasonRow) -> str:
    facts = {"n": len(reason.topics), "wanted": reason.wanted, "topics": topics_said(reason.topics)}
    if len(reason.topics) >= reason.wanted:
        mentor_can = _("Your mentor can help with everything that you chose: %(topics)s.")
        you_can = _("You can help with everything that your mentee chose: %(topics)s.")
    else:
        mentor_can = _("Your mentor can help with %(n)s of the %(wanted)s topics that you chose: %(topics)s.")
        you_can = _("You can help with %(n)s of the %(wanted)s topics that your mentee chose: %(topics)s.")
    return (mentor_can if role is Role.MENTEE else you_can) % facts


def _pairs_topics(reason: ReasonRow) -> str:
    facts = {"n": len(reason.topics), "wanted": reason.wanted, "topics": topics_said(reason.topics)}
    if not reason.topics:
        return _("None of the topics that the mentee chose is covered; everything else fits.")
    if len(reason.topics) >= reason.wanted:
        return _("The mentor covers everything that the mentee chose: %(topics)s.") % facts
    return _("The mentor covers %(n)s of %(wanted)s topics: %(topics)s.") % facts


def _shared_time(reason: ReasonRow) -> str:
    if reason.hours:
        return ngettext(
            "You share at least %(n)s hour a week in which both of you are free.",
            "You share at least %(n)s hours a week in which both of you are free.",
            reason.hours,
        ) % {"n": reason.hours}
    return ngettext(
        "You share at least %(n)s minute a week in which both of you are free.",
        "You share at least %(n)s minutes a week in which both of you are free.",
        reason.minutes,
    ) % {"n": reason.minutes}


def _your_distance(reason: ReasonRow) -> list[str]:
    if reason.other_department and reason.other_site:
        return [_("You work in different departments and at different sites.")]
    if reason.other_department:
        return [_("You work in different departments.")]
    return [_("You work at different sites.")] if reason.other_site else []


def _distance(reason: ReasonRow) -> list[str]:
    if reason.other_department and reason.other_site:
        return [_("Different departments and different sites.")]
    if reason.other_department:
        return [_("Different departments.")]
    return [_("Different sites.")] if reason.other_site else []


def _languages(reason: ReasonRow) -> str:
    return ", ".join(map(language_name, reason.languages))

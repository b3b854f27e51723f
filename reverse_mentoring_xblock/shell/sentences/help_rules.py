"""What a coordinator reads about a pair that may need a hand: the rule that noticed it, and one thing to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...domain.needs_help import FIRST_SESSION_WITHIN, OFFER_OPEN_FOR, Alert, HelpRule
from ...domain.states import Role
from ...selectors.dashboard import HelpRow
from ..tags import day


@dataclass(frozen=True)
class AlertWords:
    """One rule that a pair meets, in words."""

    rule: str
    since: str
    advice: str


def words_of(alert: Alert, row: HelpRow, quiet_days: int) -> AlertWords:
    """The rule by its threshold, since when it counts, and what one could do."""
    names = {Role.MENTOR: row.mentor, Role.MENTEE: row.mentee}
    facts = {"day": day(alert.since), "name": names[alert.roles[0]] if len(alert.roles) == 1 else ""}
    return AlertWords(
        rule=RULES[alert.rule](quiet_days),
        since=SINCE[alert.rule]() % facts,
        advice=(ADVICE_TO_ONE if facts["name"] else ADVICE_TO_BOTH)[alert.rule]() % facts,
    )


def _no_first_session(_quiet_days: int) -> str:
    days = FIRST_SESSION_WITHIN.days
    return ngettext(
        "No session held within %(n)s day of the match", "No session held within %(n)s days of the match", days
    ) % {"n": days}


def _gone_quiet(quiet_days: int) -> str:
    return ngettext(
        "No session for more than %(n)s day, and none planned",
        "No session for more than %(n)s days, and none planned",
        quiet_days,
    ) % {"n": quiet_days}


def _offer_unanswered(_quiet_days: int) -> str:
    days = OFFER_OPEN_FOR.days
    return ngettext("Offer open for more than %(n)s day", "Offer open for more than %(n)s days", days) % {"n": days}


RULES: Mapping[HelpRule, Callable[[int], str]] = {
    HelpRule.CANCELLED_IN_A_ROW: lambda _quiet_days: _(
        "Two sessions in a row cancelled by the same side, and no date set since"
    ),
    HelpRule.NO_FIRST_SESSION: _no_first_session,
    HelpRule.GONE_QUIET: _gone_quiet,
    HelpRule.OFFER_UNANSWERED: _offer_unanswered,
}

SINCE: Mapping[HelpRule, Callable[[], str]] = {
    HelpRule.CANCELLED_IN_A_ROW: lambda: _("The first of the two was planned for %(day)s."),
    HelpRule.NO_FIRST_SESSION: lambda: _("Partners since %(day)s."),
    HelpRule.GONE_QUIET: lambda: _("They last met on %(day)s."),
    HelpRule.OFFER_UNANSWERED: lambda: _("Offered on %(day)s."),
}

ADVICE_TO_BOTH: Mapping[HelpRule, Callable[[], str]] = {
    HelpRule.NO_FIRST_SESSION: lambda: _("Write to both and suggest two times for a first session."),
    HelpRule.GONE_QUIET: lambda: _("Ask each of them how it is going. A pause or a blameless end is an answer too."),
    HelpRule.OFFER_UNANSWERED: lambda: _("Ask both whether they have seen the offer. Declining needs no reason."),
}

ADVICE_TO_ONE: Mapping[HelpRule, Callable[[], str]] = {
    HelpRule.CANCELLED_IN_A_ROW: lambda: _(
        "Speak to %(name)s first, in private: what would make the sessions possible, or is this the wrong time?"
    ),
}

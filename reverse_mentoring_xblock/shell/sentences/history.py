"""The audit log in words. An act has a sentence, or it is hidden and no page, list or file has it."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...selectors.history import HistoryRow

#: What the two people of a pair do, and when somebody leaves. Even the time of an entry can tell who said no or who
#: ended it, so the log that coordinators read does not have them at all.
HIDDEN = frozenset({"pairing.accepted", "pairing.declined", "pairing.ended", "pairing.withdrawn"})
#: What happens by itself; everything else is somebody's act.
BY_ITSELF = frozenset({"pairing.activated", "pairing.lapsed", "pairing.reminded"})


def what(row: HistoryRow) -> str:
    """What was done."""
    return SENTENCES[row.act](row)


def who(row: HistoryRow) -> str:
    """Who did it."""
    if row.act in BY_ITSELF:
        return _("by itself")
    return row.actor or _("somebody whose account is gone")


def _pair(row: HistoryRow) -> str:
    if not row.mentor:
        return _("two people who have left")
    return _("%(mentor)s and %(mentee)s") % {"mentor": row.mentor, "mentee": row.mentee}


def _of_pair(sentence: Callable[[], str]) -> Callable[[HistoryRow], str]:
    return lambda row: sentence() % {"pair": _pair(row), "days": row.facts.get("days", 0)}


def _of_person(sentence: Callable[[], str]) -> Callable[[HistoryRow], str]:
    return lambda row: sentence() % {"person": row.person or _("somebody who has left")}


def _proposed(row: HistoryRow) -> str:
    facts = {"n": row.facts.get("pairs", 0), "left": row.facts.get("left_out", 0)}
    return (
        ngettext(
            "Proposed a round: %(n)s pair, without a partner: %(left)s.",
            "Proposed a round: %(n)s pairs, without a partner: %(left)s.",
            facts["n"],
        )
        % facts
    )


def _released(row: HistoryRow) -> str:
    facts = {"n": row.facts.get("pairs", 0), "dropped": row.facts.get("dropped", 0)}
    return (
        ngettext(
            "Released %(n)s pair as an offer; left out because something had changed: %(dropped)s.",
            "Released %(n)s pairs as offers; left out because something had changed: %(dropped)s.",
            facts["n"],
        )
        % facts
    )


def _lapsed(row: HistoryRow) -> str:
    n = row.facts.get("pairings", 0)
    return ngettext("%(n)s offer ended without an answer.", "%(n)s offers ended without an answer.", n) % {"n": n}


def _reminded(row: HistoryRow) -> str:
    n = row.facts.get("pairings", 0)
    return ngettext(
        "Sent a reminder of %(n)s offer that ends soon.", "Sent reminders of %(n)s offers that end soon.", n
    ) % {"n": n}


# Translators, for all of this file: %(pair)s are the names of two people, %(person)s is a person's name.

SENTENCES: Mapping[str, Callable[[HistoryRow], str]] = {
    "pairing.proposed": _proposed,
    "pairing.released": _released,
    "pairing.discarded": lambda _row: _("Discarded a proposal. Nobody was told of it."),
    "pairing.activated": lambda _row: _("A pair became active."),
    "pairing.lapsed": _lapsed,
    "pairing.reminded": _reminded,
    "pairing.offer_withdrawn": _of_pair(lambda: _("Withdrew the offer to %(pair)s.")),
    "pairing.offer_extended": _of_pair(lambda: _("Let the offer to %(pair)s wait longer. Days added: %(days)s.")),
    "pairing.ended_for_both": _of_pair(lambda: _("Ended the pair of %(pair)s.")),
    "pairing.parted": _of_pair(lambda: _("Ended the pair of %(pair)s, to look for somebody else for both.")),
    "pairing.handed_over": _of_pair(lambda: _("Ended the pair of %(pair)s and offered the mentee another mentor.")),
    "pairing.paused_for": _of_person(lambda: _("Paused %(person)s on their behalf.")),
    "pairing.resumed_for": _of_person(lambda: _("Let %(person)s take part again on their behalf.")),
}

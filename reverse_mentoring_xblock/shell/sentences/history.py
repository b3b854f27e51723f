"""The audit log in words. An act has a sentence, or it is hidden and no page, list or file has it."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...selectors.history import HistoryRow
from ..numbers import signed

#: What the two people of a pair do, who asks whom, and when somebody leaves. Even the time of an entry can tell who
#: said no or who ended it, so the log that coordinators read does not have them at all.
HIDDEN = frozenset(
    {
        "pairing.accepted",
        "pairing.declined",
        "pairing.ended",
        "pairing.withdrawn",
        "request.asked",
        "request.taken_back",
        "request.accepted",
        "request.declined",
        "request.lapsed",
    }
)
#: What happens by itself; everything else is somebody's act.
BY_ITSELF = frozenset({"pairing.activated", "pairing.lapsed", "pairing.reminded", "pairing.search_failed"})


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


def _decided(sentence: Callable[[], str]) -> Callable[[HistoryRow], str]:
    """A word on a pair, with what it cost in the proposal that was open."""

    def say(row: HistoryRow) -> str:
        said = sentence() % {"pair": _pair(row)}
        if "points" not in row.facts:
            return said
        price = _("Points of the proposal: %(n)s.") % {"n": signed(row.facts["points"])}
        return f"{said} {price}"

    return say


def _taken_in(row: HistoryRow) -> str:
    facts = {name: row.facts.get(name, 0) for name in ("new", "changed", "left_out")}
    return (
        _("Took a roster file in. New people: %(new)s, changed: %(changed)s, left out, unknown here: %(left_out)s.")
        % facts
    )


def _of_people(one: Callable[[int], str]) -> Callable[[HistoryRow], str]:
    return lambda row: one(row.facts.get("people", 0)) % {"n": row.facts.get("people", 0)}


def _circle(row: HistoryRow) -> str:
    n = row.facts.get("mentees", 0)
    return ngettext("Offered a circle with %(n)s mentee.", "Offered a circle with %(n)s mentees.", n) % {"n": n}


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
    "pairing.finished": lambda _row: _("Finished a round. The rest of the proposal was dropped."),
    "pairing.search_cancelled": lambda _row: _("Cancelled the search for a round."),
    "pairing.search_failed": lambda _row: _("The search for a round came to no answer."),
    "pairing.kept": _decided(lambda: _("Decided that %(pair)s are kept together.")),
    "pairing.ruled_out": _decided(lambda: _("Ruled out the pair of %(pair)s.")),
    "pairing.lifted": _decided(lambda: _("Lifted the decision about %(pair)s.")),
    "pairing.offered_by_hand": _of_pair(lambda: _("Offered %(pair)s to each other by hand.")),
    "circle.offered": _circle,
    "circle.ended": lambda _row: _("Ended a circle."),
    "conflict.declared": _of_pair(lambda: _("Declared a conflict of interest between %(pair)s.")),
    "conflict.taken_back": _of_pair(lambda: _("Took back the conflict of interest between %(pair)s.")),
    "roster.names_shown": lambda _row: _("Let the cards show names."),
    "roster.names_hidden": lambda _row: _("Let the cards show no names."),
    "roster.sent": lambda _row: _("Sent a roster file to look at."),
    "roster.taken_in": _taken_in,
    "roster.dropped": lambda _row: _("Dropped a roster file. Nothing of it was taken in."),
    "roster.invited": _of_people(lambda n: ngettext("Invited %(n)s person.", "Invited %(n)s people.", n)),
    "roster.reminded": _of_people(
        lambda n: ngettext(
            "Reminded %(n)s person of what is left to do.", "Reminded %(n)s people of what is left to do.", n
        )
    ),
    "roster.removed": _of_people(
        lambda n: ngettext("Took %(n)s person off the roster.", "Took %(n)s people off the roster.", n)
    ),
}

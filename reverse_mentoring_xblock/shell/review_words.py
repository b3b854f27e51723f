"""A proposal in words: what speaks for a pair, what else there was, and what a word on it would change."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain.matching import Rule
from ..domain.pairing_rules import PairingRules
from ..domain.states import Role
from ..selectors.pair_checks import APART, NOT_READY
from ..selectors.pairings import PersonRow
from ..selectors.review import PairRow
from ..services.weighing import Price, Word
from .numbers import grouped, signed
from .pairing_words import why_this_pair

MOST_NAMES = 10
"""Names that one sentence lists."""

SORT_WORDS: Mapping[str, Callable[[], str]] = {
    "points_up": lambda: _("Fewest points first"),
    "points_down": lambda: _("Most points first"),
    "mentor": lambda: _("By name of the mentor"),
    "mentee": lambda: _("By name of the mentee"),
    "hours_up": lambda: _("Fewest shared hours first"),
    "hours_down": lambda: _("Most shared hours first"),
}
FILTER_WORDS: Mapping[str, Callable[[], str]] = {
    "all": lambda: _("All pairs"),
    "fixed": lambda: _("Decided by hand"),
    "uncovered": lambda: _("No chosen topic covered"),
    "wished": lambda: _("One wished for the other"),
    "department": lambda: _("Same department"),
    "close": lambda: _("Another mentor comes close"),
}
PART_WORDS: Mapping[str, Callable[[str], str]] = {
    "cover": lambda n: _("needs and topics covered %(n)s") % {"n": n},
    "interests": lambda n: _("shared topics %(n)s") % {"n": n},
    "wishes": lambda n: _("wishes %(n)s") % {"n": n},
    "department": lambda n: _("different departments %(n)s") % {"n": n},
    "site": lambda n: _("different sites %(n)s") % {"n": n},
    "private": lambda n: _("ways of working and rounds waited %(n)s") % {"n": n},
}
BROKEN_WORDS: Mapping[str, Callable[[], str]] = {
    NOT_READY: lambda: _("One of them is not ready: not signed up, not through the gates, or without a free place."),
    APART: lambda: _("Something that is kept in confidence or was decided keeps the two apart."),
    Rule.SAME_PERSON: lambda: _("Both are the same person."),
    Rule.CAPACITY: lambda: _("The mentor has no free place."),
    Rule.CONSENT: lambda: _("One of them has not agreed to the ground rules."),
    Rule.TRAINING: lambda: _("One of them has not passed the training."),
    Rule.SENIORITY_GAP: lambda: _("The mentor has to be the more junior, by as many levels as the author has set."),
    Rule.PAST_PARTNER: lambda: _("They were offered to each other before."),
    Rule.LANGUAGE: lambda: _("They share no language."),
    Rule.MODE: lambda: _("They have no way of meeting in common."),
    Rule.HOURS: lambda: _("They do not share enough hours a week."),
}


def why_in_full(row: PairRow) -> list[str]:
    """What speaks for a pair, in the order of its weight."""
    return [*why_this_pair(row.reason), *_wishes(row.wished_by)]


def _wishes(sides: Sequence[Role]) -> list[str]:
    if len(sides) > 1:
        return [_("They wished for each other.")]
    if sides:
        by_mentor, by_mentee = _("The mentor wished for this mentee."), _("The mentee wished for this mentor.")
        return [by_mentor if sides[0] is Role.MENTOR else by_mentee]
    return []


def points_in_parts(parts: Mapping[str, int]) -> str:
    """Where the points come from: "needs and topics covered 4,000; different sites 300".

    Two are added up. Ways of working are nobody else's business, and who has waited one more round since an offer
    fell through is not the one who let it.
    """
    told = {**parts, "private": parts.get("style", 0) + parts.get("queue", 0)}
    return "; ".join(words(grouped(told[name])) for name, words in PART_WORDS.items() if told.get(name))


def next_best(row: PairRow) -> str:
    """Who else there was for the mentee, and at which cost for all."""
    if row.is_fixed:
        return _("A coordinator asked for this pair.")
    if not row.next_mentor:
        return _("No other mentor comes near for %(mentee)s.") % {"mentee": row.mentee.name}
    facts = {"mentee": row.mentee.name, "mentor": row.next_mentor, "n": grouped(row.next_cost or 0)}
    if not row.next_cost:
        return _("%(mentor)s would have been as good for %(mentee)s; a draw decided.") % facts
    return (
        ngettext(
            "The next best mentor for %(mentee)s would have been %(mentor)s, and would cost the cohort at least "
            "%(n)s point.",
            "The next best mentor for %(mentee)s would have been %(mentor)s, and would cost the cohort at least "
            "%(n)s points.",
            row.next_cost,
        )
        % facts
    )


def rules_that_hold(rules: PairingRules) -> str:
    """Every rule that each proposed pair keeps under these settings."""
    names = [_("seniority"), _("reporting line"), _("training") if rules.require_training else ""]
    names += [_("no shared manager") if rules.shared_manager else "", _("language") if rules.same_language else ""]
    names += [
        _("shared hours") if rules.min_shared_minutes else "",
        _("way of meeting") if rules.way_of_meeting else "",
    ]
    names += [_("not offered before") if rules.past_partner else "", _("nothing declared that keeps them apart")]
    return ", ".join(filter(None, names))


def broken_in_words(codes: Iterable[str]) -> str:
    """What stands between two people. What is confided has one sentence, whatever it is."""
    return " ".join(BROKEN_WORDS[code]() for code in codes)


def asked(word: str, mentor: str, mentee: str) -> str:
    """What the coordinator is about to do."""
    facts = {"mentor": mentor, "mentee": mentee}
    if word == Word.FIX:
        return _("Keep %(mentor)s and %(mentee)s together") % facts
    if word == Word.FORBID:
        return _("Do not pair %(mentor)s and %(mentee)s") % facts
    if word == Word.LIFT:
        return _("Leave %(mentor)s and %(mentee)s to the matcher again") % facts
    return _("Offer %(mentor)s and %(mentee)s to each other") % facts


def price_in_words(price: Price, alone: Sequence[PersonRow], joined: Sequence[PersonRow]) -> list[str]:
    """What a word would change, the points first."""
    if price.is_bound:
        return _bound(-price.points)
    sentences = [_points(price.points)] if price.points else []
    if alone:
        said = ngettext(
            "Leaves %(n)s person without a partner: %(names)s.",
            "Leaves %(n)s people without a partner: %(names)s.",
            len(alone),
        )
        sentences.append(said % {"n": len(alone), "names": _names(alone)})
    if joined:
        said = ngettext(
            "Gives %(n)s person a partner: %(names)s.", "Gives %(n)s people a partner: %(names)s.", len(joined)
        )
        sentences.append(said % {"n": len(joined), "names": _names(joined)})
    if not sentences:
        sentences.append(_("It costs nothing: points and partners stay as they are."))
    if price.others:
        said = ngettext("%(n)s other pair changes.", "%(n)s other pairs change.", price.others)
        sentences.append(said % {"n": price.others})
    return [*sentences, *_drift(price.drifted)]


def _points(points: int) -> str:
    said = ngettext("%(points)s point in total.", "%(points)s points in total.", abs(points))
    return said % {"points": signed(points)}


def _bound(least: int) -> list[str]:
    later = _(
        "With this many people a page cannot wait for the exact price. The proposal stays as it is; what you keep "
        "counts from the next one on."
    )
    if not least:
        return [later]
    said = ngettext(
        "It costs at least %(n)s point in total, or somebody their place.",
        "It costs at least %(n)s points in total, or somebody their place.",
        least,
    )
    return [said % {"n": grouped(least)}, later]


def _drift(pairs: int) -> list[str]:
    if not pairs:
        return []
    said = ngettext(
        "%(n)s proposed pair is not what it was, because something about one of the two has changed since. Part of "
        "the difference comes from that.",
        "%(n)s proposed pairs are not what they were, because something about one of the two has changed since. Part "
        "of the difference comes from that.",
        pairs,
    )
    return [said % {"n": pairs}]


def _names(people: Sequence[PersonRow]) -> str:
    names = ", ".join(person.name for person in people[:MOST_NAMES])
    more = len(people) - MOST_NAMES
    if more <= 0:
        return names
    return ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {"names": names, "n": more}

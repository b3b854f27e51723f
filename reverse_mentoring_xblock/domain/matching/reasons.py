"""Why a pair fits and why somebody was left out, in codes and numbers.

Sentences belong to templates. What is private leaves no trace here: it is neither named nor counted.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..states import Role
from .people import Mentee, Mentor
from .rules import PERSONAL_RULES, PRIVATE_RULES, RULES, Rule
from .utility import Utility


@dataclass(frozen=True)
class Reason:
    """What speaks for a pair."""

    topics: tuple[str, ...]
    """Topics of the mentee that the mentor covers."""
    wanted: int
    """Topics of the mentee, covered or not."""
    minutes: int
    other_department: bool
    other_site: bool
    level_gap: int
    languages: tuple[str, ...]
    wished_by: tuple[Role, ...] = ()
    """The sides that wished for the other."""


@dataclass(frozen=True)
class NextBest:
    """The mentor with whom a mentee would cost the cohort least, after the one proposed.

    Making that pair instead, with all others arranged as well as can be, loses at least `cost` points of the total, or
    a pair, or the turn of somebody who has waited.
    """

    mentor: int
    points: int
    cost: int


class Why(StrEnum):
    """Stable codes of why a person was left out."""

    NO_PARTNER = "no_partner"
    COMPETITION = "competition"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class LeftOut:
    """Why one person has no partner. `UNDECIDED`: the search was stopped, and another pair may be possible.

    `NO_PARTNER`: `rule` removes the most partners whom nothing else stands against (`alone`), or,
    where nobody is one rule away, the most at all (`counts`). It is None when nothing that may be
    named stood in the way.

    `COMPETITION`: the people of `rivals`, on the same side and this one among them, want `sought`
    partners and can only be matched with the people of `partners`, who have `places` for them,
    which is fewer. For mentees `binding` is the rule that alone keeps the most other
    mentors from them, and `later` says that some of the rivals have a partner and came first, because they have waited
    more rounds (`Policy.waiting_first`).
    """

    id: int
    role: Role
    why: Why
    rule: Rule | None = None
    alone: tuple[tuple[Rule, int], ...] = ()
    counts: tuple[tuple[Rule, int], ...] = ()
    rivals: tuple[int, ...] = ()
    sought: int = 0
    partners: tuple[int, ...] = ()
    places: int = 0
    binding: Rule | None = None
    later: bool = False


def pair_reason(mentor: Mentor, mentee: Mentee, worth: Utility) -> Reason:
    """What speaks for this pair."""
    departments = {mentor.department, mentee.department}
    sites = {mentor.site, mentee.site}
    return Reason(
        topics=worth.topics,
        wanted=worth.wanted,
        minutes=worth.minutes,
        other_department=len(departments) == 2 and "" not in departments,
        other_site=len(sites) == 2 and "" not in sites,
        level_gap=mentee.level - mentor.level,
        languages=tuple(sorted(mentor.languages & mentee.languages)),
        wished_by=tuple(
            role
            for role, person, other in ((Role.MENTOR, mentor, mentee), (Role.MENTEE, mentee, mentor))
            if any(other.id in rank for rank in person.wishes)
        ),
    )


def no_partner(id_: int, role: Role, broken: Collection[tuple[Rule, ...]]) -> LeftOut:
    """Which rule stands between this person and a partner, from the rules each pair would break."""
    alone = _counted(rules[0] for rules in broken if len(rules) == 1)
    counts = _counted(rule for rules in broken for rule in rules)
    first = next(iter(alone or counts), None)
    return LeftOut(
        id=id_,
        role=role,
        why=Why.NO_PARTNER,
        rule=first[0] if first else None,
        alone=alone,
        counts=counts,
    )


def binding_rule(broken: Iterable[tuple[Rule, ...]]) -> Rule | None:
    """The rule that alone stands against the most of some pairs, from the rules that each would break.

    Never one between two single people.
    """
    alone = _counted(rules[0] for rules in broken if len(rules) == 1 and rules[0] not in PERSONAL_RULES)
    return alone[0][0] if alone else None


def _counted(rules: Iterable[Rule]) -> tuple[tuple[Rule, int], ...]:
    """Rules that may be named, the most frequent first, in the order of the rules when equal."""
    counts = Counter(rule for rule in rules if rule not in PRIVATE_RULES)
    order = list(RULES)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], order.index(item[0]))))

"""Why a pair fits and why somebody was left out, in codes and numbers.

Sentences belong to templates. A veto leaves no trace here: it is neither named nor counted.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..states import Role
from .objective import Pair
from .people import Mentee, Mentor
from .rules import PRIVATE_RULES, RULES, Rule
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


class Why(StrEnum):
    """Stable codes of why a person was left out."""

    NO_PARTNER = "no_partner"
    COMPETITION = "competition"


@dataclass(frozen=True)
class LeftOut:
    """Why one person has no partner.

    `NO_PARTNER`: `rule` removes the most partners whom nothing else stands against (`alone`), or,
    where nobody is one rule away, the most at all (`counts`). It is None when nothing that may be
    named stood in the way.

    `COMPETITION`: the people of `rivals`, on the same side and this one among them, want `sought`
    partners and can only be matched with the people of `partners`, who have `places` for them,
    which is fewer.
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


class Rivalry:
    """Finds the set of people who compete, by alternating search (a Hall set)."""

    def __init__(
        self,
        pairs: Collection[Pair],
        permitted: Collection[Pair],
        places: Mapping[int, int],
    ) -> None:
        self.places = places
        self.options = {Role.MENTOR: _grouped(permitted), Role.MENTEE: _grouped(permitted, 1)}
        self.matches = {Role.MENTOR: _grouped(pairs), Role.MENTEE: _grouped(pairs, 1)}

    def left_out(self, id_: int, role: Role) -> LeftOut:
        """Why a person with permitted partners has none, when no more people can be matched."""
        rivals, partners = self._reach(id_, role)
        own = self._places(rivals, role)
        other = self._places(partners, role.other)
        return LeftOut(
            id=id_,
            role=role,
            why=Why.COMPETITION,
            rivals=tuple(sorted(rivals)),
            sought=own,
            partners=tuple(sorted(partners)),
            places=other,
        )

    def _reach(self, start: int, role: Role) -> tuple[set[int], set[int]]:
        """Everybody on alternating paths from a person, and all who have no options beyond."""
        options = self.options[role]
        held_by = self.matches[role.other]
        rivals, partners, fresh = {start}, set[int](), [start]
        while fresh:
            for partner in options[fresh.pop()] - partners:
                partners.add(partner)
                new = held_by.get(partner, set()) - rivals
                rivals |= new
                fresh.extend(new)
        return {one for one, wishes in options.items() if wishes <= partners}, partners

    def _places(self, people: Collection[int], role: Role) -> int:
        return sum(self.places[one] for one in people) if role is Role.MENTOR else len(people)


def _grouped(pairs: Collection[Pair], side: int = 0) -> dict[int, set[int]]:
    groups: dict[int, set[int]] = {}
    for pair in pairs:
        groups.setdefault(pair[side], set()).add(pair[1 - side])
    return groups


def _counted(rules: Iterable[Rule]) -> tuple[tuple[Rule, int], ...]:
    """Rules that may be named, the most frequent first, in the order of the rules when equal."""
    counts = Counter(rule for rule in rules if rule not in PRIVATE_RULES)
    order = list(RULES)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], order.index(item[0]))))

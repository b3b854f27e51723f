"""Who answers to whom, as far as the people of a programme tell.

People are named by username in one place and by mail in another, and one human can stand in two
roles: all aliases that belong together count as one person. A manager who does not take part is
still known by reference.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .people import Person


@dataclass(frozen=True)
class Organisation:
    """Lines of reporting over all people; build it with `Organisation.of`."""

    names: Mapping[str, str]
    """Any alias to the one name of that person."""
    managers: Mapping[str, frozenset[str]]
    """The one name of a person to the names of the direct managers."""
    _above: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _shared: dict[frozenset[str], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    """One object for equal sets: many people answer to the same managers."""

    @classmethod
    def of(cls, people: Iterable[Person]) -> "Organisation":
        """Read the lines of reporting from everybody known, whether to be matched or not."""
        known = list(people)
        names = _joined(known)
        managers: dict[str, set[str]] = {}
        for person in known:
            if person.manager:
                name = _name(person, names)
                managers.setdefault(name, set()).add(names.get(person.manager, person.manager))
        return cls(names, {name: frozenset(above) for name, above in managers.items()})

    def name(self, person: Person) -> str:
        """The one name of a person, equal for two entries of the same human."""
        return _name(person, self.names)

    def above(self, person: Person, levels: int) -> frozenset[str]:
        """Names of the managers up to so many levels above a person."""
        key = self.name(person), levels
        if key not in self._above:
            above = self._climb(*key)
            self._above[key] = self._shared.setdefault(above, above)
        return self._above[key]

    def _climb(self, name: str, levels: int) -> frozenset[str]:
        reached: set[str] = set()
        level = {name}
        for _ in range(levels):
            level = {boss for one in level for boss in self.managers.get(one, ())}
            reached |= level
        return frozenset(reached - {name})


def _name(person: Person, names: Mapping[str, str]) -> str:
    if not person.aliases:
        return f"#{person.id}"
    alias = min(person.aliases)
    return names.get(alias, alias)


def _joined(people: Iterable[Person]) -> dict[str, str]:
    """Every alias to the smallest alias of the same human, also over several entries."""
    groups: dict[str, set[str]] = {}
    for person in people:
        group = set(person.aliases).union(*(groups.get(alias, ()) for alias in person.aliases))
        groups.update(dict.fromkeys(group, group))
    return {alias: min(group) for alias, group in groups.items()}

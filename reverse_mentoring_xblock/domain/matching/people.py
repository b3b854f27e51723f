"""What the matcher knows of a person.

Only what a rule or a point needs: no names, no age, no sex, no origin. Services build these values
from rows; nothing here reads or writes the world.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Window: TypeAlias = tuple[int, int, int]
"""Weekday 0 to 6 (Monday is 0), first minute and end minute of the local day.

An end before the start lies on the next day; an equal end and start is an empty window.
"""

MINUTES_A_DAY = 24 * 60


def reference(text: str) -> str:
    """The one spelling under which a username or a mail address is compared."""
    return text.strip().casefold()


def _references(texts: frozenset[str]) -> frozenset[str]:
    return frozenset(filter(None, map(reference, texts)))


@dataclass(frozen=True, kw_only=True)
class Person:
    """What both roles have; ids are unique over both roles.

    Raises:
        ValueError: a window lies outside the week.
    """

    id: int
    level: int
    """Grade band: a higher number is more senior."""
    department: str = ""
    site: str = ""
    manager: str = ""
    """Username or mail of the line manager; empty when unknown."""
    aliases: frozenset[str] = frozenset()
    """The person's own username and mail."""
    languages: frozenset[str] = frozenset()
    time_zone: str = "UTC"
    windows: tuple[Window, ...] = ()
    trained: bool = False
    consent: bool = False
    vetoes: frozenset[str] = frozenset()
    """Aliases of people not wanted as a partner. Private: see `PRIVATE_RULES`."""
    past: frozenset[int] = frozenset()
    """Ids of earlier partners."""
    interests: frozenset[str] = frozenset()
    """What the person likes to talk about, beside the topics to learn or to teach."""
    waited: int = 0
    """How many rounds in a row this person was left out."""

    def __post_init__(self) -> None:
        for weekday, start, end in self.windows:
            in_day = 0 <= start <= MINUTES_A_DAY and 0 <= end <= MINUTES_A_DAY
            if not (0 <= weekday <= 6 and in_day):
                raise ValueError(f"Window outside the week: {(weekday, start, end)}")
        object.__setattr__(self, "manager", reference(self.manager))
        object.__setattr__(self, "aliases", _references(self.aliases))
        object.__setattr__(self, "vetoes", _references(self.vetoes))


@dataclass(frozen=True, kw_only=True)
class Mentor(Person):
    """The junior colleague, who teaches."""

    capacity: int = 1
    """How many more mentees this mentor takes in this round."""
    strength: Mapping[str, float] = field(default_factory=dict)
    """Evidence per competence, 0 to 100; empty when not assessed."""
    offered: frozenset[str] = frozenset()
    """Competences this mentor is willing to help with; empty means no choice was stated."""


@dataclass(frozen=True, kw_only=True)
class Mentee(Person):
    """The senior colleague, who learns."""

    need: Mapping[str, float] = field(default_factory=dict)
    """Priority per competence, 0 to 100; empty when not assessed."""
    own: Mapping[str, float] = field(default_factory=dict)
    """Current evidence per competence, 0 to 100."""
    wanted: frozenset[str] = frozenset()
    """Competences chosen as topics."""

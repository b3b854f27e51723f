"""What the matcher knows of a person.

Only what a rule or a point needs: no names, no age, no sex, no origin. Services build these values
from rows; nothing here reads or writes the world.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Window: TypeAlias = tuple[int, int, int]
"""Weekday 0 to 6 (Monday is 0), first minute and end minute of the local day.

An end before the start lies on the next day; an equal end and start is an empty window.
"""

MINUTES_A_DAY = 24 * 60
MOST_WISHES = 5
"""People whom one person may wish for."""
GLADNESS = range(1, 4)
"""How gladly a mentor helps with a topic, from "if need be" to "most gladly"."""
STYLE_STEPS = range(1, 6)
"""Answers to a question about the way of working, from one end to the other."""


class Mode(StrEnum):
    """Stable codes of how a person can meet."""

    REMOTE = "remote"
    ONSITE = "onsite"
    BOTH = "both"


def reference(text: str) -> str:
    """The one spelling under which a username or a mail address is compared."""
    return text.strip().casefold()


def _references(texts: frozenset[str]) -> frozenset[str]:
    compared = frozenset(filter(None, map(reference, texts)))
    return texts if compared == texts else compared


@dataclass(frozen=True, kw_only=True)
class Person:
    """What both roles have; ids are unique over both roles.

    Raises:
        ValueError: a window lies outside the week, a wish counts twice or there are more than `MOST_WISHES`, or an
            answer about style is none of `STYLE_STEPS`.
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
    avoid: frozenset[int] = frozenset()
    """Ids of people this person would rather not be paired with. Private, like a veto."""
    conflicts: frozenset[int] = frozenset()
    """Ids of people with whom a conflict of interest was declared: a project, an appraisal, a procurement."""
    wishes: tuple[frozenset[int], ...] = ()
    """Ids of people wished for, best first; those in one set are wished for equally."""
    mode: Mode = Mode.BOTH
    """How this person can meet. Two who can only meet on site need the same site."""
    style: Mapping[str, int] = field(default_factory=dict)
    """Answers about the way of working, by question, each of `STYLE_STEPS`."""
    interests: frozenset[str] = frozenset()
    """What the person likes to talk about, beside the topics to learn or to teach."""
    waited: int = 0
    """How many rounds in a row this person was left out."""

    def __post_init__(self) -> None:
        for weekday, start, end in self.windows:
            in_day = 0 <= start <= MINUTES_A_DAY and 0 <= end <= MINUTES_A_DAY
            if not (0 <= weekday <= 6 and in_day):
                raise ValueError(f"Window outside the week: {(weekday, start, end)}")
        wished = [one for rank in self.wishes for one in rank]
        if len(wished) > MOST_WISHES or len(set(wished)) < len(wished) or not all(self.wishes):
            raise ValueError(f"Wishes must be at most {MOST_WISHES}, each for another person")
        if not all(step in STYLE_STEPS for step in self.style.values()):
            raise ValueError(f"Style outside {STYLE_STEPS.start} to {STYLE_STEPS.stop - 1}")
        object.__setattr__(self, "manager", reference(self.manager))
        object.__setattr__(self, "aliases", _references(self.aliases))
        object.__setattr__(self, "vetoes", _references(self.vetoes))


@dataclass(frozen=True, kw_only=True)
class Mentor(Person):
    """The junior colleague, who teaches.

    Raises:
        ValueError: as for a person, or a gladness is none of `GLADNESS`.
    """

    capacity: int = 1
    """How many more mentees this mentor takes in this round."""
    strength: Mapping[str, float] = field(default_factory=dict)
    """Evidence per competence, 0 to 100; empty when not assessed."""
    offered: frozenset[str] = frozenset()
    """Competences this mentor is willing to help with; empty means no choice was stated."""
    gladness: Mapping[str, int] = field(default_factory=dict)
    """How gladly this mentor helps with each, one of `GLADNESS`; the most where nothing is said."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not all(one in GLADNESS for one in self.gladness.values()):
            raise ValueError(f"Gladness outside {GLADNESS.start} to {GLADNESS.stop - 1}")


@dataclass(frozen=True, kw_only=True)
class Mentee(Person):
    """The senior colleague, who learns."""

    need: Mapping[str, float] = field(default_factory=dict)
    """Priority per competence, 0 to 100; empty when not assessed."""
    own: Mapping[str, float] = field(default_factory=dict)
    """Current evidence per competence, 0 to 100."""
    wanted: frozenset[str] = frozenset()
    """Competences chosen as topics."""
    urgency: Mapping[str, int] = field(default_factory=dict)
    """How much each chosen topic matters, 1 where nothing is said."""

"""What an author decides about a round, read from the plain lines that an author writes.

Targets are written as one line a role profile, emphasis as one line a competence::

    Most roles: intermediate
    Executive: intermediate, 1.2 advanced, 4.1 advanced

    4.1: 1.5
    3.4: 0.5
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from ..errors import Conflict
from .bank import Bank
from .topics import DEFAULT_TARGET, TARGETS, WEIGHTS

LONGEST_PROFILE = 60
MOST_PROFILES = 8
PER_AREA = 2


class Unreadable(ValueError):
    """A line that cannot be read. ``code`` says why, ``line`` counts from 1, ``text`` is the part at fault."""

    def __init__(self, code: str, line: int, text: str) -> None:
        super().__init__(f"{line}: {code} ({text})")
        self.code = code
        self.line = line
        self.text = text


@dataclass(frozen=True)
class RoleProfile:
    """A kind of role and the level that it aims for: ``target`` everywhere but in ``special`` (0-100 by code)."""

    name: str
    target: float = DEFAULT_TARGET
    special: Mapping[str, float] = field(default_factory=dict)

    def targets(self, competences: Collection[str]) -> dict[str, float]:
        """The target of each of ``competences``."""
        return {code: self.special.get(code, self.target) for code in competences}


@dataclass(frozen=True)
class Span:
    """When a round is open; None leaves that side open."""

    opens: datetime | None = None
    closes: datetime | None = None

    def state(self, now: datetime) -> Literal["early", "open", "closed"]:
        """Where ``now`` lies."""
        if self.opens is not None and now < self.opens:
            return "early"
        return "closed" if self.closes is not None and now >= self.closes else "open"

    def check(self, now: datetime) -> None:
        """Raise Conflict before it opens and from its closing on."""
        state = self.state(now)
        if state == "early":
            raise Conflict("round_not_open", opens=self.opens)
        if state == "closed":
            raise Conflict("round_closed", closes=self.closes)


@dataclass(frozen=True)
class Setup:
    """Everything that a round is begun with."""

    competences: tuple[str, ...]
    profiles: tuple[RoleProfile, ...]
    weights: Mapping[str, float] = field(default_factory=dict)
    most_checks: int = 0
    """Scenarios that may be asked; 0 where the author wants none."""
    uses_terms: bool = False
    span: Span = Span()

    @property
    def uses_checks(self) -> bool:
        """Whether scenarios are asked."""
        return self.most_checks > 0


def profiles_from(text: str, known: Collection[str]) -> tuple[RoleProfile, ...]:
    """The role profiles in ``text``, one a line; empty when there are none. Raises Unreadable."""
    profiles: list[RoleProfile] = []
    for number, line in _lines(text):
        if len(profiles) == MOST_PROFILES:
            raise Unreadable("too_many_profiles", number, line)
        name, colon, rest = (part.strip() for part in line.partition(":"))
        if not colon or not name or len(name) > LONGEST_PROFILE:
            raise Unreadable("profile_name", number, line)
        if name.casefold() in {other.name.casefold() for other in profiles}:
            raise Unreadable("profile_twice", number, name)
        profiles.append(_profile(name, rest, number, known))
    return tuple(profiles)


def weights_from(text: str, known: Collection[str]) -> dict[str, float]:
    """The emphasis in ``text``: weights of 0.5 to 1.5 by competence. Raises Unreadable."""
    weights: dict[str, float] = {}
    for number, line in _lines(text):
        code, colon, weight = (part.strip() for part in line.partition(":"))
        if code not in known or not colon:
            raise Unreadable("competence", number, code)
        if code in weights:
            raise Unreadable("competence_twice", number, code)
        try:
            weights[code] = float(weight.replace(",", "."))
        except ValueError:
            raise Unreadable("weight", number, weight) from None
        if not WEIGHTS[0] <= weights[code] <= WEIGHTS[1]:
            raise Unreadable("weight", number, weight)
    return weights


def competences_from(text: str, bank: Bank) -> tuple[str, ...]:
    """An author's own set, codes apart by commas, semicolons, spaces or lines, in the bank's order. Raises Unreadable
    for a code that the bank cannot ask about and for an area with fewer than two."""
    codes: set[str] = set()
    for number, line in _lines(text):
        named = line.replace(",", " ").replace(";", " ").split()
        unknown = [code for code in named if code not in bank.askable]
        if unknown:
            raise Unreadable("competence", number, unknown[0])
        codes.update(named)
    for area in bank.areas:
        if len(codes.intersection(area.competences)) < PER_AREA:
            raise Unreadable("area", 1, area.id)
    return tuple(code for code in bank.competences if code in codes)


def profile_named(profiles: Sequence[RoleProfile], name: str) -> RoleProfile | None:
    """The profile of that name."""
    return next((profile for profile in profiles if profile.name == name), None)


def _profile(name: str, rest: str, number: int, known: Collection[str]) -> RoleProfile:
    target, special = DEFAULT_TARGET, {}
    for place, part in enumerate(filter(None, (part.strip() for part in rest.split(",")))):
        words = part.casefold().split()
        if len(words) == 1 and place == 0 and words[0] in TARGETS:
            target = TARGETS[words[0]]
        elif len(words) == 2 and words[0] in special:
            raise Unreadable("profile_twice", number, words[0])
        elif len(words) == 2 and words[0] in known and words[1] in TARGETS:
            special[words[0]] = TARGETS[words[1]]
        else:
            raise Unreadable("target", number, part)
    return RoleProfile(name, target, special)


def _lines(text: str) -> list[tuple[int, str]]:
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]

"""An invented cohort from head counts, so that there is a forecast before anybody has signed up.

Plausible, not measured: departments of very unequal size, most sites in one time zone, one language that most people
speak, demand for topics that does not meet the supply, managers who take part beside managers who do not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from ..states import Role
from .people import Mentee, Mentor, Mode, Window
from .policy import Policy

MOST_LANGUAGES = 6
SPOKEN = (62, 14, 8, 7, 5, 4)
"""How often each language is named, the first one by most people."""
ZONES = ("Europe/Berlin", "Europe/Berlin", "Europe/London", "America/New_York", "Europe/Berlin", "Asia/Kolkata")
"""Zones of the sites, over and over; the first sites are the largest."""
PARTS = ((9 * 60, 12 * 60), (14 * 60, 17 * 60))
"""Mornings and afternoons."""
MODES = {Mode.REMOTE: 30, Mode.ONSITE: 10, Mode.BOTH: 60}
LEVELS = {Role.MENTOR: (28, 26, 20, 13, 8, 5), Role.MENTEE: (0, 5, 10, 20, 25, 20, 12, 8)}
"""How often each level is met, from the lowest on."""
TOPICS = {Role.MENTOR: (3, 8), Role.MENTEE: (2, 5)}
"""The fewest and the most topics that somebody chooses."""
TEAM = 8
FROM_OUTSIDE = 60
"""Per cent of the people whose manager takes no part."""


@dataclass(frozen=True, kw_only=True)
class Heads:
    """What is known before sign-up.

    Raises:
        ValueError: nobody on one side, or a number that is none.
    """

    mentors: int
    mentees: int
    departments: int = 6
    sites: int = 2
    languages: int = 2
    """Working languages; the first is spoken by most."""
    capacity: float = 1.5
    """Mentees for each mentor, on average; at least 1."""

    def __post_init__(self) -> None:
        if min(self.mentors, self.mentees, self.departments, self.sites) < 1 or self.capacity < 1:
            raise ValueError("Head counts must be 1 or more")
        if not 1 <= self.languages <= MOST_LANGUAGES:
            raise ValueError(f"Languages must be from 1 to {MOST_LANGUAGES}")


def invented(heads: Heads, topics: Sequence[str], policy: Policy, seed: int) -> tuple[list[Mentor], list[Mentee]]:
    """So many people, the same for the same seed. Everybody is ready; `policy` says how far apart levels have to be."""
    random = Random(seed)  # noqa: S311 - invents people, guards nothing
    supply = _popularity(random, len(topics))
    demand = [(ours + theirs) / 2 for ours, theirs in zip(supply, _popularity(random, len(topics)), strict=True)]
    facts = _People(random, heads, policy)
    seniors = [
        Mentee(**facts.of(Role.MENTEE, heads.mentors + number), wanted=_chosen(random, Role.MENTEE, topics, demand))
        for number in range(1, heads.mentees + 1)
    ]
    juniors = [
        Mentor(
            **facts.of(Role.MENTOR, number),
            capacity=_places(random, heads.capacity),
            offered=_chosen(random, Role.MENTOR, topics, supply),
        )
        for number in range(1, heads.mentors + 1)
    ]
    return juniors, seniors


class _People:
    """Facts of one person after the other; seniors first, since juniors answer to some of them."""

    def __init__(self, random: Random, heads: Heads, policy: Policy) -> None:
        self.random, self.heads, self.policy = random, heads, policy
        self.seniors: dict[int, list[str]] = {}

    def of(self, role: Role, id_: int) -> dict[str, Any]:
        """What both roles have."""
        random, heads = self.random, self.heads
        department, site = _unequal(random, heads.departments), _unequal(random, heads.sites)
        alias = f"p{id_}"
        manager = self._manager(department)
        if role is Role.MENTEE:
            self.seniors.setdefault(department, []).append(alias)
        return {
            "id": id_,
            "level": self._level(role),
            "department": f"department {department + 1}",
            "site": f"site {site + 1}",
            "manager": manager,
            "aliases": frozenset({alias}),
            "languages": frozenset(f"language {one}" for one in self._languages()),
            "time_zone": ZONES[site % len(ZONES)],
            "windows": tuple(_windows(random)),
            "mode": random.choices(list(MODES), list(MODES.values()))[0],
            "trained": True,
            "consent": True,
        }

    def _level(self, role: Role) -> int:
        """Where a programme asks for several levels between two people, it invites people who are as far apart."""
        shares = LEVELS[role]
        drawn = self.random.choices(range(1, len(shares) + 1), shares)[0]
        return drawn + (self.policy.min_level_gap - 1 if role is Role.MENTEE else 0)

    def _languages(self) -> list[int]:
        return self.random.choices(range(self.heads.languages), SPOKEN[: self.heads.languages], k=2)

    def _manager(self, department: int) -> str:
        """A senior of the department, or one of the managers outside, who have a team each."""
        seniors = self.seniors.get(department, [])
        if seniors and self.random.randrange(100) >= FROM_OUTSIDE:
            return self.random.choice(seniors)
        teams = max((self.heads.mentors + self.heads.mentees) // TEAM // self.heads.departments, 1)
        return f"manager {department}-{self.random.randrange(teams)}"


def _windows(random: Random) -> Iterator[Window]:
    """Three to seven mornings and afternoons."""
    every = [(day, start, end) for day in range(5) for start, end in PARTS]
    yield from sorted(random.sample(every, random.randint(3, 7)))


def _unequal(random: Random, count: int) -> int:
    """The first is the largest, the second half as large, and so on (Zipf)."""
    return random.choices(range(count), [1 / number for number in range(1, count + 1)])[0]


def _popularity(random: Random, count: int) -> list[float]:
    shares = [1 / number for number in range(2, count + 2)]
    random.shuffle(shares)
    return shares


def _chosen(random: Random, role: Role, topics: Sequence[str], shares: Sequence[float]) -> frozenset[str]:
    """Some topics, the popular ones more often (Efraimidis and Spirakis 2006)."""
    keys = {topic: random.random() ** (1 / share) for topic, share in zip(topics, shares, strict=True)}
    return frozenset(sorted(keys, key=lambda topic: -keys[topic])[: random.randint(*TOPICS[role])])


def _places(random: Random, mean: float) -> int:
    return int(mean) + (random.random() < mean % 1)

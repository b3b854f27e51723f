"""An invented organisation of any size, the same for the same seed: who mentors, who learns, and what stands between.

Shares as in a large company: most people in one time zone, departments of very unequal size, demand for skills that
does not meet the supply, two in five with wishes, a little over half of all pairs permitted.
"""

from collections.abc import Sequence
from datetime import date
from itertools import chain

import numpy as np

from reverse_mentoring_xblock.domain.matching import Mentee, Mentor, Mode, Policy

POLICY = Policy(reference_date=date(2026, 9, 28), min_shared_minutes=120)
COMPETENCES = [f"{area}.{number}" for area in range(1, 6) for number in range(1, 6)]
DEPARTMENTS = [f"department {number}" for number in range(40)]
SITES = [f"site {number}" for number in range(20)]
LANGUAGES = ["en", "de", "fr", "es", "pl", "pt"]
LANGUAGE_SHARES = [0.62, 0.14, 0.08, 0.07, 0.05, 0.04]
HOME = "Europe/Berlin"
ZONES = [
    "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York", "America/Sao_Paulo",
    "America/Halifax", "America/Anchorage", "Pacific/Honolulu", "Atlantic/Azores", "Europe/London",
    "Europe/Helsinki", "Europe/Moscow", "Africa/Nairobi", "Asia/Dubai", "Asia/Tehran", "Asia/Karachi",
    "Asia/Kolkata", "Asia/Dhaka", "Asia/Bangkok", "Asia/Singapore", "Asia/Tokyo", "Australia/Adelaide",
    "Australia/Sydney", "Pacific/Auckland",
]  # fmt: skip
OFFICE_HOURS = tuple((day, 9 * 60, 17 * 60) for day in range(5))
MODES = [Mode.REMOTE, Mode.ONSITE, Mode.BOTH]
OWN = [10.0, 25.0, 45.0, 60.0]
LEADS = [20.0, 45.0, 70.0, 95.0]


def population(mentors: int, mentees: int, seed: int = 1) -> tuple[Sequence[Mentor], Sequence[Mentee]]:
    """So many people of each role. Ids of mentors begin at 1, those of mentees at 1 000 001."""
    rng = np.random.default_rng(seed)
    supply = rng.permutation(1 / np.arange(2, len(COMPETENCES) + 2))
    demand = 0.5 * supply + 0.5 * rng.permutation(supply)
    junior = _people(rng, 1, mentors, 1_000_000, mentees, [0.28, 0.26, 0.2, 0.13, 0.08, 0.05], 1, 0.3)
    senior = _people(rng, 1_000_001, mentees, 0, mentors, [0.05, 0.1, 0.2, 0.25, 0.2, 0.12, 0.08], 2, 0.4)
    capacities = rng.choice([1, 2, 3], mentors, p=[0.5, 0.35, 0.15]).tolist()
    can = _skills(rng, mentors, supply, 3, 8, LEADS)
    need = _skills(rng, mentees, demand, 2, 6, OWN)
    weights = [{code: float(rng.integers(1, 6)) * 20 for code in skills} for skills in need]
    return (
        [
            Mentor(**facts, capacity=places, strength=skills)
            for facts, places, skills in zip(junior, capacities, can, strict=True)
        ],
        [Mentee(**facts, own=skills, need=wish) for facts, skills, wish in zip(senior, need, weights, strict=True)],
    )


def _people(
    rng: np.random.Generator, first: int, count: int, below: int, others: int, levels: list[float],
    lowest: int, wishing: float,
) -> list[dict[str, object]]:  # fmt: skip
    crowd = 1 / np.arange(1, len(DEPARTMENTS) + 1)
    zones = np.where(rng.random(count) < 0.72, len(ZONES), rng.integers(0, len(ZONES), count))
    names = [*ZONES, HOME]
    spoken = [frozenset({one, other}) for one in LANGUAGES for other in LANGUAGES]
    draws = rng.choice(len(LANGUAGES), (2, count), p=LANGUAGE_SHARES)
    columns = zip(
        rng.choice(len(levels), count, p=levels).tolist(),
        rng.choice(len(DEPARTMENTS), count, p=crowd / crowd.sum()).tolist(),
        rng.integers(0, len(SITES), count).tolist(),
        rng.integers(0, max((count + others) // 6, 1), count).tolist(),
        (draws[0] * len(LANGUAGES) + draws[1]).tolist(),
        zones.tolist(),
        rng.choice(3, count, p=[0.3, 0.1, 0.6]).tolist(),
        rng.integers(0, max(others, 1), count).tolist(),
        (rng.random(count) < wishing).tolist(),
        rng.integers(0, max(others, 1), (count, 5)).tolist(),
        strict=True,
    )
    return [
        {
            "id": first + place,
            "level": lowest + level,
            "department": DEPARTMENTS[department],
            "site": SITES[site],
            "manager": f"m{manager}",
            "aliases": frozenset((f"m{place}" if first > 1 else f"j{place}",)),
            "languages": spoken[language],
            "time_zone": names[zone],
            "windows": OFFICE_HOURS,
            "mode": MODES[mode],
            "past": frozenset((below + 1 + past,)) if place % 3 == 0 and others else frozenset(),
            "wishes": tuple(frozenset((below + 1 + one,)) for one in dict.fromkeys(wished))
            if wishes and others
            else (),
            "trained": True,
            "consent": True,
        }
        for place, (level, department, site, manager, language, zone, mode, past, wishes, wished) in enumerate(columns)
    ]


def _skills(
    rng: np.random.Generator, count: int, shares: np.ndarray, least: int, most: int, values: list[float]
) -> list[dict[str, float]]:
    """So many competences for each person, the frequent ones more often, each at one of some values."""
    sizes = rng.integers(least, most + 1, count)
    keys = np.log(rng.random((count, len(COMPETENCES)))) / shares
    order = np.argsort(-keys, axis=1)[:, :most]
    levels = rng.integers(0, len(values), (count, most))
    return [
        {COMPETENCES[code]: values[level] for code, level in zip(codes[:size], held[:size], strict=True)}
        for codes, held, size in zip(order.tolist(), levels.tolist(), sizes.tolist(), strict=True)
    ]


def people_of(sides: Sequence[Sequence[Mentor] | Sequence[Mentee]]) -> list[Mentor | Mentee]:
    """Both sides in one list."""
    return list(chain.from_iterable(sides))

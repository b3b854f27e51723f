"""Invented people for the matcher: small cohorts for Hypothesis, larger ones from a seed, and bare tables of points."""

from datetime import date
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.matching import Mentee, Mentor, Mode, Policy
from reverse_mentoring_xblock.domain.matching.forms import BARRED, Forms, Listed

POLICY = Policy(reference_date=date(2026, 9, 28))
CODES = ["1.2", "2.1", "4.1"]
SCORES = st.dictionaries(st.sampled_from(CODES), st.integers(0, 100).map(float))
TOPICS = st.frozensets(st.sampled_from(CODES))
WHOLE_DAYS = tuple((day, 540, 1020) for day in range(5))
MENTORS, MENTEES = range(1, 12), range(101, 112)


def person(cls: type[Any], id_: int, **facts: Any) -> Any:
    """Somebody who breaks no rule with anybody, but for what is given."""
    defaults = {
        "level": 2 if cls is Mentor else 5,
        "aliases": frozenset({f"person{id_}", f"person{id_}@example.org"}),
        "languages": frozenset({"en"}),
        "windows": ((0, 540, 720),),
        "trained": True,
        "consent": True,
    }
    return cls(id=id_, **{**defaults, **facts})


@st.composite
def facts(draw, others=MENTEES):
    """What two roles have, spread so that every rule is broken and kept."""
    some, first = st.frozensets(st.sampled_from(list(others)), max_size=1), frozenset(others[:1])
    return {
        "level": draw(st.integers(1, 6)),
        "department": draw(st.sampled_from(["", "it", "law"])),
        "site": draw(st.sampled_from(["", "leeds", "nairobi"])),
        "manager": draw(st.sampled_from(["", "boss", "person1", "person3", "person101", "person103"])),
        "languages": draw(st.frozensets(st.sampled_from(["en", "fr", "sw"]), min_size=1)),
        "time_zone": draw(st.sampled_from(["Europe/London", "Africa/Nairobi", "Asia/Singapore"])),
        "windows": draw(st.sampled_from([WHOLE_DAYS, WHOLE_DAYS[:1], ((0, 540, 630),)])),
        "vetoes": draw(st.frozensets(st.sampled_from(["person1", "person102"]), max_size=1)),
        "past": draw(some),
        "avoid": draw(some),
        "conflicts": draw(some),
        "wishes": draw(st.sampled_from([(), (first,), (frozenset(others[1:3]), first)])),
        "mode": draw(st.sampled_from(Mode)),
        "style": draw(st.dictionaries(st.sampled_from(["pace", "detail"]), st.integers(1, 5))),
        "interests": draw(st.frozensets(st.sampled_from(["chess", "music"]))),
        "waited": draw(st.integers(0, 2)),
    }


@st.composite
def cohorts(draw, people=6):
    """Mentors and mentees, at most so many of each."""
    mentors = [
        person(
            Mentor,
            id_,
            **draw(facts()),
            capacity=draw(st.integers(0, 2)),
            strength=draw(SCORES),
            offered=draw(TOPICS),
            gladness=draw(st.dictionaries(st.sampled_from(CODES), st.integers(1, 3))),
        )
        for id_ in MENTORS[: draw(st.integers(0, people))]
    ]
    mentees = [
        person(Mentee, id_, **draw(facts(MENTORS)), need=draw(SCORES), own=draw(SCORES), wanted=draw(TOPICS))
        for id_ in MENTEES[: draw(st.integers(0, people))]
    ]
    return mentors, mentees


def crowd(mentors: int, mentees: int, seed: int = 1) -> tuple[list[Mentor], list[Mentee]]:
    """So many people, the same for the same seed: half of all pairs are permitted, and many are worth the same."""
    random = Random(seed)

    def some(cls, id_, low, high, **more):
        return person(
            cls,
            id_,
            level=random.randint(low, high),
            department=random.choice(["it", "law", "sales", "care"]),
            site=random.choice(["leeds", "nairobi", "graz"]),
            manager=f"person{random.randrange(2 * (mentors + mentees))}",
            languages=frozenset(random.sample(["en", "de", "fr", "sw"], 2)),
            mode=random.choice([Mode.REMOTE, Mode.BOTH, Mode.BOTH]),
            windows=WHOLE_DAYS,
            **more,
        )

    def skills(steps):
        return {code: float(random.choice(steps)) for code in random.sample(["1.1", "1.2", "2.1", "3.3", "4.1"], 3)}

    rooms = [random.choice([1, 1, 2, 3]) for _ in range(mentors)]
    return (
        [some(Mentor, n, 1, 4, capacity=room, strength=skills([40, 60, 80])) for n, room in enumerate(rooms)],
        [some(Mentee, 10**6 + n, 3, 6, need=skills([20, 40, 80]), own=skills([10, 30, 50])) for n in range(mentees)],
    )


def forms_of(table: np.ndarray, places: np.ndarray, turns: np.ndarray | None = None) -> Forms:
    """A bare problem: points of rows by columns, below 0 where a pair is forbidden, and the places of the columns."""
    rows, cols = table.shape
    terms = np.where(table < 0, -BARRED, table).astype(np.float32)
    none = np.zeros(0, np.int64)
    return Forms(
        mentees=np.hstack([terms, np.zeros((rows, 2), np.float32)]),
        mentors=np.hstack([np.eye(cols, dtype=np.float32), np.zeros((cols, 2), np.float32)]),
        places=np.asarray(places, np.int64),
        listed=Listed(none, none),
        checks=(),
        row_levels=np.ones(rows, np.int64),
        col_levels=np.zeros(cols, np.int64),
        min_gap=1,
        turns=np.zeros(rows, np.int64) if turns is None else turns,
    )

"""The parts of a utility that are sums over competences, interests and questions, as columns of the product.

What a column stands for is its name. A column that only one side has is left out: it adds nothing.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from .forms import Floats
from .people import STYLE_STEPS, Mentee, Mentor
from .policy import STYLE_SPAN, Weights
from .utility import (
    Basis,
    has_need,
    has_strength,
    interest_units,
    interests_of,
    lead_steps,
    need_units,
    own_level,
    style_units,
    topic_units,
    willing,
)

Name: TypeAlias = Hashable
Entries: TypeAlias = Iterator[tuple[Name, int]]


def part_columns(rows: Sequence[Mentee], cols: Sequence[Mentor], weights: Weights) -> tuple[Floats, Floats]:
    """Terms of the rows and of the columns for cover, interests and style."""
    wanted: dict[Name, list[tuple[int, int]]] = {}
    for place, mentee in enumerate(rows):
        for name, units in _wanted(mentee, weights):
            wanted.setdefault(name, []).append((place, units))
    given: dict[Name, list[tuple[int, int]]] = {}
    levels = _levels_by_code(wanted)
    for place, mentor in enumerate(cols):
        for name, units in _given(mentor, levels):
            if units and name in wanted:
                given.setdefault(name, []).append((place, units))
    names = [name for name in wanted if name in given]
    return _matrix(len(rows), [wanted[name] for name in names]), _matrix(len(cols), [given[name] for name in names])


def _wanted(mentee: Mentee, weights: Weights) -> Entries:
    """What a mentee gives points for, whatever the mentor's basis."""
    if has_need(mentee):
        for code, units in need_units(mentee, weights).items():
            if code in mentee.own:
                yield ("cover", code, own_level(mentee.own[code])), units
        for interest, units in interest_units(mentee, Basis.SCORES, weights).items():
            yield ("interest or topic", interest), units
    bases = ("mentor not measured",) if has_need(mentee) else ("mentor not measured", "mentee not measured")
    topics = topic_units(mentee, weights)
    interests = interest_units(mentee, Basis.TOPICS, weights)
    for basis in bases:
        for topic, units in topics.items():
            yield (basis, "topic", topic), units
        for interest, units in interests.items():
            yield (basis, "interest", interest), units
    for question, units in style_units(mentee, weights).items():
        yield ("style", question, mentee.style[question]), units


def _given(mentor: Mentor, levels: Mapping[str, Sequence[int]]) -> Entries:
    """How far a mentor serves each of them."""
    if has_strength(mentor):
        basis = "mentee not measured"
        for code, strength in mentor.strength.items():
            if code in levels and willing(mentor, code):
                for level in levels[code]:
                    yield ("cover", code, level), lead_steps(strength, level)
        for interest in interests_of(mentor, Basis.SCORES):
            yield ("interest or topic", interest), 1
    else:
        basis = "mentor not measured"
    for topic in mentor.offered:
        yield (basis, "topic", topic), 1
    for interest in mentor.interests:
        yield (basis, "interest", interest), 1
    for question, step in mentor.style.items():
        for other in STYLE_STEPS:
            yield ("style", question, other), STYLE_SPAN - abs(step - other)


def _levels_by_code(names: Iterable[Name]) -> Mapping[str, Sequence[int]]:
    levels: dict[str, list[int]] = {}
    for name in names:
        if isinstance(name, tuple) and name[0] == "cover":
            levels.setdefault(name[1], []).append(name[2])
    return levels


def _matrix(height: int, columns: Sequence[Sequence[tuple[int, int]]]) -> Floats:
    matrix = np.zeros((height, len(columns)), np.float32)
    for column, entries in enumerate(columns):
        places, units = zip(*entries, strict=True)
        matrix[list(places), column] = units
    return matrix

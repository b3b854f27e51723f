"""The parts of a utility that are sums over competences, interests and questions, as columns of the product.

What a column stands for is its name. A column that only one side has is left out: it adds nothing.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np

from .forms import Floats
from .people import STYLE_STEPS, Mentee, Mentor
from .policy import LEAD_STEPS, STYLE_SPAN, Weights
from .utility import (
    FULL_LEAD,
    has_need,
    has_strength,
    interest_steps,
    interest_units,
    need_units,
    own_level,
    style_units,
    topic_units,
    willing,
)

Name: TypeAlias = tuple[Any, ...]
Parts: TypeAlias = Iterator[tuple[Name, float]]
Entries: TypeAlias = "tuple[array[int], array[float]]"
"""Places of people, and the value of each."""

COVER = "cover"


def part_columns(rows: Sequence[Mentee], cols: Sequence[Mentor], weights: Weights) -> tuple[Floats, Floats]:
    """Terms of the rows and of the columns for cover, interests and style."""
    wanted = _by_name(_wanted(mentee, weights) for mentee in rows)
    given = _by_name(_given(mentor) for mentor in cols)
    terms: list[tuple[Entries, Entries]] = []
    for name, entries in wanted.items():
        if name[0] == COVER:
            strengths = given.get(("strength", name[1]))
            if strengths:
                terms.append((entries, _leads(strengths, name[2])))
        elif name in given:
            terms.append((entries, given[name]))
    return _matrix(len(rows), [row for row, _ in terms]), _matrix(len(cols), [col for _, col in terms])


def _wanted(mentee: Mentee, weights: Weights) -> Parts:
    """What a mentee gives points for, whatever the mentor's basis."""
    if has_need(mentee):
        for code, units in need_units(mentee, weights).items():
            if code in mentee.own:
                yield (COVER, code, own_level(mentee.own[code])), units
    bases = ("mentor not measured",) if has_need(mentee) else ("mentor not measured", "mentee not measured")
    topics = topic_units(mentee, weights)
    for basis in bases:
        for topic, units in topics.items():
            yield (basis, "topic", topic), units
    for interest, units in interest_units(mentee, weights).items():
        yield ("interest", interest), units
    for question, units in style_units(mentee, weights).items():
        yield ("style", question, mentee.style[question]), units


def _given(mentor: Mentor) -> Parts:
    """How far a mentor serves each of them; for cover the strength, from which the lead over each level follows."""
    if has_strength(mentor):
        basis = "mentee not measured"
        for code, strength in mentor.strength.items():
            if willing(mentor, code):
                yield ("strength", code), strength
    else:
        basis = "mentor not measured"
    for topic in mentor.offered:
        yield (basis, "topic", topic), 1
    for interest in mentor.interests | mentor.offered:
        yield ("interest", interest), interest_steps(mentor, interest)
    for question, step in mentor.style.items():
        for other in STYLE_STEPS:
            yield ("style", question, other), STYLE_SPAN - abs(step - other)


def _leads(strengths: Entries, level: int) -> Entries:
    """`utility.lead_steps` of many mentors."""
    leads = (np.array(strengths[1]) - level) * LEAD_STEPS / FULL_LEAD
    return strengths[0], array("d", np.clip(np.floor(leads + 0.5), 0, LEAD_STEPS))


def _by_name(people: Iterable[Parts]) -> dict[Name, Entries]:
    """For each name the places that have it, and how much of it."""
    names: dict[Name, Entries] = {}
    for place, parts in enumerate(people):
        for name, value in parts:
            entries = names.setdefault(name, (array("l"), array("d")))
            entries[0].append(place)
            entries[1].append(value)
    return names


def _matrix(height: int, columns: Sequence[Entries]) -> Floats:
    matrix = np.zeros((height, len(columns)), np.float32)
    for column, (places, values) in enumerate(columns):
        matrix[np.asarray(places), column] = values
    return matrix

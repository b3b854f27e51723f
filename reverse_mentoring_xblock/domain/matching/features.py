"""From people to numbers: the form in which the engine scores all pairs at once.

The rules and the points are those of `rules` and `utility`, which say them pair by pair. Here each becomes a few
columns of a product, a list of single pairs, or a check (`forms`).
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .barred_pairs import BarredPairs
from .columns import part_columns
from .draws import Draw, person_draw
from .forms import BARRED, Check, Floats, Forms, Listed
from .kinds import Kinds, apart, barring, sorted_by
from .organisation import Organisation
from .people import Mentee, Mentor, Mode, Person
from .policy import Policy
from .utility import queue_points, turn_of, wish_points
from .weeks import hour_columns


@dataclass(frozen=True)
class Cohort:
    """Those who can be matched at all, in the engine's order, and the points of their pairs.

    Both sides stand by level and then by a draw from seed and id, so that the order they came in makes no difference.
    """

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    mentee_draws: Draw
    mentor_draws: Draw
    forms: Forms

    @classmethod
    def of(
        cls, mentors: Iterable[Mentor], mentees: Iterable[Mentee], org: Organisation, policy: Policy, seed: int
    ) -> "Cohort":
        """Leave out those who can have no partner, put the others in order, and turn them into numbers."""
        cols = [mentor for mentor in mentors if mentor.capacity > 0 and is_ready(mentor, policy)]
        rows = [mentee for mentee in mentees if is_ready(mentee, policy)]
        col_draws = {mentor.id: person_draw(seed, mentor.id) for mentor in cols}
        row_draws = {mentee.id: person_draw(seed, mentee.id) for mentee in rows}
        cols.sort(key=lambda mentor: (mentor.level, col_draws[mentor.id], mentor.id))
        rows.sort(key=lambda mentee: (mentee.level, row_draws[mentee.id], mentee.id))
        return cls(
            mentees=tuple(rows),
            mentors=tuple(cols),
            mentee_draws=np.array([row_draws[mentee.id] for mentee in rows], np.uint64),
            mentor_draws=np.array([col_draws[mentor.id] for mentor in cols], np.uint64),
            forms=forms_of(rows, cols, org, policy),
        )


def is_ready(person: Person, policy: Policy) -> bool:
    """Whether the rules that concern one person alone let this one take part."""
    return person.consent and (person.trained or not policy.require_training)


def forms_of(rows: Sequence[Mentee], cols: Sequence[Mentor], org: Organisation, policy: Policy) -> Forms:
    """The points of all pairs of people who are ready; both sides in the order of their levels."""
    barred = BarredPairs(rows, cols, org, policy)
    row_terms, col_terms = map(list, zip(part_columns(rows, cols, policy.weights), barred.columns(), strict=True))
    checks: list[Check] = []
    for kinds in _kinds(rows, cols, policy):
        *columns, more = kinds.columns()
        row_terms.append(columns[0])
        col_terms.append(columns[1])
        checks += more
    if policy.min_shared_minutes > 0:
        *hours, late = hour_columns(rows, cols, policy)
        row_terms.append(hours[0])
        col_terms.append(hours[1])
        checks += late
    return Forms(
        mentees=_joined(row_terms),
        mentors=_joined(col_terms),
        places=np.array([mentor.capacity for mentor in cols], np.int64),
        listed=_listed(rows, cols, barred, policy),
        checks=tuple(checks),
        row_levels=np.array([mentee.level for mentee in rows], np.int64),
        col_levels=np.array([mentor.level for mentor in cols], np.int64),
        min_gap=policy.min_level_gap,
        turns=np.array([turn_of(mentee, policy) for mentee in rows], np.int64),
    )


def _kinds(rows: Sequence[Mentee], cols: Sequence[Mentor], policy: Policy) -> Iterable[Kinds]:
    weights = policy.weights
    yield barring([m.level for m in rows], [m.level for m in cols], lambda up, low: up - low < policy.min_level_gap)
    yield barring([m.languages for m in rows], [m.languages for m in cols], frozenset.isdisjoint)
    yield barring([_meeting(m) for m in rows], [_meeting(m) for m in cols], _cannot_meet)
    yield apart([m.department for m in rows], [m.department for m in cols], weights.department)
    yield apart([m.site for m in rows], [m.site for m in cols], weights.site)
    if policy.queue_rounds > 0:
        waited = [m.waited for m in rows], [m.waited for m in cols]
        yield sorted_by(*waited, lambda one, other: queue_points(one + other, policy))


def _meeting(person: Person) -> tuple[Mode, str]:
    """How and where; the place means nothing to those who only meet from afar."""
    return person.mode, "" if person.mode == Mode.REMOTE else person.site


def _cannot_meet(one: tuple[Mode, str], other: tuple[Mode, str]) -> bool:
    from_afar = Mode.ONSITE not in (one[0], other[0])
    on_site = Mode.REMOTE not in (one[0], other[0]) and one[1] == other[1] != ""
    return not (from_afar or on_site)


def _listed(rows: Sequence[Mentee], cols: Sequence[Mentor], barred: BarredPairs, policy: Policy) -> Listed:
    """Wishes and forbidden pairs."""
    width = len(cols)
    row_at = {mentee.id: place for place, mentee in enumerate(rows)}
    col_at = {mentor.id: place for place, mentor in enumerate(cols)}
    wished, worth = array("q"), array("q")
    for side, own, other, step, turn in ((rows, row_at, col_at, width, 1), (cols, col_at, row_at, 1, width)):
        for person in side:
            for id_ in frozenset().union(*person.wishes) & other.keys():
                wished.append(own[person.id] * step + other[id_] * turn)
                worth.append(wish_points(person, id_, policy.weights))
    keys = barred.keys()
    values = np.full(keys.size, -BARRED, np.int64)
    return Listed.of(
        np.concatenate([keys, np.array(wished, np.int64)]), np.concatenate([values, np.array(worth, np.int64)])
    )


def _joined(terms: list[Floats]) -> Floats:
    """Side by side, and room for prices. The parts are given up one by one: they are as large as the whole."""
    height, width = len(terms[0]), sum(part.shape[1] for part in terms)
    matrix = np.zeros((height, width + 2), np.float32)
    while terms:
        part = terms.pop()
        width -= part.shape[1]
        matrix[:, width : width + part.shape[1]] = part
    return matrix

"""One measurement of the engine or of another solver, in a process of its own, so that its memory is its own.

Prints one line of JSON. Times are the clock's (``seconds``) and the processor's (``work``); memory is the most that the
process ever held, in MB (``memory``), and what it held before the work began (``before``).
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
from population import POLICY, population

from reverse_mentoring_xblock.domain.matching import Flaw, Limit, Round, Solution, rematch
from reverse_mentoring_xblock.domain.matching.scan import beyond

LIMIT = 8
"""A limited search may take so many times as long as scoring all pairs once."""
OUT_OF_REACH = 9000
"""A price at which no pair is worth more than its prices."""


class Timer:
    """Seconds by name."""

    def __init__(self) -> None:
        self.found: dict[str, Any] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        began, worked = time.perf_counter(), time.process_time()
        yield
        self.found[name] = {"seconds": time.perf_counter() - began, "work": time.process_time() - worked}


def memory() -> float:
    """The most that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def engine(mentors: int, mentees: int, seconds: float | None, changes: int) -> dict[str, Any]:
    """Score all pairs once, solve and verify; then some changes and the free people again."""
    timer, found = Timer(), {}
    people = population(mentors, mentees)
    found["before"] = memory()
    with timer("features"):
        round_ = Round(*people, POLICY, seed=1)
    with timer("scoring"):
        score_all(round_)
    with timer("solving"):
        solution = round_.solve(Limit(seconds, time.monotonic) if seconds else None)
    found["memory"] = memory()
    with timer("scoring again"):
        score_all(round_)
    found |= {"matched": len(solution.pairs), "total": solution.total, "certified": solution.certified}
    found["gap"] = gap(solution)
    if changes:
        scoring = (timer.found["scoring"]["seconds"] + timer.found["scoring again"]["seconds"]) / 2
        with timer("in limited time"):
            limited = round_.solve(Limit(LIMIT * scoring, time.monotonic))
        found |= {"limited matched": len(limited.pairs), "limited gap": gap(limited), "limited holds": holds(limited)}
        ended, kept = solution.pairs[:changes], solution.pairs[changes:]
        past = {mentee: mentor for mentor, mentee in ended}
        seniors = [replace(m, past=m.past | {past[m.id]}) if m.id in past else m for m in people[1]]
        with timer("matching again"):
            again = rematch(people[0], seniors, kept, POLICY, seed=2).solve()
        found |= {"again": len(again.pairs), "again certified": again.certified}
    return found | timer.found


def gap(solution: Solution) -> float:
    """How far the total may be from the best, as a share of the bound."""
    return (solution.bound - solution.total) / max(solution.bound, 1)


def holds(solution: Solution) -> bool:
    """Whether the check found nothing wrong but what is still open: points up to the bound, or more pairs."""
    return {one.flaw for one in solution.violations} <= {Flaw.TOTAL_OFF_BOUND, Flaw.MORE_POSSIBLE}


def score_all(round_: Round) -> None:
    """The points of all pairs, each compared with one number."""
    forms = round_.cohort.forms
    prices = [np.full(count, OUT_OF_REACH) for count in (forms.rows, forms.cols)]
    beyond(forms, *prices)


def dense(mentors: int, mentees: int) -> dict[str, Any]:
    """scipy's dense solver on the same points: the matrix of all pairs with every place a column, and the solver."""
    from scipy.optimize import linear_sum_assignment

    timer, found = Timer(), {}
    round_ = Round(*population(mentors, mentees), POLICY, seed=1)
    forms, bonus = round_.cohort.forms, 10**9
    found["before"] = memory()
    with timer("matrix"):
        every, slots = np.arange(forms.cols), np.repeat(np.arange(forms.cols), forms.places)
        matrix = np.empty((forms.rows, slots.size))
        for start in range(0, forms.rows, 256):
            rows = np.arange(start, min(start + 256, forms.rows))
            points = forms.table(rows, every)
            matrix[rows] = np.where(points < 0, 0, points + bonus)[:, slots]
    with timer("solving"):
        rows, cols = linear_sum_assignment(matrix, maximize=True)
    matched, total = divmod(int(matrix[rows, cols].sum()), bonus)
    return found | timer.found | {"memory": memory(), "matched": matched, "total": total}


def sparse(mentors: int, mentees: int, best: int) -> dict[str, Any]:
    """scipy's sparse solver on the best pairs of each person; a place of one's own keeps everybody matchable."""
    from scipy.sparse import coo_array, hstack
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    timer, found = Timer(), {}
    round_ = Round(*population(mentors, mentees), POLICY, seed=1)
    forms = round_.cohort.forms
    found["before"] = memory()
    with timer("pruning"):
        rows, cols, points = pruned(forms, best)
    with timer("solving"):
        first = np.concatenate([[0], np.cumsum(forms.places)])
        lengths = forms.places[cols]
        slots = np.repeat(first[cols] - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(
            lengths.sum()
        )
        worth = coo_array(
            (np.repeat(20_001.0 - points, lengths), (np.repeat(rows, lengths), slots)), (forms.rows, int(first[-1]))
        )
        alone = coo_array((np.full(forms.rows, 40_001.0), (np.arange(forms.rows),) * 2), (forms.rows,) * 2)
        graph = hstack([worth, alone]).tocsr()
        row, slot = min_weight_full_bipartite_matching(graph)
    has_partner = slot < first[-1]
    col = np.searchsorted(first, slot[has_partner], side="right") - 1
    total = int(forms.points(row[has_partner].astype(np.int64), col.astype(np.int64)).sum())
    return found | timer.found | {"memory": memory(), "matched": int(has_partner.sum()), "total": total}


def pruned(forms: Any, best: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The best columns of each row, as edges."""
    found = []
    for start in range(0, forms.rows, 256):
        rows = np.arange(start, min(start + 256, forms.rows))
        table = forms.table(rows, np.arange(forms.cols))
        cols = np.argsort(-table, axis=1, kind="stable")[:, :best]
        points = np.take_along_axis(table, cols, axis=1)
        row, place = np.nonzero(points >= 0)
        found.append((rows[row], cols[row, place], points[row, place]))
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


SIDES: dict[str, Callable[..., dict[str, Any]]] = {"engine": engine, "dense": dense, "sparse": sparse}

if __name__ == "__main__":
    side, arguments = sys.argv[1], json.loads(sys.argv[2])
    print(json.dumps(SIDES[side](**arguments)))

"""The search on bare numbers: against brute force, against another solver, and on every shape of problem."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from cohorts import forms_of
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from reverse_mentoring_xblock.domain.matching import pricing, scan, search
from reverse_mentoring_xblock.domain.matching.lifting import search_lifted
from reverse_mentoring_xblock.domain.matching.witness import Walks

NOBODY = -1


def on(*_):
    return True


def draws_of(table, seed=1):
    numbers = np.random.default_rng(seed).integers(0, 2**24, table.shape)
    return lambda rows, cols: numbers[rows, cols]


def solved(table, places, seed=1):
    return search.search(forms_of(table, places), draws_of(table, seed), on)


def worth(table, answer):
    rows = np.flatnonzero(answer.partner != NOBODY)
    return rows.size, int(table[rows, answer.partner[rows]].sum())


def by_another_solver(table, places):
    """The best (matched, total) by scipy's dense solver: places repeated, one more pair worth more than any points."""
    bonus = 10**9
    wide = np.where(table < 0, 0, table + bonus)[:, np.repeat(np.arange(table.shape[1]), places)]
    rows, cols = linear_sum_assignment(wide, maximize=True)
    return divmod(int(wide[rows, cols].sum()), bonus)


def assert_proved(table, places, answer):
    """Prices that no pair beats and that meet the answer; people enough for the places they share."""
    matched, total = worth(table, answer)
    prices = answer.row_price[:, None] + answer.col_price[None, :]
    assert (answer.row_price >= 0).all()
    assert (answer.col_price >= 0).all()
    assert (prices >= table + answer.bonus)[table >= 0].all()
    assert answer.row_price.sum() + (answer.col_price * places).sum() == total + matched * answer.bonus
    reached = answer.witnesses[0]
    assert not (table[np.ix_(reached.rows, ~reached.cols)] >= 0).any()
    assert (~reached.rows).sum() + places[reached.cols].sum() == matched
    held = np.bincount(answer.partner[answer.partner != NOBODY], minlength=places.size)
    assert (held <= places).all()


@st.composite
def tables(draw, people=7, most_places=2):
    rows, cols = draw(st.integers(0, people)), draw(st.integers(0, people))
    top = draw(st.sampled_from([0, 2, 10_000]))
    numbers = st.integers(0, top) | st.just(NOBODY)
    table = [[draw(numbers) for _ in range(cols)] for _ in range(rows)]
    places = [draw(st.integers(1, most_places)) for _ in range(cols)]
    return np.array(table, np.int64).reshape(rows, cols), np.array(places, np.int64)


def best_by_trying_all(table, places, numbers):
    """(matched, total, draws) and the pairs, of every feasible set of pairs."""
    pairs = [(row, col) for row, col in np.argwhere(table >= 0).tolist()]
    found = [((0, 0, 0), ())]
    for size in range(1, min(len(table), int(places.sum())) + 1):
        for chosen in combinations(pairs, size):
            cols = [col for _, col in chosen]
            if len({row for row, _ in chosen}) == size and all(cols.count(col) <= places[col] for col in cols):
                total = sum(int(table[pair]) for pair in chosen)
                found.append(((size, total, sum(int(numbers[pair]) for pair in chosen)), chosen))
    return max(found)


@settings(max_examples=40, deadline=None)
@given(tables(people=4), st.integers(0, 9))
def test_it_equals_brute_force_to_the_last_draw(problem, seed):
    table, places = problem
    answer = solved(table, places, seed)
    numbers = np.random.default_rng(seed).integers(0, 2**24, table.shape)
    (matched, total, _), pairs = best_by_trying_all(table, places, numbers)
    assert worth(table, answer) == (matched, total)
    assert tuple((row, col) for row, col in enumerate(answer.partner.tolist()) if col != NOBODY) == pairs


def best_of_rows(table, room, row=0):
    """(matched, total) by trying every partner of every row."""
    if row == len(table):
        return 0, 0
    best = best_of_rows(table, room, row + 1)
    for col in range(table.shape[1]):
        if table[row, col] >= 0 and room[col]:
            rest = best_of_rows(table, (*room[:col], room[col] - 1, *room[col + 1 :]), row + 1)
            best = max(best, (rest[0] + 1, rest[1] + int(table[row, col])))
    return best


@settings(max_examples=25, deadline=None)
@given(tables(people=7, most_places=1).filter(lambda problem: problem[0].size <= 42))
def test_it_equals_brute_force_up_to_seven_a_side(problem):
    table, places = problem
    assert worth(table, solved(table, places)) == best_of_rows(table, tuple(places.tolist()))


@settings(max_examples=40, deadline=None)
@given(tables(people=12, most_places=3))
def test_every_answer_is_proved_and_equals_another_solver(problem):
    table, places = problem
    answer = solved(table, places)
    assert_proved(table, places, answer)
    if table.size:
        assert worth(table, answer) == by_another_solver(table, places)


@pytest.mark.parametrize(
    ("rows", "cols", "top", "share"),
    [
        (1000, 620, 10_000, 0.5),  # tight
        (600, 300, 10_000, 0.3),  # more people than places
        (300, 900, 10_000, 0.5),  # more places than people
        (700, 500, 3, 0.5),  # nearly everything is tied
        (500, 320, 0, 0.4),  # everything is tied
        (900, 600, 10_000, 0.004),  # many without a partner
        (2000, 1200, 10_000, 0.1),
    ],
)
def test_it_equals_another_solver_on_every_shape(rows, cols, top, share):
    random = np.random.default_rng(rows)
    table = np.where(random.random((rows, cols)) < share, random.integers(0, top + 1, (rows, cols)), NOBODY)
    places = random.choice([1, 2, 3], cols, p=[0.5, 0.35, 0.15])
    answer = solved(table, places)
    assert_proved(table, places, answer)
    assert worth(table, answer) == by_another_solver(table, places)


@pytest.mark.parametrize(("rows", "cols"), [(0, 0), (0, 3), (3, 0)])
def test_empty_sides(rows, cols):
    answer = solved(np.zeros((rows, cols), np.int64), np.ones(cols, np.int64))
    assert answer.partner.tolist() == [NOBODY] * rows


def test_nobody_permitted():
    table = np.full((300, 200), NOBODY)
    assert worth(table, solved(table, np.ones(200, np.int64))) == (0, 0)


def test_one_more_pair_is_worth_more_than_the_points_of_several():
    # A chain in which each of 40 people would have to step to a partner worth nothing, so that one more is matched.
    size = 40
    table = np.full((size, size), NOBODY)
    table[np.arange(size), np.arange(size)] = 0
    table[np.arange(size - 1), np.arange(1, size)] = 10_000
    answer = solved(table, np.ones(size, np.int64))
    assert worth(table, answer) == (size, 0)
    assert answer.bonus > search.BONUS
    assert_proved(table, np.ones(size, np.int64), answer)


def test_the_draw_decides_among_equals_whatever_way_the_search_took(monkeypatch):
    random = np.random.default_rng(3)
    table = random.integers(0, 4, (210, 170))
    places = np.ones(170, np.int64)
    answers = [solved(table, places, seed).partner.tolist() for seed in (1, 1, 2)]
    assert answers[0] == answers[1] != answers[2]
    for name, value in (("SMALL", 1 << 20), ("SAMPLED", 5), ("NEAR", 8000)):
        with monkeypatch.context() as patch:
            patch.setattr(pricing, name, value)
            assert solved(table, places).partner.tolist() == answers[0], name


def test_blocks_of_any_size_find_the_same(monkeypatch):
    random = np.random.default_rng(4)
    table = np.where(random.random((400, 300)) < 0.5, random.integers(0, 10_000, (400, 300)), NOBODY)
    places = np.ones(300, np.int64)
    first = solved(table, places)
    monkeypatch.setattr(scan, "TILE_ROWS", 64)
    monkeypatch.setattr(scan, "TILE_COLS", 50)
    monkeypatch.setattr(scan, "MOST_PER_ROW", 2)
    second = solved(table, places)
    assert second.partner.tolist() == first.partner.tolist()
    assert_proved(table, places, second)


@pytest.mark.parametrize("near", [6000, 12_345, 90_000])
def test_no_pair_outside_the_pool_beats_what_is_known_of_it(monkeypatch, near):
    """Whatever part of the pairs a scan leaves out."""
    random = np.random.default_rng(7)
    table = np.where(random.random((500, 300)) < 0.6, random.integers(0, 10_000, (500, 300)), NOBODY)
    monkeypatch.setattr(pricing, "NEAR", near)
    monkeypatch.setattr(scan, "MOST_PER_ROW", 4)
    monkeypatch.setattr(scan, "TILE_ROWS", 64)
    monkeypatch.setattr(scan, "TILE_COLS", 50)
    seen, widen = [], pricing.Pricing._widen

    def checked(self, near):
        widen(self, near)
        if (self.forms.rows, self.forms.cols) == table.shape:
            pool, (rows, cols) = self.found.pool, self._known
            outside = table >= 0
            outside[pool.row, pool.col] = False
            assert (table + self.bonus <= rows[:, None] + cols[None, :])[outside].all()
            seen.append(pool.row.size)

    monkeypatch.setattr(pricing.Pricing, "_widen", checked)
    places = random.choice([1, 2, 3], 300, p=[0.5, 0.35, 0.15])
    answer = solved(table, places)
    assert len(seen) > 2
    assert_proved(table, places, answer)


@pytest.mark.parametrize("limit", [1, 40, 301, 10**6])
def test_a_scan_of_a_region_finds_all_that_beats_its_prices_there(monkeypatch, limit):
    random = np.random.default_rng(8)
    table = np.where(random.random((300, 200)) < 0.5, random.integers(0, 100, (300, 200)), NOBODY)
    prices = random.integers(0, 60, 300), random.integers(0, 60, 200)
    region = scan.Region(random.integers(-300, 300, 300), random.integers(-300, 300, 200), limit)
    monkeypatch.setattr(scan, "TILE_ROWS", 64)
    monkeypatch.setattr(scan, "TILE_COLS", 50)
    found = scan.beyond(forms_of(table, np.ones(200, np.int64)), *prices, region=region, most=10**6)
    inside = region.rows[:, None] + region.cols[None, :] < limit
    beaten = (table >= 0) & (table > prices[0][:, None] + prices[1][None, :])
    assert region.size == inside.sum()
    pairs = set(zip(found.row.tolist(), found.col.tolist(), strict=True))
    # More may be looked at: a tile goes as far as its first row has to.
    assert set(map(tuple, np.argwhere(beaten & inside).tolist())) <= pairs
    assert pairs <= set(map(tuple, np.argwhere(beaten).tolist()))


def test_prices_too_large_for_short_floats_are_exact():
    table = np.array([[5, 3], [4, NOBODY]])
    forms = forms_of(table, np.ones(2, np.int64))
    high = scan.EXACT * 2 + 1
    found = scan.beyond(forms, np.array([-high, -high]), np.array([high + 3, high + 3]))
    assert sorted(zip(found.row.tolist(), found.col.tolist(), found.points.tolist(), strict=True)) == [
        (0, 0, 5),
        (1, 0, 4),
    ]


class TestStopping:
    """A search that is stopped gives the best so far and a bound that holds."""

    def problem(self):
        random = np.random.default_rng(5)
        table = np.where(random.random((600, 380)) < 0.5, random.integers(0, 10_000, (600, 380)), NOBODY)
        return table, random.choice([1, 2, 3], 380, p=[0.5, 0.35, 0.15])

    @pytest.mark.parametrize("part", [0, 0.02, 0.3, 0.6, 0.9])
    def test_at_any_moment(self, part):
        table, places = self.problem()
        looks = []
        search.search(forms_of(table, places), draws_of(table), lambda *told: looks.append(told) or True)
        left = iter(range(int(part * len(looks))))
        answer = search.search(forms_of(table, places), draws_of(table), lambda *_: next(left, None) is not None)
        matched, total = worth(table, answer)
        best = by_another_solver(table, places)
        prices = answer.row_price[:, None] + answer.col_price[None, :]
        assert answer.is_cut
        assert (prices >= table + answer.bonus)[table >= 0].all()
        bound = answer.row_price.sum() + (answer.col_price * places).sum()
        assert bound >= best[1] + best[0] * answer.bonus >= total + matched * answer.bonus
        held = np.bincount(answer.partner[answer.partner != NOBODY], minlength=places.size)
        assert (held <= places).all()

    @settings(max_examples=40, deadline=None)
    @given(problem=tables(people=9, most_places=2), moment=st.integers(0, 30))
    def test_the_bound_of_a_small_problem_holds_at_any_moment(self, problem, moment):
        table, places = problem
        with pytest.MonkeyPatch.context() as patch:
            # So that samples, scans and several rounds come into it, and not one table.
            for name, value in (("SMALL", 3), ("SAMPLED", 2), ("NEAR", 100)):
                patch.setattr(pricing, name, value)
            left = iter(range(moment))
            answer = search.search(forms_of(table, places), draws_of(table), lambda *_: next(left, None) is not None)
        matched, total = worth(table, answer)
        best = by_another_solver(table, places) if table.size else (0, 0)
        prices = answer.row_price[:, None] + answer.col_price[None, :]
        assert (prices >= table + answer.bonus)[table >= 0].all()
        assert (answer.row_price >= 0).all()
        assert (answer.col_price >= 0).all()
        bound = answer.row_price.sum() + (answer.col_price * places).sum()
        # Stopped early, the bonus may still be so small that fewer pairs are worth more.
        assert bound >= max(best[1] + best[0] * answer.bonus, total + matched * answer.bonus)
        assert answer.is_cut or (matched, total) == best

    def test_what_is_made_when_the_repair_stops_is_kept(self):
        """Stopped in the first repair of everybody, the answer is better than taking one partner after another."""
        table, places = self.problem()
        looks = []
        search.search(forms_of(table, places), draws_of(table), lambda *told: looks.append(told) or True)
        first = next(place for place, told in enumerate(looks) if told[0] == "repair" and told[1] and told[1] > 10**6)
        left = iter(range(first + 20))
        answer = search.search(forms_of(table, places), draws_of(table), lambda *_: next(left, None) is not None)
        assert answer.is_cut
        alone = np.full(len(table), NOBODY)
        greedy = replace(answer, partner=search._filled(answer.pool, places, alone))
        assert worth(table, answer) > worth(table, greedy)

    def test_phases_bounds_and_shares_are_told(self):
        table, places = self.problem()
        seen = []
        search.search(forms_of(table, places), draws_of(table), lambda *told: seen.append(told) or True)
        assert {phase for phase, _, _ in seen} == {"candidates", "repair", "scan"}
        assert all(0 <= share <= 1 for _, _, share in seen)
        assert seen[-1][1] is not None


class TestLifting:
    """The worst pair is lifted as far as the stated cost allows."""

    def best_floor(self, table, places, least):
        """By trying every floor with another solver."""
        floors = np.unique(table[table >= 0])
        return max(
            int(floor) for floor in floors if by_another_solver(np.where(table < floor, NOBODY, table), places) >= least
        )

    @pytest.mark.parametrize("permille", [1, 20, 200])
    def test_as_far_as_another_solver_says(self, permille):
        random = np.random.default_rng(6)
        table = random.integers(0, 400, (30, 24))
        places = random.choice([1, 2], 24)
        matched, total = worth(table, solved(table, places))
        answer = search_lifted(forms_of(table, places), draws_of(table), on, permille)
        rows = np.flatnonzero(answer.partner != NOBODY)
        points = table[rows, answer.partner[rows]]
        least = matched, total - total * permille // 1000
        floor = self.best_floor(table, places, least)
        assert points.min() == floor
        assert answer.floor <= floor
        kept = np.where(table < floor, NOBODY, table)
        assert worth(table, answer) == by_another_solver(kept, places) >= least
        assert_proved(np.where(table < answer.floor, NOBODY, table), places, answer)

    def test_nobody_to_lift(self):
        table = np.full((3, 2), NOBODY)
        answer = search_lifted(forms_of(table, np.ones(2, np.int64)), draws_of(table), on, 10)
        assert (answer.floor, worth(table, answer)) == (0, (0, 0))


@settings(max_examples=40, deadline=None)
@given(tables(people=8, most_places=2))
def test_walks_end_at_the_same_people_with_and_without_a_table(problem):
    table, places = problem
    forms, answer = forms_of(table, places), solved(table, places)
    small, large = Walks(forms, answer.partner), Walks(forms, answer.partner)
    large.is_small, large.at_once = False, 1
    free = np.flatnonzero(answer.partner == NOBODY)
    idle = np.flatnonzero(np.bincount(answer.partner[answer.partner != NOBODY], minlength=places.size) == 0)
    for one, other in ((small.from_rows(free), large.from_rows(free)), (small.from_cols(idle), large.from_cols(idle))):
        assert not one.is_open
        assert not other.is_open
        assert one.rows.tolist() == other.rows.tolist()
        assert one.cols.tolist() == other.cols.tolist()

"""Those who have waited come first: of all ways to match as many people, one that matches as many of them as possible.

First on bare numbers, where a row's turn is how many rounds it has waited, then on people.
"""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from cohorts import POLICY, cohorts, crowd, forms_of, person
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from reverse_mentoring_xblock.domain.matching import (
    Flaw,
    Limit,
    Mentee,
    Mentor,
    Organisation,
    Overrides,
    Round,
    Witness,
    eligible,
    propose,
    rematch,
    utility,
    violations,
)
from reverse_mentoring_xblock.domain.matching import pricing as pricing_
from reverse_mentoring_xblock.domain.matching import search as search_
from reverse_mentoring_xblock.domain.matching.lifting import search_lifted
from reverse_mentoring_xblock.domain.matching.overrides import Keeping, violations_keeping
from reverse_mentoring_xblock.domain.matching.utility import turn_of

NOBODY = -1
FIRST = replace(POLICY, waiting_first=True)


def on(*_):
    return True


def draws_of(table, seed=1):
    numbers = np.random.default_rng(seed).integers(0, 2**24, table.shape)
    return lambda rows, cols: numbers[rows, cols]


def solved(table, places, turns, seed=1, watch=on):
    return search_.search(forms_of(table, places, turns), draws_of(table, seed), watch)


def standing(turns):
    """How many of some people have each turn or a higher one: what is to be largest, the highest first."""
    return tuple(int((turns >= turn).sum()) for turn in range(3, 0, -1))


def worth(table, turns, answer):
    """(matched, of those who waited, points)."""
    rows = np.flatnonzero(answer.partner != NOBODY)
    return rows.size, *standing(turns[rows]), int(table[rows, answer.partner[rows]].sum())


def by_trying_all(table, turns, numbers, room, row=0):
    """The best (matched, of those who waited, points, draws, pairs) by trying every partner of every row."""
    if row == len(table):
        return 0, 0, 0, 0, 0, 0, ()
    best = by_trying_all(table, turns, numbers, room, row + 1)
    for col in np.flatnonzero((table[row] >= 0) & (np.array(room) > 0)).tolist():
        left = (*room[:col], room[col] - 1, *room[col + 1 :])
        *counts, points, draws, pairs = by_trying_all(table, turns, numbers, left, row + 1)
        counts = [number + more for number, more in zip(counts, (1, *standing(turns[[row]])), strict=True)]
        points, draws = points + int(table[row, col]), draws + int(numbers[row, col])
        best = max(best, (*counts, points, draws, ((row, col), *pairs)))
    return best


def by_another_solver(table, places, turns):
    """The best (matched, of those who waited, points) by scipy's dense solver, each worth more than all after it."""
    steps = [10**13, 2 * 10**10, 5 * 10**7]
    extra = steps[0] + (turns >= 2) * steps[1] + (turns >= 1) * steps[2]
    wide = np.where(table < 0, 0, table + extra[:, None])[:, np.repeat(np.arange(table.shape[1]), places)]
    rows, cols = linear_sum_assignment(wide, maximize=True)
    left, found = int(wide[rows, cols].sum()), []
    for step in steps:
        number, left = divmod(left, step)
        found.append(number)
    return (found[0], 0, *found[1:], left)


def assert_proved(table, places, turns, answer):
    """Prices that no pair beats and that meet the answer; for each turn people enough for the places they share."""
    matched = answer.partner != NOBODY
    prices, bonus = answer.row_price[:, None] + answer.col_price[None, :], answer.bonus + answer.first * turns
    assert (answer.row_price >= 0).all()
    assert (answer.col_price >= 0).all()
    assert (prices >= table + bonus[:, None])[table >= 0].all()
    bound = answer.row_price.sum() + (answer.col_price * places).sum() - bonus[matched].sum()
    assert bound == worth(table, turns, answer)[-1]
    for turn in {0, *turns.tolist()}:
        reached, some = answer.witnesses[turn], turns >= turn
        assert not (reached.rows & ~some).any()
        assert not (table[np.ix_(reached.rows, ~reached.cols)] >= 0).any()
        assert (some & ~reached.rows).sum() + places[reached.cols].sum() == (matched & some).sum()


@st.composite
def problems(draw, people=7, most_places=2):
    rows, cols = draw(st.integers(0, people)), draw(st.integers(0, people))
    # Points that lie as far apart as what a turn is worth make ties of who comes first and who is worth more.
    points = draw(st.sampled_from([st.integers(0, 2), st.integers(0, 10_000), st.sampled_from([0, 10_000])]))
    numbers = points | st.just(NOBODY)
    table = [[draw(numbers) for _ in range(cols)] for _ in range(rows)]
    places = [draw(st.integers(1, most_places)) for _ in range(cols)]
    turns = [draw(st.integers(0, 3)) for _ in range(rows)]
    return np.array(table, np.int64).reshape(rows, cols), np.array(places, np.int64), np.array(turns, np.int64)


def shape(rows, cols, top, share, waiting, seed=0):
    random = np.random.default_rng(rows + seed)
    table = np.where(random.random((rows, cols)) < share, random.integers(0, top + 1, (rows, cols)), NOBODY)
    places = random.choice([1, 2, 3], cols, p=[0.5, 0.35, 0.15])
    turns = np.where(random.random(rows) < waiting, random.integers(1, 3, rows), 0)
    # Those who have waited are worth little to everybody, as those who were left out are.
    return np.where((turns > 0)[:, None] & (table > 0), table // 4, table), places, turns


@settings(max_examples=150, deadline=None)
@given(problems(people=4), st.integers(0, 9))
def test_it_equals_brute_force_to_the_last_draw(problem, seed):
    table, places, turns = problem
    answer = solved(table, places, turns, seed)
    numbers = np.random.default_rng(seed).integers(0, 2**24, table.shape)
    *best, _, pairs = by_trying_all(table, turns, numbers, tuple(places.tolist()))
    assert worth(table, turns, answer) == tuple(best)
    assert tuple((row, col) for row, col in enumerate(answer.partner.tolist()) if col != NOBODY) == pairs
    assert_proved(table, places, turns, answer)


TIES = [
    # A newcomer, or one who has waited less, is worth more by exactly what the turn of the other is worth.
    ([1, 0, 0, 1], {(1, 0): 10_000, (2, 0): 10_000, (0, 0): 0, (3, 0): 0}),
    ([2, 1, 0], {(0, 0): 0, (1, 0): 10_000, (2, 0): 10_000}),
    # One pair less is worth more by exactly what a pair is worth, and leaves a place free for which people compete.
    (
        [0] * 6,
        dict.fromkeys([(0, 1), (1, 4), (4, 0), (4, 3), (2, 2), (3, 4), (5, 0)], 0)
        | dict.fromkeys([(0, 0), (1, 1), (2, 3), (3, 2)], 10_000),
    ),
]


@pytest.mark.parametrize(("turns", "pairs"), TIES, ids=["newcomer", "waited less", "one pair less"])
def test_no_draw_sets_points_against_numbers_or_turns(turns, pairs):
    """Whatever the order of people and the draws: all that is worth the same in the search is not equally good."""
    rows, cols = len(turns), 1 + max(col for _, col in pairs)
    places = np.ones(cols, np.int64)
    for seed in range(150):
        random = np.random.default_rng(seed)
        at_row, at_col = random.permutation(rows), random.permutation(cols)
        table, own = np.full((rows, cols), NOBODY), np.array(turns, np.int64)[np.argsort(at_row)]
        for (row, col), points in pairs.items():
            table[at_row[row], at_col[col]] = points
        numbers = np.random.default_rng(seed).integers(0, 2**24, table.shape)
        *_, best = by_trying_all(table, own, numbers, tuple(places.tolist()))
        partner = solved(table, places, own, seed).partner.tolist()
        assert tuple((row, col) for row, col in enumerate(partner) if col != NOBODY) == best


@settings(max_examples=25, deadline=None)
@given(problems(people=7, most_places=1).filter(lambda problem: problem[0].size <= 36))
def test_it_equals_brute_force_up_to_seven_a_side(problem):
    table, places, turns = problem
    best = by_trying_all(table, turns, np.zeros(table.shape, np.int64), tuple(places.tolist()))
    assert worth(table, turns, solved(table, places, turns)) == best[:-2]


@pytest.mark.parametrize(
    ("rows", "cols", "top", "share", "waiting"),
    [
        (600, 300, 10_000, 0.3, 0.2),  # more people than places
        (500, 200, 10_000, 0.3, 0.8),  # not all who have waited find a place
        (700, 430, 10_000, 0.5, 0.2),  # tight
        (300, 600, 10_000, 0.5, 0.2),  # more places than people
        (500, 250, 2, 0.5, 0.3),  # nearly everything is tied
        (500, 200, 0, 0.4, 0.5),  # everything is tied
        (600, 400, 10_000, 0.004, 0.4),  # many without a partner
    ],
)
def test_it_equals_another_solver_on_every_shape(rows, cols, top, share, waiting):
    table, places, turns = shape(rows, cols, top, share, waiting)
    answer = solved(table, places, turns)
    assert_proved(table, places, turns, answer)
    assert worth(table, turns, answer) == by_another_solver(table, places, turns)


@settings(max_examples=40, deadline=None)
@given(problems(people=9, most_places=2))
def test_samples_and_scans_come_to_the_same_answer_as_one_table(problem):
    table, places, turns = problem
    plain = solved(table, places, turns)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("SMALL", 3), ("SAMPLED", 2), ("NEAR", 100)):
            patch.setattr(pricing_, name, value)
        answer = solved(table, places, turns)
    assert answer.partner.tolist() == plain.partner.tolist()
    assert_proved(table, places, turns, answer)


def test_who_has_waited_is_worth_more_than_the_points_of_several():
    """Each of forty people steps to a partner worth nothing, so that a newcomer stays alone and nobody who waited."""
    size = 40
    table = np.full((size + 1, size), NOBODY)
    table[np.arange(size), np.arange(size)] = 10_000
    table[np.arange(size - 1), np.arange(1, size)] = 0
    table[size, 0] = 0
    turns, places = np.ones(size + 1, np.int64), np.ones(size, np.int64)
    turns[[size - 1, size]] = 0
    assert worth(table, turns, solved(table, places, turns)) == (size, 0, 0, size - 1, size * 10_000)
    turns[size] = 1
    answer = solved(table, places, turns)
    assert worth(table, turns, answer) == (size, 0, 0, size, 0)
    assert answer.first > search_.FIRST
    assert_proved(table, places, turns, answer)


def test_the_size_of_what_waiting_is_worth_changes_nothing(monkeypatch):
    """Neither one that is too small at first nor one that short floats cannot hold."""
    table, places, turns = shape(260, 110, 10_000, 0.4, 0.5)
    first = solved(table, places, turns)
    for value in (1, 3_000_001):
        monkeypatch.setattr(search_, "FIRST", value)
        answer = solved(table, places, turns)
        assert answer.first >= value
        assert answer.partner.tolist() == first.partner.tolist()
        assert_proved(table, places, turns, answer)


def test_where_nobody_has_waited_the_rule_changes_nothing():
    mentors, mentees = crowd(60, 130)
    plain, first = (propose(mentors, mentees, policy, seed=1) for policy in (POLICY, FIRST))
    assert first == plain
    assert (first.prices.first, first.prices.waiting) == (0, {})


class TestStopping:
    @pytest.mark.parametrize("part", [0, 0.02, 0.3, 0.6, 0.95])
    @pytest.mark.parametrize(("rows", "cols"), [(600, 250), (300, 500)])
    def test_the_bound_holds_at_any_moment(self, rows, cols, part):
        table, places, turns = shape(rows, cols, 10_000, 0.4, 0.4)
        looks = []
        solved(table, places, turns, watch=lambda *told: looks.append(told) or True)
        left = iter(range(int(part * len(looks))))
        answer = solved(table, places, turns, watch=lambda *_: next(left, None) is not None)
        best = by_another_solver(table, places, turns)
        assert answer.is_cut
        bonus = answer.bonus + answer.first * turns
        prices = answer.row_price[:, None] + answer.col_price[None, :]
        assert (prices >= table + bonus[:, None])[table >= 0].all()
        bound = answer.row_price.sum() + (answer.col_price * places).sum()
        waited = answer.first * sum(best[1:-1])
        assert bound >= best[-1] + best[0] * answer.bonus + waited
        assert all(most is None or most >= best[-1] for _, most, _ in looks)

    def test_it_is_not_certified_and_says_what_is_open(self):
        mentors, mentees = waiting_crowd(60, 330)
        ticks = iter(range(10**6))
        outcome = propose(mentors, mentees, FIRST, seed=1, limit=Limit(seconds=20, clock=lambda: next(ticks)))
        assert not outcome.certified
        open_ = {Flaw.TOTAL_OFF_BOUND, Flaw.MORE_POSSIBLE, Flaw.MORE_WAITING}
        assert {one.flaw for one in outcome.violations} <= open_


class TestLifting:
    """The worst pair is lifted as far as that costs nobody their turn."""

    def assert_as_far_as_another_solver_says(self, table, places, turns, permille):
        plain = worth(table, turns, solved(table, places, turns))
        least = *plain[:-1], plain[-1] - plain[-1] * permille // 1000
        answer = search_lifted(forms_of(table, places, turns), draws_of(table), on, permille)
        kept = {floor: np.where(table < floor, NOBODY, table) for floor in np.unique(table).tolist()}
        floor = max(one for one, rest in kept.items() if by_another_solver(rest, places, turns) >= least)
        rows = np.flatnonzero(answer.partner != NOBODY)
        assert table[rows, answer.partner[rows]].min() == floor
        assert worth(table, turns, answer) == by_another_solver(kept[floor], places, turns) >= least
        assert_proved(np.where(table < answer.floor, NOBODY, table), places, turns, answer)

    @pytest.mark.parametrize("permille", [1, 50, 300])
    def test_as_far_as_another_solver_says(self, permille):
        random = np.random.default_rng(6)
        table = random.integers(0, 400, (40, 22))
        places, turns = random.choice([1, 2], 22), random.choice([0, 0, 1, 2], 40)
        self.assert_as_far_as_another_solver_says(table, places, turns, permille)

    def test_when_a_turn_is_worth_hardly_more_than_the_points(self, monkeypatch):
        """At first only as much as it takes without a floor."""
        monkeypatch.setattr(search_, "FIRST", 1)
        for seed in range(60):
            random = np.random.default_rng(seed)
            table, turns = random.integers(0, 12, (6, 3)), random.choice([0, 0, 1, 2], 6)
            self.assert_as_far_as_another_solver_says(table, np.ones(3, np.int64), turns, 500)

    def test_of_a_round_is_certified(self):
        mentors, mentees = waiting_crowd(25, 90)
        plain = propose(mentors, mentees, FIRST, seed=1)
        lifted = propose(mentors, mentees, replace(FIRST, lift_permille=200), seed=1)
        assert lifted.certified
        assert lifted.floor > 0
        assert turns_of(lifted, mentees) == turns_of(plain, mentees)


def waiting_crowd(mentors, mentees, seed=1):
    """A crowd in which every third mentee has waited."""
    juniors, seniors = crowd(mentors, mentees, seed)
    random = Random(seed)
    return juniors, [replace(one, waited=random.choice([0, 0, 0, 0, 1, 3])) for one in seniors]


def turns_of(outcome, mentees):
    made = {pair.mentee if hasattr(pair, "mentee") else pair[1] for pair in outcome.pairs}
    return standing(np.array([turn_of(one, FIRST) for one in mentees if one.id in made], np.int64))


class TestRounds:
    @settings(max_examples=40, deadline=None)
    @given(cohort=cohorts(), shuffle=st.integers(0, 99))
    def test_every_round_is_certified_in_any_order_and_equals_brute_force(self, cohort, shuffle):
        mentors, mentees = cohort
        outcome = propose(mentors, mentees, FIRST, seed=5)
        assert outcome.certified
        org = Organisation.of([*mentors, *mentees])
        table = np.array(
            [
                [utility(one, two, FIRST).total if eligible(one, two, org, FIRST) else NOBODY for one in mentors]
                for two in mentees
            ],
            np.int64,
        ).reshape(len(mentees), len(mentors))
        turns = np.array([turn_of(one, FIRST) for one in mentees], np.int64)
        room = tuple(one.capacity for one in mentors)
        best = by_trying_all(table, turns, np.zeros(table.shape, np.int64), room)
        assert (outcome.matched, *turns_of(outcome, mentees), outcome.total) == best[:-2]
        Random(shuffle).shuffle(mentors)
        Random(shuffle).shuffle(mentees)
        assert propose(mentors, mentees, FIRST, seed=5) == outcome

    def test_a_crowd_in_any_order_gets_the_same_answer(self):
        mentors, mentees = waiting_crowd(150, 400)
        first = propose(mentors, mentees, FIRST, seed=7)
        Random(1).shuffle(mentors)
        Random(2).shuffle(mentees)
        assert first.certified
        assert propose(mentors, mentees, FIRST, seed=7) == first
        plain = propose(mentors, mentees, POLICY, seed=7)
        assert (first.matched, turns_of(first, mentees)) > (plain.matched, turns_of(plain, mentees))

    def test_more_rounds_than_count_come_no_earlier(self, mentor, mentee):
        """Of two who have waited two rounds and nine, points decide."""
        lone, fit, poor = mentor(1), mentee(11, waited=2, wishes=(frozenset({1}),)), mentee(12, waited=9)
        assert [pair.mentee for pair in propose([lone], [fit, poor], FIRST, seed=1).pairs] == [11]
        less = replace(fit, waited=1)
        assert [pair.mentee for pair in propose([lone], [less, poor], FIRST, seed=1).pairs] == [12]

    def test_nobody_is_left_out_for_those_who_have_waited(self, mentor, mentee):
        """Matching as many as possible comes before: the one who has waited fits only where two others are served."""
        en, fr, it = (frozenset({one}) for one in ("en", "fr", "it"))
        mentors = [mentor(1, languages=en), mentor(2, languages=fr | it)]
        mentees = [
            mentee(11, waited=2, languages=en),
            mentee(12, languages=en | fr),
            mentee(13, languages=it),
        ]
        made = [(pair.mentor, pair.mentee) for pair in propose(mentors, mentees, FIRST, seed=1).pairs]
        assert len(made) == 2
        assert (1, 11) in made

    def test_free_people_only(self):
        mentors, mentees = waiting_crowd(30, 90)
        live = Round(mentors, mentees, FIRST, seed=1).solve().pairs
        again = rematch(mentors, mentees, live[9:], FIRST, seed=2).solve()
        assert again.certified
        assert again.pairs == live[:9]

    def test_with_a_coordinators_word(self):
        mentors, mentees = waiting_crowd(12, 40, seed=3)
        newcomer = next(
            (one.id, two.id)
            for two in mentees
            for one in mentors
            if not two.waited and eligible(one, two, Organisation.of([*mentors, *mentees]), FIRST)
        )
        plain = Round(mentors, mentees, FIRST, seed=1).solve()
        assert newcomer not in plain.pairs
        word = Overrides((newcomer,), plain.pairs[:2])
        answer = Keeping(mentors, mentees, word, FIRST, seed=1).solve()
        assert answer.certified
        assert newcomer in answer.pairs
        assert violations_keeping(mentors, mentees, word, FIRST, answer.pairs, answer.prices) == []
        assert len(answer.pairs) == len(plain.pairs)
        rest = [one for one in mentees if one.id != newcomer[1]]
        assert turns_of(answer, rest) >= tuple(number - 1 for number in turns_of(plain, rest))


class TestProof:
    """The proof refuses whatever is wrong about those who have waited."""

    MENTORS, MENTEES = waiting_crowd(9, 40, seed=4)
    # Both compete for one mentor, so that not all who have waited are matched.
    MENTORS.append(person(Mentor, 50, languages=frozenset({"it"})))
    MENTEES += [person(Mentee, id_, languages=frozenset({"it"}), waited=2) for id_ in (60, 61)]
    MENTEES.append(person(Mentee, 77, languages=frozenset({"xx"}), waited=1, trained=False))

    @pytest.fixture
    def right(self):
        return Round(self.MENTORS, self.MENTEES, FIRST, seed=1).solve()

    def flaws(self, pairs, prices, policy=FIRST):
        return {one.flaw for one in violations(self.MENTORS, self.MENTEES, policy, pairs, prices)}

    def test_a_right_answer_is_proved(self, right):
        assert right.certified
        assert set(right.prices.waiting) == {1, 2}
        assert right.prices.first > 0
        assert 77 in right.prices.waiting[1].mentees
        assert {60, 61} <= set(right.prices.waiting[2].mentees)
        assert self.flaws(right.pairs, right.prices) == set()

    def test_the_answer_with_the_most_points_is_refused(self, right):
        """It is proved best without the rule, and matches fewer of those who have waited."""
        plain = Round(self.MENTORS, self.MENTEES, POLICY, seed=1).solve()
        assert plain.total > right.total
        assert self.flaws(plain.pairs, plain.prices, POLICY) == set()
        assert self.flaws(plain.pairs, plain.prices) == {Flaw.MORE_WAITING}
        assert Flaw.MORE_WAITING in self.flaws(plain.pairs, right.prices)

    def test_with_the_rule_off_the_answer_is_refused(self, right):
        assert self.flaws(right.pairs, right.prices, POLICY)

    @pytest.mark.parametrize("change", [-1, 1, -10_000, 10_000])
    def test_another_worth_of_waiting_is_refused(self, right, change):
        assert self.flaws(right.pairs, replace(right.prices, first=right.prices.first + change))

    @pytest.mark.parametrize("turn", [1, 2])
    def test_no_witness_is_refused(self, right, turn):
        rest = {one: witness for one, witness in right.prices.waiting.items() if one != turn}
        assert self.flaws(right.pairs, replace(right.prices, waiting=rest)) == {Flaw.MORE_WAITING}

    @pytest.mark.parametrize("turn", [1, 2])
    def test_every_change_of_a_witness_is_refused(self, right, turn):
        witness = right.prices.waiting[turn]
        turns = {one.id: turn_of(one, FIRST) for one in self.MENTEES}
        mentor, mentee = next(
            pair
            for pair in right.pairs
            if pair[0] not in witness.mentors and pair[1] not in witness.mentees and turns[pair[1]] >= turn
        )
        for claim in (
            Witness((*witness.mentees, mentee), witness.mentors),
            Witness((*witness.mentees, mentee), (*witness.mentors, mentor)),
            Witness(witness.mentees, (*witness.mentors, mentor)),
            Witness(witness.mentees[1:], witness.mentors),
            Witness(witness.mentees, witness.mentors[1:]),
            Witness(witness.mentees, ()),
            Witness(),
        ):
            prices = replace(right.prices, waiting={**right.prices.waiting, turn: claim})
            found = self.flaws(right.pairs, prices)
            assert found
            assert found <= {Flaw.WAITING_REFUTED, Flaw.MORE_WAITING}

    def test_each_wrong_price_is_refused(self, right):
        for side in ("mentors", "mentees"):
            for one in getattr(right.prices, side).keys() - {77}:
                table = dict(getattr(right.prices, side))
                table[one] += 1
                assert self.flaws(right.pairs, replace(right.prices, **{side: table}))

    def test_a_pair_that_beats_its_prices_by_what_waiting_is_worth_is_refused(self, right):
        """The sum stays as it is: a point less for one who has waited is a point more for somebody else."""
        waited = [one.id for one in self.MENTEES if turn_of(one, FIRST) and right.prices.mentees[one.id]]
        other = next(one.id for one in self.MENTEES if one.id not in waited)
        assert waited
        for one in waited:
            prices = right.prices.mentees
            moved = {**prices, one: prices[one] - 1, other: prices[other] + 1}
            assert self.flaws(right.pairs, replace(right.prices, mentees=moved)) == {Flaw.PRICES_BEATEN}

    def test_a_newcomer_in_the_place_of_somebody_who_has_waited_is_refused(self, right):
        by_id = {one.id: one for one in [*self.MENTORS, *self.MENTEES]}
        org, tried = Organisation.of(by_id.values()), 0
        alone = [two for two in self.MENTEES if two.id not in {mentee for _, mentee in right.pairs}]
        for mentor, mentee in right.pairs:
            for other in alone:
                if turn_of(other, FIRST) < turn_of(by_id[mentee], FIRST) and eligible(by_id[mentor], other, org, FIRST):
                    tried += 1
                    changed = [*(set(right.pairs) - {(mentor, mentee)}), (mentor, other.id)]
                    assert Flaw.MORE_WAITING in self.flaws(changed, right.prices)
        assert tried

    def test_one_who_waited_is_counted_by_the_people_not_by_the_prices(self, right):
        """Who claims that nobody has waited is refused: the proof reads it from the people."""
        forgotten = replace(right.prices, first=0, waiting={})
        assert Flaw.MORE_WAITING in self.flaws(right.pairs, forgotten)


@settings(max_examples=60, deadline=None)
@given(cohorts(people=4), st.data())
def test_any_other_number_order_or_total_of_pairs_is_refused(cohort, data):
    mentors, mentees = cohort
    answer = Round(mentors, mentees, FIRST, seed=3).solve()
    org, by_id = Organisation.of([*mentors, *mentees]), {one.id: one for one in [*mentors, *mentees]}
    points = {(m.id, e.id): utility(m, e, FIRST).total for m in mentors for e in mentees if eligible(m, e, org, FIRST)}
    chosen = data.draw(st.sets(st.sampled_from(sorted(points)))) if points else set()

    def worth_of(pairs):
        turns = np.array([turn_of(by_id[mentee], FIRST) for _, mentee in pairs], np.int64)
        return len(pairs), standing(turns), sum(map(points.get, pairs))

    is_as_good = worth_of(chosen) == worth_of(answer.pairs)
    assert is_as_good or violations(mentors, mentees, FIRST, sorted(chosen), answer.prices)

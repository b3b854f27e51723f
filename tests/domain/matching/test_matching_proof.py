"""The proof accepts what is right and refuses every kind of wrong answer."""

from dataclasses import replace

import pytest
from cohorts import POLICY, cohorts, crowd, person
from hypothesis import given, settings
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.matching import (
    Flaw,
    Mentee,
    Mentor,
    Organisation,
    Round,
    Witness,
    eligible,
    violations,
)
from reverse_mentoring_xblock.domain.matching import utility as worth_of
from reverse_mentoring_xblock.domain.matching.recount import Recount, is_ready_mentee, is_ready_mentor

MENTORS, MENTEES = crowd(9, 10, seed=4)
MENTORS.append(person(Mentor, 50, languages=frozenset({"it"})))
MENTEES += [person(Mentee, id_, languages=frozenset({"it"})) for id_ in (60, 61)]
EVERYBODY = [*MENTEES, person(Mentee, 77, languages=frozenset({"xx"}))]


@pytest.fixture(scope="module")
def right():
    return Round(MENTORS, EVERYBODY, POLICY, seed=1).solve()


def check(pairs, prices, mentors=MENTORS, mentees=EVERYBODY, **more):
    return violations(mentors, mentees, POLICY, pairs, prices, **more)


def flaws(*args, **kwargs):
    return {violation.flaw for violation in check(*args, **kwargs)}


def permitted(one, other):
    return eligible(one, other, Organisation.of([*MENTORS, *EVERYBODY]), POLICY)


def test_a_right_answer_is_proved(right):
    assert right.certified
    assert right.prices.witness == Witness((60, 61, 77), (50,))
    assert check(right.pairs, right.prices) == []


def test_an_unknown_person_is_refused(right):
    assert Flaw.UNKNOWN_PERSON in flaws([*right.pairs, (999, 77)], right.prices)
    assert Flaw.UNKNOWN_PERSON in flaws([*right.pairs, (1, 999)], right.prices)


def test_a_forbidden_pair_is_refused(right):
    assert Flaw.FORBIDDEN_PAIR in flaws([*right.pairs, (1, 77)], right.prices)


def test_a_mentee_with_two_mentors_is_refused(right):
    mentor, mentee = right.pairs[0]
    other = next(m.id for m in MENTORS if m.id != mentor)
    assert Flaw.MENTEE_TWICE in flaws([*right.pairs, (other, mentee)], right.prices)


def test_a_mentor_with_too_many_mentees_is_refused(right):
    held = [mentor for mentor, _ in right.pairs]
    full = next(m for m in MENTORS if held.count(m.id) == m.capacity)
    assert Flaw.OVER_CAPACITY in flaws([*right.pairs, (full.id, 77)], right.prices)


def test_a_pair_left_out_is_refused(right):
    assert flaws(right.pairs[:-1], right.prices) == {Flaw.TOTAL_OFF_BOUND, Flaw.MORE_POSSIBLE}


def test_a_worse_choice_of_as_many_is_refused(right):
    by_id = {one.id: one for one in [*MENTORS, *EVERYBODY]}
    swaps = [
        (first, second)
        for first in right.pairs
        for second in right.pairs
        if first < second
        and permitted(by_id[first[0]], by_id[second[1]])
        and permitted(by_id[second[0]], by_id[first[1]])
    ]
    refused = 0
    for first, second in swaps:
        swapped = [(first[0], second[1]), (second[0], first[1])]
        points = [worth_of(by_id[m], by_id[e], POLICY).total for m, e in (first, second, *swapped)]
        lost = points[0] + points[1] - points[2] - points[3]
        found = check([*(set(right.pairs) - {first, second}), *swapped], right.prices)
        assert [(one.flaw, one.amount) for one in found] == ([(Flaw.TOTAL_OFF_BOUND, lost)] if lost else [])
        refused += bool(lost)
    assert refused


@pytest.mark.parametrize("side", ["mentors", "mentees"])
@pytest.mark.parametrize("change", [1, -1])
def test_one_point_more_or_less_on_any_price_is_refused(right, side, change):
    unready = {77}
    for one in getattr(right.prices, side).keys() - unready:
        table = dict(getattr(right.prices, side))
        table[one] += change
        assert flaws(right.pairs, replace(right.prices, **{side: table}))


@pytest.mark.parametrize("change", [1, -1])
def test_another_bonus_is_refused(right, change):
    assert flaws(right.pairs, replace(right.prices, bonus=right.prices.bonus + change))


@pytest.mark.parametrize("side", ["mentors", "mentees"])
def test_a_price_missing_or_unknown_is_refused(right, side):
    table = dict(getattr(right.prices, side))
    extra = replace(right.prices, **{side: table | {7777: 0}})
    assert flaws(right.pairs, extra) == {Flaw.PRICE_UNKNOWN}
    del table[next(one for one, price in table.items() if price)]
    assert Flaw.PRICE_MISSING in flaws(right.pairs, replace(right.prices, **{side: table}))


@pytest.mark.parametrize("side", ["mentors", "mentees"])
def test_a_negative_price_is_refused(right, side):
    table = getattr(right.prices, side)
    lowered = replace(right.prices, **{side: table | {min(table): -1}})
    assert Flaw.PRICE_NEGATIVE in flaws(right.pairs, lowered)


def test_a_pair_that_beats_its_prices_is_refused(right):
    prices = right.prices
    one = next(m for m in MENTORS for e in MENTEES if permitted(m, e) and (m.id, e.id) not in right.pairs)
    other = next(e for e in MENTEES if permitted(one, e) and (one.id, e.id) not in right.pairs)
    slack = prices.mentors[one.id] + prices.mentees[other.id] - prices.bonus - worth_of(one, other, POLICY).total
    lowered = replace(prices, mentees=prices.mentees | {other.id: prices.mentees[other.id] - slack - 1})
    found = check(right.pairs, lowered)
    assert (Flaw.PRICES_BEATEN, one.id, other.id, 1) in [(x.flaw, x.mentor, x.mentee, x.amount) for x in found]


def test_a_witness_that_is_refuted_or_too_weak_is_refused(right):
    witness = right.prices.witness
    mentor, mentee = next(pair for pair in right.pairs if pair[0] != 50)
    for claim in (
        Witness((*witness.mentees, mentee), witness.mentors),
        Witness((*witness.mentees, mentee), (*witness.mentors, mentor)),
        Witness(witness.mentees, (*witness.mentors, mentor)),
        Witness(witness.mentees[1:], witness.mentors),
        Witness(witness.mentees, ()),
        Witness(),
    ):
        found = flaws(right.pairs, replace(right.prices, witness=claim))
        assert found
        assert found <= {Flaw.WITNESS_REFUTED, Flaw.MORE_POSSIBLE}


def test_fewer_people_for_the_right_sum_are_refused():
    """One pair of 6000 points against two that are worth less: without a witness nobody could tell."""
    strong = {"1.2": 100.0}
    need = {"need": {"1.2": 50.0}, "own": {"1.2": 20.0}}
    mentors = [
        person(Mentor, 1, strength=strong, languages=frozenset({"en", "fr"})),
        person(Mentor, 2, languages=frozenset({"fr"})),
    ]
    mentees = [person(Mentee, 11, **need, languages=frozenset({"en", "fr"})), person(Mentee, 12)]
    answer = Round(mentors, mentees, POLICY, seed=1).solve()
    assert answer.pairs == ((1, 12), (2, 11))
    prices = replace(answer.prices, bonus=0, mentors={1: 6000, 2: 0}, mentees={11: 0, 12: 0})
    found = {x.flaw for x in violations(mentors, mentees, POLICY, [(1, 11)], prices)}
    assert found == {Flaw.MORE_POSSIBLE}


def test_a_floor_forbids_what_is_worth_less(right):
    least = min(worth_of(m, e, POLICY).total for m in MENTORS for e in MENTEES if (m.id, e.id) in right.pairs)
    assert check(right.pairs, right.prices, floor=least) == []
    assert Flaw.FORBIDDEN_PAIR in flaws(right.pairs, right.prices, floor=least + 1)


def test_a_line_of_reporting_through_others_is_seen(right):
    mentor, mentee = right.pairs[0]
    linked = [replace(one, manager="between") if one.id == mentor else one for one in MENTORS]
    between = person(Mentor, 500, aliases=frozenset({"between"}), manager=f"person{mentee}")
    assert Flaw.FORBIDDEN_PAIR in flaws(right.pairs, right.prices, linked, others=[between])


@settings(max_examples=30, deadline=None)
@given(cohorts(people=4), st.data())
def test_any_other_number_or_total_of_pairs_is_refused(cohort, data):
    mentors, mentees = cohort
    answer = Round(mentors, mentees, POLICY, seed=3).solve()
    assert violations(mentors, mentees, POLICY, answer.pairs, answer.prices) == []
    org = Organisation.of([*mentors, *mentees])
    points = {
        (m.id, e.id): worth_of(m, e, POLICY).total for m in mentors for e in mentees if eligible(m, e, org, POLICY)
    }
    chosen = data.draw(st.sets(st.sampled_from(sorted(points)))) if points else set()
    is_as_good = (len(chosen), sum(map(points.get, chosen))) == (len(answer.pairs), answer.total)
    assert is_as_good or violations(mentors, mentees, POLICY, sorted(chosen), answer.prices)


@settings(max_examples=40, deadline=None)
@given(cohorts(people=5))
def test_the_recount_agrees_with_the_rules_and_the_points_pair_by_pair(cohort):
    mentors, mentees = cohort
    ready = [mentor for mentor in mentors if is_ready_mentor(mentor, POLICY)]
    org, count = Organisation.of([*mentors, *mentees]), Recount(ready, POLICY)
    assert all(m.capacity < 1 for m in mentors if m not in ready)
    for mentee in filter(lambda one: is_ready_mentee(one, POLICY), mentees):
        may, points = count.may(mentee), count.points(mentee)
        for place, mentor in enumerate(count.mentors):
            if eligible(mentor, mentee, org, POLICY):
                assert may[place]
            if place < len(points):
                assert points[place] == worth_of(mentor, mentee, POLICY).total

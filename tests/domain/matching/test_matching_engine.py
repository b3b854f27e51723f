"""A whole round: promises that hold for any cohort."""

from collections import Counter
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from cohorts import POLICY, TOPICS, cohorts, crowd, facts, person
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from reverse_mentoring_xblock.domain.matching import (
    Flaw,
    Limit,
    Mentee,
    Mentor,
    Organisation,
    Policy,
    Round,
    Why,
    eligible,
    engine,
    propose,
    scan,
    utility,
    weeks,
)
from reverse_mentoring_xblock.domain.states import Role


def made(outcome):
    return [(pair.mentor, pair.mentee) for pair in outcome.pairs]


@settings(max_examples=30, deadline=None)
@given(cohort=cohorts(), seed=st.integers(0, 99))
def test_every_round_keeps_its_promises(policy, cohort, seed):
    mentors, mentees = cohort
    outcome = propose(mentors, mentees, policy, seed)
    juniors = {one.id: one for one in mentors}
    seniors = {one.id: one for one in mentees}
    org = Organisation.of([*mentors, *mentees])

    assert outcome.certified
    assert outcome.total == outcome.bound == sum(pair.utility.total for pair in outcome.pairs)
    assert outcome.matched == len({mentee for _, mentee in made(outcome)}) == len(outcome.pairs)
    held = Counter(mentor for mentor, _ in made(outcome))
    assert all(times <= juniors[one].capacity for one, times in held.items())
    assert all(eligible(juniors[one], seniors[two], org, policy) for one, two in made(outcome))
    accounted = {(left.role, left.id) for left in outcome.left_out}
    assert accounted == {(Role.MENTOR, one) for one in juniors if one not in held} | {
        (Role.MENTEE, one) for one in seniors if one not in {two for _, two in made(outcome)}
    }


@settings(max_examples=25, deadline=None)
@given(cohort=cohorts(), shuffle=st.integers(0, 99))
def test_the_order_of_the_input_changes_nothing(policy, cohort, shuffle):
    mentors, mentees = cohort
    outcome = propose(mentors, mentees, policy, seed=5)
    Random(shuffle).shuffle(mentors)
    Random(shuffle).shuffle(mentees)
    assert propose(mentors, mentees, policy, seed=5) == outcome


@settings(max_examples=30, deadline=None)
@given(cohort=cohorts(), facts_=facts(), offered=TOPICS)
def test_another_mentor_never_lowers_the_number_matched(policy, cohort, facts_, offered):
    mentors, mentees = cohort
    # Known beforehand, so that the lines of reporting stay as they are.
    newcomer = person(Mentor, 99, **facts_, offered=offered)
    before = propose(mentors, mentees, policy, 5, others=[newcomer])
    after = propose([*mentors, newcomer], mentees, policy, 5)
    assert after.matched >= before.matched


@settings(max_examples=30, deadline=None)
@given(cohort=cohorts())
def test_everybody_left_out_by_competition_can_count_the_rivals(policy, cohort):
    mentors, mentees = cohort
    org = Organisation.of([*mentors, *mentees])
    for left in propose(mentors, mentees, policy, seed=5).left_out:
        if left.why is Why.COMPETITION:
            assert left.id in left.rivals
            assert left.sought > left.places
            for one in mentors:
                for two in mentees:
                    own, other = (one, two) if left.role is Role.MENTOR else (two, one)
                    if own.id in left.rivals and eligible(one, two, org, policy):
                        assert other.id in left.partners


def test_a_manager_who_takes_no_part_still_links_two_people(mentor, mentee, policy: Policy):
    junior, senior = mentor(1, manager="person3"), mentee(2)
    between = mentor(3, manager="person2")
    assert propose([junior], [senior], policy, seed=1).matched == 1
    assert propose([junior], [senior], policy, seed=1, others=[between]).matched == 0


def test_one_human_in_both_roles_is_never_paired_with_themselves(mentor, mentee, policy):
    kim = frozenset({"kim"})
    outcome = propose([mentor(1, aliases=kim)], [mentee(2, aliases=kim)], policy, seed=1)
    assert outcome.matched == 0
    assert outcome.certified


def test_an_empty_round_is_certified(policy):
    outcome = propose([], [], policy, seed=1)
    assert (outcome.matched, outcome.total, outcome.bound, outcome.certified) == (0, 0, 0, True)


def test_two_people_with_one_id_are_refused(mentor, mentee, policy):
    with pytest.raises(ValueError, match="same id"):
        propose([mentor(1), mentor(1)], [mentee(2)], policy, seed=1)


def test_a_faulty_engine_is_not_certified(mentor, mentee, policy, monkeypatch):
    right = engine.search

    def lazy(*problem):
        answer = right(*problem)
        return replace(answer, partner=np.full_like(answer.partner, -1))

    monkeypatch.setattr(engine, "search", lazy)
    outcome = propose([mentor(1)], [mentee(2)], policy, seed=1)
    assert (outcome.matched, outcome.certified) == (0, False)
    assert {violation.flaw for violation in outcome.violations} == {Flaw.TOTAL_OFF_BOUND, Flaw.MORE_POSSIBLE}


def test_numbers_that_undervalue_a_wish_are_not_certified(mentor, mentee, policy, monkeypatch):
    """The engine may be wrong about a pair and sure of itself; the proof counts from the people."""
    mentors = [mentor(1), mentor(2)]
    mentees = [mentee(11, wishes=(frozenset({1}),)), mentee(12, wishes=(frozenset({2}),))]
    assert propose(mentors, mentees, policy, seed=1).total == 1200
    right = engine.Cohort.of

    def deaf(*people):
        cohort = right(*people)
        listed = replace(cohort.forms.listed, values=cohort.forms.listed.values.clip(max=0))
        return replace(cohort, forms=replace(cohort.forms, listed=listed))

    monkeypatch.setattr(engine.Cohort, "of", deaf)
    outcomes = [propose(mentors, mentees, policy, seed) for seed in range(6)]
    assert not any(outcome.certified for outcome in outcomes)
    assert Flaw.PRICES_BEATEN in {violation.flaw for one in outcomes for violation in one.violations}


@pytest.mark.parametrize(("mentors", "mentees"), [(200, 300), (60, 300), (30, 300)])
def test_a_crowd_gets_the_total_that_another_solver_finds(mentors, mentees):
    juniors, seniors = crowd(mentors, mentees, seed=mentors)
    org, bonus = Organisation.of([*juniors, *seniors]), 10**9

    def worth_of(mentor, mentee):
        return bonus + utility(mentor, mentee, POLICY).total if eligible(mentor, mentee, org, POLICY) else 0

    worth = np.array([[worth_of(mentor, mentee) for mentor in juniors] for mentee in seniors[:100]])
    slots = np.repeat(np.arange(mentors), [m.capacity for m in juniors])
    best = worth[:, slots][linear_sum_assignment(worth[:, slots], maximize=True)].sum()
    outcome = Round(juniors, seniors[:100], POLICY, seed=1, others=seniors[100:]).solve()
    assert outcome.certified
    assert divmod(int(best), bonus) == (len(outcome.pairs), outcome.total)


def test_a_crowd_in_any_order_gets_the_same_answer():
    mentors, mentees = crowd(300, 330)
    first = propose(mentors, mentees, POLICY, seed=7)
    Random(1).shuffle(mentors)
    Random(2).shuffle(mentees)
    assert propose(mentors, mentees, POLICY, seed=7) == first
    assert first.certified
    assert propose(mentors, mentees, POLICY, seed=8).pairs != first.pairs


def test_the_next_best_partner_and_what_the_cohort_would_lose():
    mentors, mentees = crowd(12, 14, seed=2)
    outcome = propose(mentors, mentees, POLICY, seed=1)
    priced = [pair for pair in outcome.pairs if pair.next_best]
    assert priced
    by_id = {one.id: one for one in [*mentors, *mentees]}
    for pair in priced:
        other = pair.next_best
        assert other.mentor != pair.mentor
        assert other.points == utility(by_id[other.mentor], by_id[pair.mentee], POLICY).total
        # Make that pair, and match the others as well as can be.
        rest = [replace(m, capacity=m.capacity - (m.id == other.mentor)) for m in mentors]
        left = [e for e in mentees if e.id != pair.mentee]
        known = [by_id[pair.mentee]]
        again = propose(rest, left, POLICY, seed=1, others=known)
        if again.matched + 1 == outcome.matched:
            assert outcome.total - again.total - other.points >= other.cost


def test_the_worst_pair_is_lifted_at_the_stated_cost():
    mentors, mentees = crowd(25, 45, seed=6)
    plain = propose(mentors, mentees, POLICY, seed=1)
    lifted = propose(mentors, mentees, replace(POLICY, lift_permille=200), seed=1)
    worst = [min(pair.utility.total for pair in one.pairs) for one in (plain, lifted)]
    assert lifted.certified
    assert (plain.floor, lifted.matched) == (0, plain.matched)
    assert worst[0] < lifted.floor <= worst[1]
    assert plain.total * 800 // 1000 <= lifted.total <= plain.total


def test_many_who_would_fit_but_for_their_hours_hide_nobody_who_does(monkeypatch):
    """Each mentee shares hours with one mentor only, and would rather have any of the others."""
    monkeypatch.setattr(weeks, "MOST_COLUMNS", 4)
    monkeypatch.setattr(scan, "MOST_PER_ROW", 2)
    size = 240
    hours = [((n // 24 % 7, 60 * (n % 24), 60 * (n % 24) + 60),) for n in range(size)]
    mentors = [person(Mentor, n, windows=hours[n], time_zone="UTC", capacity=2) for n in range(160)]
    mentees = [
        person(Mentee, 1000 + n, windows=hours[n], time_zone="UTC", wishes=(frozenset({(n + 1) % 160}),))
        for n in range(size)
    ]
    outcome = Round(mentors, mentees, POLICY, seed=1).solve()
    assert outcome.certified
    assert len(outcome.pairs) == size - 8


class TestStopping:
    def test_at_the_time_limit_the_best_so_far_has_a_bound(self):
        mentors, mentees = crowd(300, 330)
        best = propose(mentors, mentees, POLICY, seed=1)
        ticks = iter(range(10**6))
        outcome = propose(mentors, mentees, POLICY, seed=1, limit=Limit(seconds=20, clock=lambda: next(ticks)))
        assert not outcome.certified
        assert 0 < outcome.matched <= best.matched
        assert outcome.bound >= best.total + (best.matched - outcome.matched) * outcome.prices.bonus
        assert {one.flaw for one in outcome.violations} <= {Flaw.TOTAL_OFF_BOUND, Flaw.MORE_POSSIBLE}

    def test_no_limit_is_reached_by_a_clock_that_stands_still(self):
        mentors, mentees = crowd(30, 33)
        outcome = propose(mentors, mentees, POLICY, seed=1, limit=Limit(seconds=1, clock=lambda: 5.0))
        assert outcome == propose(mentors, mentees, POLICY, seed=1)

    def test_who_watches_is_told_points_that_nothing_exceeds_and_every_step(self):
        told = []
        mentors, mentees = crowd(400, 600)
        outcome = propose(mentors, mentees, POLICY, seed=1, progress=lambda *step: not told.append(step))
        bounds = [so_far for _, so_far, _ in told if so_far is not None]
        assert outcome.certified
        assert min(bounds) == outcome.total
        assert {phase for phase, _, _ in told} == {"candidates", "repair", "scan", "proof", "reasons"}

    def test_who_watches_can_stop_it(self):
        mentors, mentees = crowd(300, 330)
        outcome = propose(mentors, mentees, POLICY, seed=1, progress=lambda *_: False)
        assert not outcome.certified
        # Nobody is told of rivals that were never proved.
        assert Why.UNDECIDED in {one.why for one in outcome.left_out}
        assert all(one.sought > one.places for one in outcome.left_out if one.why is Why.COMPETITION)

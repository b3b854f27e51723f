"""The engine's numbers say of every pair what the rules and the points say of it."""

from dataclasses import replace

import numpy as np
import pytest
from cohorts import POLICY, cohorts, crowd, person
from hypothesis import given, settings
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.matching import (
    Mentee,
    Mentor,
    Organisation,
    Weights,
    barred_pairs,
    eligible,
    kinds,
    utility,
    weeks,
)
from reverse_mentoring_xblock.domain.matching.draws import DRAW_BITS, pair_draws, person_draw
from reverse_mentoring_xblock.domain.matching.features import Cohort
from reverse_mentoring_xblock.domain.matching.forms import FORBIDDEN
from reverse_mentoring_xblock.domain.matching.hours import shared_minutes
from reverse_mentoring_xblock.domain.matching.shares import shared_out
from reverse_mentoring_xblock.domain.matching.weeks import Weeks

POLICIES = [
    POLICY,
    replace(POLICY, min_shared_minutes=0, require_training=False, manager_levels=2, queue_rounds=0),
    replace(POLICY, min_level_gap=-2, line_levels=0, min_shared_minutes=300),
    replace(POLICY, weights=Weights(cover=0, interests=4, wishes=9992, style=0, department=1, site=0, queue=0)),
]


def agrees(mentors, mentees, policy):
    org = Organisation.of([*mentors, *mentees])
    cohort = Cohort.of(mentors, mentees, org, policy, seed=1)
    forms = cohort.forms
    rows, cols = np.divmod(np.arange(forms.rows * forms.cols), max(forms.cols, 1))
    points = forms.points(rows, cols).reshape(forms.rows, forms.cols)
    for row, mentee in enumerate(cohort.mentees):
        for col, mentor in enumerate(cohort.mentors):
            expected = utility(mentor, mentee, policy).total if eligible(mentor, mentee, org, policy) else FORBIDDEN
            assert points[row, col] == expected
            if col >= forms.reach(row):
                assert expected == FORBIDDEN
    assert (points >= 0).sum() == sum(eligible(m, e, org, policy) for m in mentors for e in mentees)
    assert (forms.table(np.arange(forms.rows), np.arange(forms.cols)) == points).all()
    some = np.arange(0, forms.rows, 2), np.arange(1, forms.cols, 2)
    part = forms.part(*some)
    assert (part.table(np.arange(part.rows), np.arange(part.cols)) == points[np.ix_(*some)]).all()


@settings(max_examples=30, deadline=None)
@given(cohorts(), st.sampled_from(POLICIES))
def test_every_pair(cohort, policy):
    agrees(*cohort, policy)


@settings(max_examples=25, deadline=None)
@given(cohorts())
def test_every_pair_where_there_are_too_many_kinds_for_columns(cohort):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinds, "MOST_COLUMNS", 1)
        patch.setattr(weeks, "MOST_COLUMNS", 1)
        patch.setattr(barred_pairs, "LARGE_TEAM", 0)
        agrees(*cohort, POLICY)


def test_every_pair_of_a_larger_crowd():
    agrees(*crowd(60, 70), POLICY)


def test_a_floor_forbids_what_is_worth_less():
    mentors, mentees = crowd(10, 10)
    forms = Cohort.of(mentors, mentees, Organisation.of([*mentors, *mentees]), POLICY, seed=1).forms
    every = np.arange(forms.rows), np.arange(forms.cols)
    points = forms.table(*every)
    floor = int(np.median(points[points >= 0]))
    assert (replace(forms, floor=floor).table(*every) == np.where(points < floor, FORBIDDEN, points)).all()


def test_people_stand_by_level_and_then_by_the_draw():
    mentors, mentees = crowd(50, 50)
    org = Organisation.of([*mentors, *mentees])
    one, other = (Cohort.of(mentors, mentees, org, POLICY, seed) for seed in (1, 2))
    again = Cohort.of(mentors[::-1], mentees[::-1], org, POLICY, 1)
    assert [m.id for m in one.mentors] == [m.id for m in again.mentors] != [m.id for m in other.mentors]
    assert [m.level for m in one.mentees] == sorted(m.level for m in mentees)


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1e6)), st.integers(0, 1000))
def test_units_are_shared_out_whole(claims, units):
    shares = shared_out(units, claims)
    assert shares.keys() == {name for name, claim in claims.items() if claim > 0} or not shares
    if shares:
        whole = sum(claims.values())
        assert sum(shares.values()) == units
        assert all(abs(share - units * claims[name] / whole) < 1.001 for name, share in shares.items())
        assert shared_out(units, dict(reversed(claims.items()))) == shares


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 288), st.integers(0, 288)), max_size=4), st.data())
def test_packed_weeks_share_the_same_minutes(times, data):
    windows = tuple((day, 5 * start, 5 * end) for day, start, end in times)
    zones = st.sampled_from(["Europe/London", "Asia/Kathmandu", "Pacific/Auckland", "UTC"])
    one = person(Mentor, 1, time_zone=data.draw(zones), windows=windows)
    other = person(Mentee, 2, time_zone=data.draw(zones), windows=((0, 0, 1440), (3, 540, 615)))
    packed = Weeks.of([(one.time_zone, one.windows), (other.time_zone, other.windows)], POLICY.dates)
    assert packed.shared(np.array([0]), np.array([1])).tolist() == [shared_minutes(one, other, POLICY.dates)]


def test_draws_depend_on_seed_and_ids_alone_and_spread_evenly():
    mentors = np.array([person_draw(1, id_) for id_ in range(300)], np.uint64)
    mentees = np.array([person_draw(1, id_) for id_ in range(1000, 1300)], np.uint64)
    table = pair_draws(mentors[None, :], mentees[:, None])
    assert table[7, 3] == pair_draws(mentors[3:4], mentees[7:8])[0]
    assert np.unique(table).size > 0.99 * table.size
    assert table.min() >= 0
    assert table.max() < 1 << DRAW_BITS
    assert abs(table.mean() / (1 << DRAW_BITS - 1) - 1) < 0.01
    assert person_draw(1, 5) != person_draw(2, 5)

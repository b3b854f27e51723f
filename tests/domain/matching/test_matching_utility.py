"""Points: what they are made of and what they never exceed."""

from dataclasses import astuple, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.matching import (
    Basis,
    Mentee,
    Mentor,
    Parts,
    Weights,
    utility,
)
from reverse_mentoring_xblock.domain.matching.utility import gap_cover, lead_steps, own_level, wish_points

WEIGHTS = Weights()

NEED = {"1.2": 50.0, "2.1": 30.0, "4.1": 20.0}
OWN = {"1.2": 20.0, "2.1": 40.0, "4.1": 45.0}
STRENGTH = {"1.2": 70.0, "2.1": 60.0, "4.1": 65.0}


def test_cover_of_the_worked_example(mentor, mentee, policy):
    # Leads of 50, 20 and 20 points: 0.5 * 1 + 0.3 * 0.5 + 0.2 * 0.5.
    junior, senior = mentor(1, strength=STRENGTH), mentee(2, need=NEED, own=OWN)
    assert gap_cover(junior, senior, WEIGHTS) == 0.75 * 6000
    worth = utility(junior, senior, policy)
    assert (worth.basis, worth.cover, worth.parts.cover) == (Basis.SCORES, 750, 4500)


def test_a_mentor_who_is_not_willing_covers_nothing_there(mentor, mentee):
    senior = mentee(2, need=NEED, own=OWN)
    junior = mentor(1, strength=STRENGTH, offered=frozenset({"2.1", "4.1"}))
    assert gap_cover(junior, senior, WEIGHTS) == 0.25 * 6000


def test_a_mentor_behind_the_mentee_takes_nothing_away(mentor, mentee):
    behind = STRENGTH | {"2.1": 0.0}
    assert gap_cover(mentor(1, strength=behind), mentee(2, need=NEED, own=OWN), WEIGHTS) == 0.6 * 6000


def test_competences_without_evidence_on_either_side_do_not_count(mentor, mentee):
    junior = mentor(1, strength={"2.1": 60.0})
    assert gap_cover(junior, mentee(2, need=NEED, own=OWN), WEIGHTS) == 0.15 * 6000
    assert gap_cover(junior, mentee(2, need=NEED, own={}), WEIGHTS) == 0


@pytest.mark.parametrize(("strength", "need"), [({}, NEED), (STRENGTH, {}), (STRENGTH, {"1.2": 0})])
def test_declared_topics_decide_without_scores_on_both_sides(mentor, mentee, policy, strength, need):
    junior = mentor(1, strength=strength, offered=frozenset({"1.2", "5.1"}))
    senior = mentee(2, need=need, own=OWN, wanted=frozenset({"1.2", "2.1"}))
    worth = utility(junior, senior, policy)
    assert (worth.basis, worth.cover, worth.parts.cover) == (Basis.TOPICS, 500, 3000)
    assert (worth.topics, worth.wanted, worth.parts.interests) == (("1.2",), 2, 400)


def test_nothing_declared_is_worth_nothing(mentor, mentee, policy):
    assert utility(mentor(1), mentee(2), policy).total == 0


def test_a_topic_is_covered_from_a_lead_of_twenty(mentor, mentee, policy):
    senior = mentee(2, need=NEED, own=OWN, wanted=frozenset({"1.2", "2.1", "4.1"}))
    worth = utility(mentor(1, strength=STRENGTH | {"4.1": 64.9}), senior, policy)
    assert (worth.topics, worth.wanted) == (("1.2", "2.1"), 3)


def test_topics_not_chosen_are_the_largest_needs(mentor, mentee, policy):
    need = NEED | {"3.1": 10.0, "5.1": 0.0}
    worth = utility(mentor(1, strength=STRENGTH), mentee(2, need=need, own=OWN), policy)
    assert (worth.topics, worth.wanted) == (("1.2", "2.1", "4.1"), 3)


def test_interests_count_by_share_of_the_mentee(mentor, mentee, policy):
    junior = mentor(1, interests=frozenset({"music", "chess"}))
    senior = mentee(2, interests=frozenset({"chess", "rowing", "history"}))
    assert utility(junior, senior, policy).parts.interests == 268


def test_points_that_do_not_divide_go_to_the_first(mentor, mentee, policy):
    junior = mentor(1, interests=frozenset({"music", "chess"}))
    senior = mentee(2, interests=frozenset({"chess", "music", "history"}))
    assert utility(junior, senior, policy).parts.interests == 532


@pytest.mark.parametrize(("gladness", "points"), [(1, 400), (2, 600), (3, 800), (None, 800)])
def test_a_topic_counts_by_how_gladly_the_mentor_helps_with_it(mentor, mentee, policy, gladness, points):
    glad = {} if gladness is None else {"1.2": gladness}
    junior = mentor(1, strength=STRENGTH, offered=frozenset({"1.2"}), gladness=glad)
    senior = mentee(2, need=NEED, own=OWN, wanted=frozenset({"1.2"}))
    worth = utility(junior, senior, policy)
    assert (worth.parts.interests, worth.parts.cover) == (points, 3000)


def test_gladness_is_one_of_three(mentor):
    with pytest.raises(ValueError, match="Gladness"):
        mentor(1, gladness={"1.2": 4})


def test_the_order_of_the_scores_changes_no_bit(mentor, mentee):
    need = {"1.2": 0.1, "2.1": 0.2, "4.1": 0.3}
    own = dict.fromkeys(need, 50.0)
    junior = mentor(1, strength=dict.fromkeys(need, 90.0))
    forwards = gap_cover(junior, mentee(2, need=need, own=own), WEIGHTS)
    assert forwards == gap_cover(junior, mentee(2, need=dict(reversed(need.items())), own=own), WEIGHTS) == 6000


def test_chosen_topics_still_count_beside_scores(mentor, mentee, policy):
    junior = mentor(1, strength=STRENGTH, offered=frozenset({"1.2"}))
    senior = mentee(2, need=NEED, own=OWN, wanted=frozenset({"1.2", "2.1"}))
    assert utility(junior, senior, policy).parts.interests == 400


@pytest.mark.parametrize(("own", "other", "points"), [("a", "b", 800), ("a", "a", 0), ("", "b", 0)])
def test_distance_counts_only_where_both_are_known(mentor, mentee, policy, own, other, points):
    far = utility(mentor(1, department=own, site=own), mentee(2, department=other, site=other), policy)
    assert far.parts.department + far.parts.site == far.total == points


@pytest.mark.parametrize(("waited", "points"), [(0, 0), (1, 400), (2, 800), (9, 800), (-1, 0)])
def test_waiting_counts_until_two_rounds(mentor, mentee, policy, waited, points):
    assert utility(mentor(1), mentee(2, waited=waited), policy).parts.queue == points
    assert utility(mentor(1, waited=waited), mentee(2), policy).parts.queue == points


def test_the_queue_can_be_switched_off(mentor, mentee, policy):
    assert utility(mentor(1), mentee(2, waited=3), replace(policy, queue_rounds=0)).total == 0


@pytest.mark.parametrize(("evidence", "level"), [(0, 0), (2.4, 0), (2.5, 5), (45, 45), (97.6, 100)])
def test_own_evidence_is_counted_in_steps_of_five(evidence, level):
    assert own_level(evidence) == level


@pytest.mark.parametrize(("strength", "steps"), [(49, 0), (50, 0), (51.9, 0), (52, 1), (70, 5), (89.9, 10), (100, 10)])
def test_a_lead_is_counted_in_tenths_of_forty_points(strength, steps):
    assert lead_steps(strength, 50) == steps


def test_wishes_of_both_sides_by_rank(mentor, mentee, policy):
    wishing = mentor(1, wishes=(frozenset({9}), frozenset({2, 3})))
    wished = mentee(2, wishes=(frozenset({1}),))
    assert utility(wishing, wished, policy).parts.wishes == 600 * 4 // 5 + 600
    assert utility(wishing, mentee(3), policy).parts.wishes == 480
    assert utility(wishing, mentee(4), policy).parts.wishes == 0
    ranks = mentor(1, wishes=tuple(frozenset({n}) for n in range(2, 7)))
    assert [wish_points(ranks, n, WEIGHTS) for n in range(2, 7)] == [600, 480, 360, 240, 120]


def test_ways_of_working_count_by_likeness(mentor, mentee, policy):
    senior = mentee(2, style={"pace": 2, "detail": 5})
    assert utility(mentor(1, style={"pace": 2, "detail": 5}), senior, policy).parts.style == 400
    assert utility(mentor(1, style={"pace": 4, "detail": 1}), senior, policy).parts.style == 100
    assert utility(mentor(1, style={"pace": 2}), senior, policy).parts.style == 200
    assert utility(mentor(1), senior, policy).parts.style == 0


def test_minutes_are_told_and_not_paid(mentor, mentee, policy):
    worth = utility(mentor(1), mentee(2), policy)
    assert (worth.minutes, worth.total) == (180, 0)


@pytest.mark.parametrize(
    "wrong", [{"cover": 6010}, {"queue": -1}, {"cover": 5999}, {"style": 399}, {"wishes": 1199}, {"interests": 798}]
)
def test_weights_are_whole_and_stay_within_ten_thousand(wrong):
    with pytest.raises(ValueError, match="Weights"):
        Weights(**wrong)


def test_no_point_can_depend_on_who_a_person_was_born_as():
    known = {field.name for cls in (Mentor, Mentee) for field in fields(cls)}
    assert known.isdisjoint({"age", "birth", "sex", "gender", "origin", "nationality", "name"})


CODES = st.sampled_from(sorted(NEED))
SCORES = st.dictionaries(CODES, st.floats(0, 100))


@given(strength=SCORES, need=SCORES, own=SCORES, offered=st.frozensets(CODES), wait=st.integers(0, 5))
def test_points_are_whole_within_bounds_and_the_sum_of_their_parts(
    mentor, mentee, policy, strength, need, own, offered, wait
):
    junior = mentor(1, strength=strength, offered=offered, department="a", site="a")
    senior = mentee(2, need=need, own=own, wanted=offered, waited=wait, department="b", site="b")
    worth = utility(junior, senior, policy)
    assert 0 <= worth.total <= 10_000
    assert 0 <= worth.cover <= 1000
    assert worth.total == sum(astuple(worth.parts))
    assert all(isinstance(part, int) for part in astuple(worth.parts))
    assert isinstance(worth.parts, Parts)
    backwards = replace(senior, need=dict(reversed(need.items())))
    assert utility(junior, backwards, policy) == worth

"""A whole round: promises that hold for any cohort."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.matching import (
    Flaw,
    Organisation,
    Policy,
    Why,
    eligible,
    engine,
    propose,
    solve,
)
from reverse_mentoring_xblock.domain.states import Role

CODES = ["1.2", "2.1", "4.1"]
SCORES = st.dictionaries(st.sampled_from(CODES), st.integers(0, 100).map(float))
TOPICS = st.frozensets(st.sampled_from(CODES))
WHOLE_DAYS = tuple((day, 540, 1020) for day in range(5))


@st.composite
def facts(draw):
    return {
        "level": draw(st.integers(1, 6)),
        "department": draw(st.sampled_from(["", "it", "law"])),
        "site": draw(st.sampled_from(["leeds", "nairobi"])),
        "manager": draw(st.sampled_from(["", "boss", "person1", "person3", "person101", "person103"])),
        "languages": draw(st.frozensets(st.sampled_from(["en", "fr"]), min_size=1)),
        "time_zone": draw(st.sampled_from(["Europe/London", "Africa/Nairobi", "Asia/Singapore"])),
        "windows": draw(st.sampled_from([WHOLE_DAYS, WHOLE_DAYS[:1], ((0, 540, 630),)])),
        "vetoes": draw(st.frozensets(st.sampled_from(["person1", "person102"]), max_size=1)),
        "past": draw(st.frozensets(st.sampled_from([2, 101]), max_size=1)),
        "waited": draw(st.integers(0, 2)),
    }


@st.composite
def cohorts(draw, mentor, mentee, people=6):
    mentors = [
        mentor(
            id_,
            **draw(facts()),
            capacity=draw(st.integers(0, 2)),
            strength=draw(SCORES),
            offered=draw(TOPICS),
        )
        for id_ in range(1, 1 + draw(st.integers(0, people)))
    ]
    mentees = [
        mentee(id_, **draw(facts()), need=draw(SCORES), own=draw(SCORES), wanted=draw(TOPICS))
        for id_ in range(101, 101 + draw(st.integers(0, people)))
    ]
    return mentors, mentees


def made(outcome):
    return [(pair.mentor, pair.mentee) for pair in outcome.pairs]


@settings(max_examples=60, deadline=None)
@given(data=st.data(), seed=st.integers(0, 99))
def test_every_round_keeps_its_promises(mentor, mentee, policy, data, seed):
    mentors, mentees = data.draw(cohorts(mentor, mentee))
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


@settings(max_examples=40, deadline=None)
@given(data=st.data(), shuffle=st.integers(0, 99))
def test_the_order_of_the_input_changes_nothing(mentor, mentee, policy, data, shuffle):
    mentors, mentees = data.draw(cohorts(mentor, mentee))
    outcome = propose(mentors, mentees, policy, seed=5)
    Random(shuffle).shuffle(mentors)
    Random(shuffle).shuffle(mentees)
    assert propose(mentors, mentees, policy, seed=5) == outcome


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_another_mentor_never_lowers_the_number_matched(mentor, mentee, policy, data):
    mentors, mentees = data.draw(cohorts(mentor, mentee))
    # Known beforehand, so that the lines of reporting stay as they are.
    newcomer = mentor(99, **data.draw(facts()), offered=data.draw(TOPICS))
    before = propose(mentors, mentees, policy, 5, others=[newcomer])
    after = propose([*mentors, newcomer], mentees, policy, 5)
    assert after.matched >= before.matched


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_everybody_left_out_by_competition_can_count_the_rivals(mentor, mentee, policy, data):
    mentors, mentees = data.draw(cohorts(mentor, mentee))
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
    def lazy(*problem):
        return replace(solve(*problem), pairs=())

    monkeypatch.setattr(engine, "solve", lazy)
    outcome = propose([mentor(1)], [mentee(2)], policy, seed=1)
    assert (outcome.matched, outcome.certified) == (0, False)
    assert [violation.flaw for violation in outcome.violations] == [Flaw.TOTAL_OFF_BOUND]

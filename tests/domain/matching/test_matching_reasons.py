"""Reasons: codes and numbers for pairs, for the left out, and no trace of a veto."""

import pytest
from cohorts import crowd

from reverse_mentoring_xblock.domain.matching import Organisation, Reason, Rule, Why, eligible, leaving_out, propose
from reverse_mentoring_xblock.domain.states import Role

FRENCH = frozenset({"fr"})


def by_person(outcome):
    return {(one.role, one.id): one for one in outcome.left_out}


def test_a_pair_says_why_it_fits(mentor, mentee, policy):
    junior = mentor(
        1,
        department="it",
        site="leeds",
        languages=frozenset({"en", "sw"}),
        offered=frozenset({"1.2"}),
    )
    senior = mentee(
        2,
        department="law",
        site="leeds",
        languages=frozenset({"sw", "en", "fr"}),
        wanted=frozenset({"1.2", "3.1"}),
    )
    (pair,) = propose([junior], [senior], policy, seed=1).pairs
    assert pair.reason == Reason(
        topics=("1.2",),
        wanted=2,
        minutes=180,
        other_department=True,
        other_site=False,
        level_gap=3,
        languages=("en", "sw"),
    )


def test_an_unknown_department_is_not_another_one(mentor, mentee, policy):
    (pair,) = propose([mentor(1, department="it")], [mentee(2)], policy, seed=1).pairs
    assert not pair.reason.other_department


def test_the_rule_that_alone_removes_most_is_named(mentor, mentee, policy):
    mentors = [
        mentor(1, level=9),
        mentor(2, languages=FRENCH),
        mentor(3, languages=FRENCH),
        *(mentor(n, level=9, consent=False) for n in (4, 5, 6)),
    ]
    outcome = propose(mentors, [mentee(20)], policy, seed=1)
    alone = by_person(outcome)[Role.MENTEE, 20]
    assert (alone.why, alone.rule) == (Why.NO_PARTNER, Rule.LANGUAGE)
    assert alone.alone == ((Rule.LANGUAGE, 2), (Rule.SENIORITY_GAP, 1))
    assert alone.counts == ((Rule.SENIORITY_GAP, 4), (Rule.CONSENT, 3), (Rule.LANGUAGE, 2))


def test_where_nobody_is_one_rule_away_the_most_frequent_is_named(mentor, mentee, policy):
    mentors = [mentor(1, level=9, consent=False), mentor(2, level=9, languages=FRENCH)]
    alone = by_person(propose(mentors, [mentee(20)], policy, seed=1))[Role.MENTEE, 20]
    assert (alone.rule, alone.alone) == (Rule.SENIORITY_GAP, ())


def test_a_mentor_left_out_by_a_rule_is_told_too(mentor, mentee, policy):
    outcome = propose([mentor(1), mentor(2, trained=False)], [mentee(20)], policy, seed=1)
    (left,) = outcome.left_out
    assert (left.id, left.role, left.rule) == (2, Role.MENTOR, Rule.TRAINING)


@pytest.mark.parametrize("vetoing_side", [Role.MENTOR, Role.MENTEE])
def test_a_veto_is_neither_named_nor_counted(mentor, mentee, policy, vetoing_side):
    refused = {role: {} for role in Role}
    refused[vetoing_side] = {"vetoes": frozenset({"person1", "person20"})}
    junior = mentor(1, **refused[Role.MENTOR])
    senior = mentee(20, **refused[Role.MENTEE])
    outcome = propose([junior], [senior], policy, seed=1)
    assert outcome.matched == 0
    for left in outcome.left_out:
        assert (left.why, left.rule, left.alone, left.counts) == (Why.NO_PARTNER, None, (), ())


def test_a_veto_beside_another_rule_shows_only_that_rule(mentor, mentee, policy):
    senior = mentee(20, vetoes=frozenset({"person1"}), languages=FRENCH)
    alone = by_person(propose([mentor(1)], [senior], policy, seed=1))[Role.MENTEE, 20]
    assert (alone.rule, alone.counts) == (Rule.LANGUAGE, ((Rule.LANGUAGE, 1),))


def test_nobody_on_the_other_side(mentee, policy):
    (left,) = propose([], [mentee(20)], policy, seed=1).left_out
    assert (left.why, left.rule) == (Why.NO_PARTNER, None)


def test_competing_mentees_are_named_with_the_places_they_share(mentor, mentee, policy):
    mentors = [mentor(1, languages=FRENCH, capacity=2), mentor(2)]
    seniors = [*(mentee(n, languages=FRENCH) for n in (11, 12, 13, 14)), mentee(20)]
    outcome = propose(mentors, seniors, policy, seed=1)
    assert len(outcome.left_out) == 2
    for left in outcome.left_out:
        assert (left.why, left.role) == (Why.COMPETITION, Role.MENTEE)
        assert (left.rivals, left.sought) == ((11, 12, 13, 14), 4)
        assert (left.partners, left.places) == ((1,), 2)


def test_competition_follows_alternating_paths(mentor, mentee, policy):
    both = frozenset({"en", "fr"})
    mentors = [mentor(1, languages=FRENCH), mentor(2)]
    seniors = [mentee(11, languages=FRENCH), mentee(12, languages=both), mentee(13)]
    (left,) = propose(mentors, seniors, policy, seed=1).left_out
    assert (left.rivals, left.partners, left.places) == ((11, 12, 13), (1, 2), 2)


def test_competing_mentors_are_counted_by_their_places(mentor, mentee, policy):
    outcome = propose([mentor(1, capacity=2), mentor(2)], [mentee(20)], policy, seed=1)
    (left,) = outcome.left_out
    assert (left.why, left.role) == (Why.COMPETITION, Role.MENTOR)
    assert (left.rivals, left.sought, left.partners, left.places) == ((1, 2), 3, (20,), 1)


def test_the_rule_that_keeps_competitors_from_others_is_named(mentor, mentee, policy):
    mentors = [mentor(1, languages=FRENCH), *(mentor(n) for n in (2, 3))]
    seniors = [mentee(n, languages=FRENCH) for n in (11, 12)]
    outcome = propose(mentors, seniors, policy, seed=1)
    (left,) = [one for one in outcome.left_out if one.role is Role.MENTEE]
    assert (left.why, left.binding, left.rivals) == (Why.COMPETITION, Rule.LANGUAGE, (11, 12))


def test_a_pair_says_who_wished_for_it(mentor, mentee, policy):
    (pair,) = propose([mentor(1)], [mentee(2, wishes=(frozenset({1}),))], policy, seed=1).pairs
    assert pair.reason.wished_by == (Role.MENTEE,)


def test_in_a_crowd_one_set_of_rivals_stands_for_all_and_is_still_one(policy):
    mentors, mentees = crowd(120, 600, seed=3)
    outcome = propose(mentors, mentees, policy, seed=1)
    left = [one for one in outcome.left_out if one.role is Role.MENTEE and one.why is Why.COMPETITION]
    assert len(left) > leaving_out.APART
    org = Organisation.of([*mentors, *mentees])
    (rivals,) = {one.rivals for one in left}
    (partners,) = {one.partners for one in left}
    assert {one.id for one in left} <= set(rivals)
    assert left[0].sought == len(rivals) > left[0].places
    others = [m for m in mentors if m.id not in partners]
    assert not any(eligible(m, e, org, policy) for e in mentees if e.id in rivals for m in others)

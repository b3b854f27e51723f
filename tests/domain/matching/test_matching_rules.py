"""Every hard rule at its boundary."""

from dataclasses import replace

import pytest

from reverse_mentoring_xblock.domain.matching import (
    PRIVATE_RULES,
    Mode,
    Organisation,
    Rule,
    broken_rules,
    eligible,
)
from reverse_mentoring_xblock.domain.matching.rules import RULES


@pytest.fixture(scope="session")
def broken(policy):
    def check(junior, senior, *others, **limits):
        org = Organisation.of([junior, senior, *others])
        used = replace(policy, **limits)
        rules = broken_rules(junior, senior, org, used)
        assert eligible(junior, senior, org, used) is not bool(rules)
        return set(rules)

    return check


def test_every_rule_has_a_function():
    assert set(RULES) == set(Rule)


def test_a_fitting_pair_breaks_nothing(mentor, mentee, broken):
    assert broken(mentor(1), mentee(2)) == set()


@pytest.mark.parametrize(("level", "gap", "expected"), [(3, 1, set()), (2, 1, {"seniority_gap"})])
def test_seniority_gap(mentor, mentee, broken, level, gap, expected):
    assert broken(mentor(1, level=2), mentee(2, level=level), min_level_gap=gap) == expected


def test_a_wider_gap_can_be_asked_for(mentor, mentee, broken):
    assert broken(mentor(1, level=2), mentee(2, level=4), min_level_gap=2) == set()
    assert broken(mentor(1, level=2), mentee(2, level=3), min_level_gap=2) == {Rule.SENIORITY_GAP}


@pytest.mark.parametrize("levels_between", [0, 1, 2])
@pytest.mark.parametrize("upwards", [True, False])
def test_reporting_line_reaches_two_levels(mentor, mentee, broken, levels_between, upwards):
    top = 2 if upwards else 1
    between = [
        mentor(10 + n, manager=f"person{top if n == levels_between - 1 else 11 + n}") for n in range(levels_between)
    ]
    first = "person10" if between else f"person{top}"
    junior = mentor(1, manager=first if upwards else "")
    senior = mentee(2, manager="" if upwards else first)
    expected = set() if levels_between == 2 else {Rule.REPORTING_LINE}
    assert broken(junior, senior, *between) == expected


def test_reporting_line_joins_username_and_mail(mentor, mentee, broken):
    junior = mentor(1, manager="  Person3@Example.ORG ")
    middle = mentee(3, manager="person2@example.org")
    assert broken(junior, mentee(2), middle) == {Rule.REPORTING_LINE}
    assert broken(junior, mentee(2), middle, line_levels=1) == set()


def test_reporting_line_joins_two_entries_of_one_human(mentor, mentee, broken):
    as_mentor = mentor(3, aliases=frozenset({"kim", "kim@example.org"}))
    as_mentee = mentee(4, aliases=frozenset({"kim@example.org", "k.two"}), manager="person2")
    assert broken(mentor(1, manager="kim"), mentee(2), as_mentor, as_mentee) == {Rule.REPORTING_LINE}


def test_a_circle_of_managers_ends(mentor, mentee, broken):
    ring = [mentee(3, manager="person4"), mentee(4, manager="person3")]
    junior = mentor(1, manager="person3")
    assert broken(junior, mentee(2), *ring, line_levels=50) == set()


def test_nobody_is_their_own_line(mentor, mentee, broken):
    assert broken(mentor(1), mentee(2, manager="person2")) == set()


def test_shared_manager_counts_one_level(mentor, mentee, broken):
    outside = "director@example.org"
    junior, senior = mentor(1, manager=outside), mentee(2, manager=outside)
    assert broken(junior, senior) == {Rule.SHARED_MANAGER}
    nephew = mentor(1, manager="person3")
    assert broken(nephew, senior, mentor(3, manager=outside)) == set()
    assert broken(nephew, senior, mentor(3, manager=outside), manager_levels=2) == {Rule.SHARED_MANAGER}


def test_unknown_managers_are_not_shared(mentor, mentee, broken):
    assert broken(mentor(1, manager=""), mentee(2, manager=" ")) == set()


def test_language(mentor, mentee, broken):
    both = frozenset({"en", "fr"})
    assert broken(mentor(1, languages=both), mentee(2, languages=frozenset({"fr"}))) == set()
    assert broken(mentor(1), mentee(2, languages=frozenset({"fr"}))) == {Rule.LANGUAGE}
    assert broken(mentor(1, languages=frozenset()), mentee(2)) == {Rule.LANGUAGE}


@pytest.mark.parametrize(("end", "expected"), [(600, set()), (599, {"hours"})])
def test_hours(mentor, mentee, broken, end, expected):
    assert broken(mentor(1, windows=((0, 540, end),)), mentee(2)) == expected


def test_hours_can_be_left_to_the_pair(mentor, mentee, broken):
    assert broken(mentor(1, windows=()), mentee(2)) == {Rule.HOURS}
    assert broken(mentor(1, windows=()), mentee(2), min_shared_minutes=0) == set()


@pytest.mark.parametrize(("places", "expected"), [(1, set()), (0, {"capacity"})])
def test_capacity(mentor, mentee, broken, places, expected):
    assert broken(mentor(1, capacity=places), mentee(2)) == expected


@pytest.mark.parametrize(("fact", "rule"), [("trained", "training"), ("consent", "consent")])
def test_training_and_consent_are_asked_of_both(mentor, mentee, broken, fact, rule):
    assert broken(mentor(1, **{fact: False}), mentee(2)) == {rule}
    assert broken(mentor(1), mentee(2, **{fact: False})) == {rule}


def test_training_can_be_left_out_of_a_programme(mentor, mentee, broken):
    assert broken(mentor(1, trained=False), mentee(2), require_training=False) == set()


@pytest.mark.parametrize("alias", ["person{}", "PERSON{}@example.org "])
def test_veto_of_either_side_under_any_alias(mentor, mentee, broken, alias):
    refused = frozenset({alias.format(2)})
    assert broken(mentor(1, vetoes=refused), mentee(2)) == {Rule.VETO}
    assert broken(mentor(1, vetoes=refused), mentee(3)) == set()
    assert broken(mentor(1), mentee(2, vetoes=frozenset({alias.format(1)}))) == {Rule.VETO}


def test_past_partner_of_either_side(mentor, mentee, broken):
    assert broken(mentor(1, past=frozenset({2})), mentee(2)) == {Rule.PAST_PARTNER}
    assert broken(mentor(1), mentee(2, past=frozenset({1}))) == {Rule.PAST_PARTNER}
    assert broken(mentor(1, past=frozenset({3})), mentee(2)) == set()


@pytest.mark.parametrize("fact", ["avoid", "conflicts"])
def test_avoid_and_conflict_of_either_side(mentor, mentee, broken, fact):
    rule = {"avoid": Rule.AVOID, "conflicts": Rule.CONFLICT}[fact]
    assert broken(mentor(1, **{fact: frozenset({2})}), mentee(2)) == {rule}
    assert broken(mentor(1), mentee(2, **{fact: frozenset({1})})) == {rule}
    assert broken(mentor(1, **{fact: frozenset({3})}), mentee(2)) == set()


def test_a_veto_an_avoid_list_and_a_declared_conflict_are_private():
    assert {Rule.VETO, Rule.AVOID, Rule.CONFLICT} == PRIVATE_RULES


@pytest.mark.parametrize(
    ("one", "other", "sites", "fits"),
    [
        ("both", "both", ("", ""), True),
        ("remote", "both", ("leeds", "graz"), True),
        ("remote", "onsite", ("leeds", "leeds"), False),
        ("onsite", "both", ("leeds", "leeds"), True),
        ("onsite", "onsite", ("leeds", "leeds"), True),
        ("onsite", "both", ("leeds", "graz"), False),
        ("onsite", "onsite", ("", ""), False),
    ],
)
def test_mode(mentor, mentee, broken, one, other, sites, fits):
    expected = set() if fits else {Rule.MODE}
    for first, second in ((one, other), (other, one)):
        junior, senior = mentor(1, mode=Mode(first), site=sites[0]), mentee(2, mode=Mode(second), site=sites[1])
        assert broken(junior, senior) == expected


def test_same_person_by_id_or_by_alias(mentor, mentee, broken):
    assert broken(mentor(1), mentee(1, aliases=frozenset({"other"}))) == {Rule.SAME_PERSON}
    assert broken(mentor(1), mentee(2, aliases=frozenset({"Person1"}))) == {Rule.SAME_PERSON}
    nameless = {"aliases": frozenset()}
    assert broken(mentor(1, **nameless), mentee(2, **nameless)) == set()


def test_all_broken_rules_are_told(mentor, mentee, broken):
    junior = mentor(1, level=9, consent=False, capacity=0)
    assert broken(junior, mentee(2)) == {Rule.SENIORITY_GAP, Rule.CONSENT, Rule.CAPACITY}


@pytest.mark.parametrize("window", [(7, 0, 60), (-1, 0, 60), (0, -1, 60), (0, 0, 1441)])
def test_a_window_outside_the_week_is_refused(mentor, window):
    with pytest.raises(ValueError, match="outside the week"):
        mentor(1, windows=(window,))


@pytest.mark.parametrize(
    "wishes",
    [(frozenset({1, 2}), frozenset({2})), tuple(frozenset({n}) for n in range(6)), (frozenset(),)],
)
def test_wishes_for_too_many_or_for_one_twice_are_refused(mentor, wishes):
    with pytest.raises(ValueError, match="Wishes"):
        mentor(1, wishes=wishes)


def test_style_outside_its_steps_is_refused(mentor):
    with pytest.raises(ValueError, match="Style"):
        mentor(1, style={"pace": 6})

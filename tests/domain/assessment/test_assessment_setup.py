"""What an author writes about a round, read line by line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reverse_mentoring_xblock.domain.assessment.setup import (
    RoleProfile,
    Setup,
    Span,
    Unreadable,
    competences_from,
    profile_named,
    profiles_from,
    weights_from,
)
from reverse_mentoring_xblock.domain.errors import Conflict

KNOWN = ("1.1", "1.2", "4.1")
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def refused(read, *given):
    with pytest.raises(Unreadable) as found:
        read(*given)
    return found.value.code, found.value.line, found.value.text


def test_profiles_one_a_line():
    text = (
        "Most roles: intermediate\n\n  Executive : Intermediate, 1.2 advanced , 4.1 ADVANCED\nClerks: basic\nOthers:\n"
    )
    assert profiles_from(text, KNOWN) == (
        RoleProfile("Most roles", 60),
        RoleProfile("Executive", 60, {"1.2": 85, "4.1": 85}),
        RoleProfile("Clerks", 35),
        RoleProfile("Others", 60),
    )
    assert profiles_from("Board: 4.1 advanced", KNOWN) == (RoleProfile("Board", 60, {"4.1": 85}),)
    assert profiles_from(" \n\n", KNOWN) == ()


def test_a_target_for_each_competence():
    executive = RoleProfile("Executive", 60, {"1.2": 85})
    assert executive.targets(["1.1", "1.2"]) == {"1.1": 60, "1.2": 85}
    assert profile_named([executive], "Executive") is executive
    assert profile_named([executive], "executive") is None


@pytest.mark.parametrize(
    ("text", "code", "line", "part"),
    [
        ("Executive", "profile_name", 1, "Executive"),
        ("a: basic\n: basic", "profile_name", 2, ": basic"),
        ("\n\n" + "x" * 61 + ": basic", "profile_name", 3, "x" * 61 + ": basic"),
        ("A: basic\n\na: advanced", "profile_twice", 3, "a"),
        ("A: 1.2 basic, 1.2 advanced", "profile_twice", 1, "1.2"),
        ("A: good", "target", 1, "good"),
        ("A: basic\nB: basic, advanced", "target", 2, "advanced"),
        ("A: 1.2 advanced, basic", "target", 1, "basic"),
        ("A: 9.9 advanced", "target", 1, "9.9 advanced"),
        ("A: 1.2 perfect", "target", 1, "1.2 perfect"),
        ("A: 1.2", "target", 1, "1.2"),
        ("\n".join(f"{n}: basic" for n in range(8)) + "\n\n9: basic", "too_many_profiles", 10, "9: basic"),
    ],
)
def test_profiles_that_cannot_be_read(text, code, line, part):
    assert refused(profiles_from, text, KNOWN) == (code, line, part)


def test_a_name_of_sixty_and_eight_profiles_are_fine():
    lines = ["x" * 60, *"abcdefg"]
    assert len(profiles_from("\n".join(f"{name}: basic" for name in lines), KNOWN)) == 8


def test_weights_one_a_line():
    assert weights_from("4.1: 1.5\n\n 1.2 : 0,5\n1.1:1", KNOWN) == {"4.1": 1.5, "1.2": 0.5, "1.1": 1.0}
    assert weights_from("", KNOWN) == {}


@pytest.mark.parametrize(
    ("text", "code", "line", "part"),
    [
        ("9.9: 1", "competence", 1, "9.9"),
        ("4.1: 1\n1.2 1.5", "competence", 2, "1.2 1.5"),
        ("1.2", "competence", 1, "1.2"),
        ("4.1: 1\n\n4.1: 1", "competence_twice", 3, "4.1"),
        ("4.1: a lot", "weight", 1, "a lot"),
        ("4.1:", "weight", 1, ""),
        ("4.1: 0.4", "weight", 1, "0.4"),
        ("4.1: 1.6", "weight", 1, "1.6"),
        ("4.1: nan", "weight", 1, "nan"),
        ("4.1: inf", "weight", 1, "inf"),
    ],
)
def test_weights_that_cannot_be_read(text, code, line, part):
    assert refused(weights_from, text, KNOWN) == (code, line, part)


OWN = "5.2 5.1, 1.1;1.2\n2.1,2.2 3.1\n3.2 4.1 4.2"


def test_an_own_set_comes_in_the_banks_order(bank):
    assert competences_from(OWN, bank) == ("1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2", "5.1", "5.2")
    assert competences_from(f"{OWN} 4.2 1.3", bank).count("4.2") == 1


@pytest.mark.parametrize(
    ("text", "code", "line", "part"),
    [
        (OWN + " 9.9", "competence", 3, "9.9"),
        ("1.1 one\n" + OWN, "competence", 1, "one"),
        (OWN.replace("2.2 ", ""), "area", 1, "2"),
        ("", "area", 1, "1"),
    ],
)
def test_own_sets_that_cannot_be_asked(bank, text, code, line, part):
    assert refused(competences_from, text, bank) == (code, line, part)


def test_a_competence_without_items_cannot_be_asked(bank):
    without = {name: item for name, item in bank.items.items() if name != "s-4.2-A"}
    assert refused(competences_from, OWN, replace(bank, items=without)) == ("competence", 3, "4.2")


@pytest.mark.parametrize(
    ("opens", "closes", "state"),
    [
        (None, None, "open"),
        (NOW, None, "open"),
        (NOW + DAY, None, "early"),
        (None, NOW + DAY, "open"),
        (None, NOW, "closed"),
        (NOW - DAY, NOW + DAY, "open"),
        (NOW + DAY, NOW - DAY, "early"),
    ],
)
def test_when_a_round_is_open(opens, closes, state):
    span = Span(opens, closes)
    assert span.state(NOW) == state
    if state == "open":
        span.check(NOW)
        return
    with pytest.raises(Conflict) as refused:
        span.check(NOW)
    assert (refused.value.code, dict(refused.value.params)) == (
        ("round_not_open", {"opens": opens}) if state == "early" else ("round_closed", {"closes": closes})
    )


def test_no_scenarios_where_the_author_wants_none():
    assert not Setup(("1.1",), ()).uses_checks
    assert Setup(("1.1",), (), most_checks=4).uses_checks

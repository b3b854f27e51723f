"""Which scenarios are asked, and what their answers say."""

from dataclasses import replace

import pytest

from reverse_mentoring_xblock.domain.assessment.answers import Chosen
from reverse_mentoring_xblock.domain.assessment.bank import CheckRouting, Form, Rung
from reverse_mentoring_xblock.domain.assessment.scenarios import (
    Candidate,
    by_competence,
    choose,
    most_checks,
    room_for_checks,
    verdicts,
    wanted_rung,
)


def able(code, score=30.0, target=60.0, matters=1, rung=Rung.I):
    return Candidate(code, score, target, matters, rung)


def competences(names):
    return [name.split("-")[1] for name in names]


def test_what_the_programme_wants_comes_first_then_near_the_target_then_high_and_important(bank):
    wanted = replace(bank, routing=replace(bank.routing, checks=CheckRouting(first=("5.1",))))
    four = [able("1.1"), able("2.1", 75, 90.1, 2), able("3.1", 72, 60), able("5.1", 0)]
    for seed in range(20):
        assert competences(choose(wanted, four, Form.A, seed, 4)) == ["5.1", "3.1", "2.1", "1.1"]


@pytest.mark.parametrize(
    ("candidate", "is_before"),
    [
        (able("3.1", 48), True),
        (able("3.1", 72), True),
        (able("3.1", 47.9), False),
        (able("3.1", 72.1), False),
        (able("3.1", 75, 35, 2), True),
        (able("3.1", 74.9, 35, 3), False),
        (able("3.1", 100, 35, 1), False),
        (able("3.1", 100, 35, None), False),
    ],
)
def test_where_a_scenario_tells_most(bank, candidate, is_before):
    others = [able(code) for code in ("1.1", "1.2", "2.1", "2.2")]
    first = [competences(choose(bank, [*others, candidate], Form.A, seed, 1))[0] for seed in range(30)]
    assert (set(first) == {"3.1"}) is is_before


def test_the_rest_is_drawn_by_the_seed(bank):
    candidates = [able(code) for code in bank.competences]
    drawn = {choose(bank, candidates, Form.A, seed, 3) for seed in range(30)}
    assert len(drawn) > 15
    assert choose(bank, candidates, Form.A, 5, 3) == choose(bank, candidates[::-1], Form.A, 5, 3)
    assert choose(bank, candidates, Form.A, 5, 3) == choose(bank, candidates, Form.A, 5, 11)[:3]


@pytest.mark.parametrize("count", [0, -2])
def test_no_more_than_there_is_room_for(bank, count):
    assert choose(bank, [able("1.1")], Form.A, 1, count) == ()


def test_both_forms_draw_the_same_competences(bank):
    candidates = [able(code) for code in bank.competences]
    first, second = (choose(bank, candidates, form, 3, 6) for form in Form)
    assert [bank.counterpart(name) for name in first] == list(second)


def test_the_nearest_rung_is_taken_the_easier_of_two(bank):
    checks = {name: check for name, check in bank.checks.items() if check.competence != "1.2"}
    for rung in (Rung.B, Rung.A):
        made = replace(bank.checks["k-1.1-B-a"], id=f"k-1.2-{rung}-a", competence="1.2", rung=rung)
        checks[made.id] = made
    both = replace(bank, checks=checks)
    taken = {rung: choose(both, [able("1.2", rung=rung)], Form.A, 1, 1)[0] for rung in Rung}
    assert taken == {Rung.B: "k-1.2-B-a", Rung.I: "k-1.2-B-a", Rung.A: "k-1.2-A-a"}


@pytest.mark.parametrize(
    ("first", "second", "route", "expected"),
    [
        (0, 4, Rung.B, Rung.B),
        (1, None, Rung.B, Rung.B),
        (2, 4, Rung.A, Rung.I),
        (3, 1, Rung.A, Rung.I),
        (3, 2, Rung.A, Rung.A),
        (4, 4, Rung.A, Rung.A),
        (4, None, Rung.A, Rung.I),
        (4, 4, Rung.B, Rung.B),
    ],
)
def test_which_rung_is_wanted(first, second, route, expected):
    assert wanted_rung(first, second, route) is expected


@pytest.mark.parametrize(("size", "room"), [(10, 16), (12, 12), (13, 30), (21, 14), (40, 0)])
def test_the_cap_on_questions_leaves_room_for(size, room):
    assert room_for_checks(size) == room


@pytest.mark.parametrize(
    ("routing", "size", "most"),
    [
        (CheckRouting(), 10, 10),
        (CheckRouting(), 12, 10),
        (CheckRouting(), 13, 12),
        (CheckRouting(), 21, 12),
        (CheckRouting(most=30, most_in_large_sets=40), 12, 12),
        (CheckRouting(most=30, most_in_large_sets=40), 21, 14),
        (CheckRouting(most=3, most_in_large_sets=4), 21, 4),
    ],
)
def test_how_many_scenarios_a_round_asks_for(bank, routing, size, most):
    assert most_checks(replace(bank, routing=replace(bank.routing, checks=routing)), size) == most


@pytest.mark.parametrize(
    ("answer", "is_right", "probability", "is_sure_and_wrong"),
    [
        (Chosen("one", "certain"), True, 0.95, False),
        (Chosen("one"), True, None, False),
        (Chosen("two", "guess"), False, 0.25, False),
        (Chosen("two", "even"), False, 0.50, False),
        (Chosen("two", "fairly"), False, 0.75, True),
        (Chosen("two", "certain"), False, 0.95, True),
        (Chosen("two"), False, None, False),
        (Chosen("unsure"), False, None, False),
    ],
)
def test_a_verdict(bank, answer, is_right, probability, is_sure_and_wrong):
    (found,) = verdicts(bank, ["k-1.1-B-a"], {"k-1.1-B-a": answer})
    assert (found.is_right, found.probability, found.is_sure_and_wrong) == (is_right, probability, is_sure_and_wrong)


def test_skipped_and_unanswered_scenarios_and_those_of_another_bank_have_no_verdict(bank):
    names = ["k-2.1-B-a", "k-1.1-B-a", "k-9.9-B-a", "k-1.2-I-a"]
    answers = {"k-1.1-B-a": "skip", "k-9.9-B-a": Chosen("one"), "k-1.2-I-a": Chosen("one")}
    assert [one.check.id for one in verdicts(bank, names, answers)] == ["k-1.2-I-a"]


def test_verdicts_stand_under_their_competence(bank):
    names = ["k-2.1-B-a", "k-1.1-B-a", "k-1.1-B-b"]
    found = by_competence(verdicts(bank, names, dict.fromkeys(names, Chosen("two"))))
    assert {code: [one.check.id for one in some] for code, some in found.items()} == {
        "2.1": ["k-2.1-B-a"],
        "1.1": ["k-1.1-B-a", "k-1.1-B-b"],
    }


def test_a_counterpart_tests_the_same_with_the_other_story(bank):
    assert bank.counterpart("k-1.1-B-a") == "k-1.1-B-b"
    assert bank.counterpart("k-1.1-B-b") == "k-1.1-B-a"
    assert bank.counterpart("k-nothing") is None
    lonely = replace(bank, checks={"k-1.1-B-a": bank.checks["k-1.1-B-a"]})
    assert lonely.counterpart("k-1.1-B-a") is None
    harder = replace(bank.checks["k-1.1-B-b"], rung=Rung.A)
    unlike = replace(bank, checks={"k-1.1-B-a": bank.checks["k-1.1-B-a"], harder.id: harder})
    assert unlike.counterpart("k-1.1-B-a") is None

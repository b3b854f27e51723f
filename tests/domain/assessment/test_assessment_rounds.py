from dataclasses import replace

import pytest

from reverse_mentoring_xblock.domain.assessment import ladder
from reverse_mentoring_xblock.domain.assessment.rounds import (
    Round,
    answer_from,
    answers_from,
    is_about_importance,
    offers,
    strength,
)

CODES = ("1.1", "1.2", "2.1", "2.2")


def a_round(bank, answers=None, asks_matters=True, competences=CODES):
    return Round(bank, competences, 7, answers or {}, asks_matters)


def answer_to_the_end(said, value=3):
    while question := said.position().question:
        said = replace(said, answers={**said.answers, question.id: value})
    return said


@pytest.mark.parametrize("at", ["", "s-1.1-I", "m-2.2", "no-such"])
def test_a_mentees_round_walks_the_ladder_of_the_domain(bank, at):
    said = a_round(bank)
    while said.position().question:
        assert said.position(at) == ladder.position(bank, CODES, said.answers, 7, at)
        assert said.path() == ladder.path(bank, CODES, said.answers, 7)
        assert said.progress() == ladder.estimate(bank, CODES, said.answers, 7)
        said = replace(said, answers={**said.answers, said.position().question.id: 2})


def test_mentors_are_not_asked_what_matters(bank):
    said = answer_to_the_end(a_round(bank, asks_matters=False))
    assert [question.kind for question in said.path()] == ["self"] * 8
    assert (said.progress().done, said.progress().about) == (8, 8)


def test_progress_of_a_mentor_counts_two_questions_a_skill(bank):
    said = a_round(bank, asks_matters=False)
    assert (said.progress().done, said.progress().about) == (0, 8)
    said = replace(said, answers={"s-1.1-I": "na", "s-1.2-I": 1})
    assert (said.progress().done, said.progress().about) == (2, 7)


def test_numbers_and_neighbours_of_a_mentor_leave_no_gap(bank):
    said = answer_to_the_end(a_round(bank, asks_matters=False))
    walked = said.path()
    for place, question in enumerate(walked):
        position = said.position(question.id)
        assert position.number == place + 1
        assert position.previous == (walked[place - 1] if place else None)


@pytest.mark.parametrize(
    ("item", "asks_matters", "expected"),
    [
        ("s-1.1-B", True, True),
        ("m-1.1", True, True),
        ("m-1.1", False, False),
        ("s-3.1-I", True, False),
        ("m-3.1", True, False),
        ("s-old", True, False),
        ("m-", True, False),
        ("", True, False),
    ],
)
def test_a_round_knows_what_it_asks(bank, item, asks_matters, expected):
    assert a_round(bank, asks_matters=asks_matters).asks(item) is expected


@pytest.mark.parametrize(
    ("item", "text", "expected"),
    [
        ("s-1.1-I", "0", 0),
        ("s-1.1-I", "4", 4),
        ("s-1.1-I", "na", "na"),
        ("s-1.1-I", "skip", "skip"),
        ("s-1.1-I", "5", None),
        ("s-1.1-I", "", None),
        ("s-1.1-I", "٣", None),
        ("m-1.1", "3", 3),
        ("m-1.1", "4", None),
        ("m-1.1", "na", None),
        ("s-nothing", "3", None),
    ],
)
def test_answers_come_back_as_they_were_stored_or_not_at_all(bank, item, text, expected):
    assert answer_from(bank, item, text) == expected
    assert answers_from(bank, [(item, text)]) == ({} if expected is None else {item: expected})


def test_which_questions_are_about_importance():
    assert is_about_importance("m-1.1")
    assert not is_about_importance("s-1.1-I")


def read_with(bank, scores, matters=3):
    """A profile in which each competence has a score from its two steps (first, second)."""
    answers = {}
    for code, (first, second) in scores.items():
        answers |= {f"s-{code}-I": first, f"s-{code}-{'A' if first >= 2 else 'B'}": second, f"m-{code}": matters}
    return a_round(bank, answers).profile(60)


def test_the_strength_is_the_best_skill_that_matters_and_is_no_topic(bank):
    read = read_with(bank, {"1.1": (4, 4), "1.2": (4, 3), "2.1": (2, 1), "2.2": (0, 1)})
    assert strength(read, (), 45) == "1.1"
    assert strength(read, ("1.1",), 45) == "1.2"
    assert strength(read, ("1.1", "1.2", "2.1"), 45) is None


def test_nobody_is_told_to_offer_what_does_not_matter_to_them_or_is_below_the_floor(bank):
    assert strength(read_with(bank, {"1.1": (4, 4)}, matters=1), (), 45) is None
    assert strength(read_with(bank, {"1.1": (4, 4)}, matters="skip"), (), 45) is None
    assert strength(read_with(bank, {"1.1": (1, 4)}), (), 45) is None


@pytest.mark.parametrize("target", [35, 60, 85])
def test_the_strength_does_not_depend_on_the_target(bank, target):
    answers = {"s-1.1-I": 4, "s-1.1-A": 2, "m-1.1": 3, "s-1.2-I": 2, "s-1.2-A": 2, "m-1.2": 3}
    assert strength(a_round(bank, answers).profile(target), ("1.2",), 45) == "1.1"


def test_a_mentor_is_shown_up_to_three_of_the_best(bank):
    said = replace(
        a_round(bank, asks_matters=False),
        answers={
            "s-1.1-I": 4, "s-1.1-A": 4, "s-1.2-I": 3, "s-1.2-A": 3, "s-2.1-I": 4, "s-2.1-A": 0, "s-2.2-I": 4,
            "s-2.2-A": 1,
        },
    )  # fmt: skip
    assert [result.code for result in offers(said.profile(60), 45)] == ["1.1", "1.2", "2.2"]
    assert offers(said.profile(60), 100)[0].code == "1.1"
    assert [result.code for result in offers(said.profile(60), 101)] == []

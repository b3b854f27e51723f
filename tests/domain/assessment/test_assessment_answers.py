"""What may be answered, and what comes back of it."""

import pytest

from reverse_mentoring_xblock.domain.assessment.answers import (
    Chosen,
    answer_from,
    answers_from,
    chosen,
    goal_id,
    is_about_importance,
    is_reserved,
    matters_id,
    matters_in,
    permits,
    scale_of,
    step,
    then_id,
)


@pytest.mark.parametrize(
    ("question", "answer", "taken"),
    [
        ("s-1.1-I", 0, True),
        ("s-1.1-I", 4, True),
        ("s-1.1-I", "na", True),
        ("s-1.1-I", "skip", True),
        ("s-1.1-I", 5, False),
        ("s-1.1-I", -1, False),
        ("s-1.1-I", True, False),
        ("s-1.1-I", "3", False),
        ("s-1.1-I", 3.0, False),
        ("s-1.1-I", None, False),
        ("s-1.1-I", [3], False),
        ("s-1.1-I", Chosen("one"), False),
        ("s-old", 3, False),
        ("s-9.9-I", 3, False),
        ("m-1.1", 3, True),
        ("m-1.1", "skip", True),
        ("m-1.1", "na", False),
        ("m-1.1", 4, False),
        ("m-9.9", 1, False),
        ("m-", 1, False),
        ("t-3", 2, True),
        ("t-3", "skip", True),
        ("t-3", "na", False),
        ("t-3", 3, False),
        ("t-old", 1, False),
        ("then-s-1.1-I", 4, True),
        ("then-s-1.1-I", "skip", True),
        ("then-s-1.1-I", "na", False),
        ("then-s-old", 1, False),
        ("then-m-1.1", 1, False),
        ("g-1", 2, True),
        ("g-3", "skip", True),
        ("g-3", 3, False),
        ("g-3", "na", False),
        ("g-0", 1, False),
        ("g-4", 1, False),
        ("k-1.1-B-a", Chosen("two"), True),
        ("k-1.1-B-a", Chosen("two", "certain"), True),
        ("k-1.1-B-a", Chosen("two", "sure"), False),
        ("k-1.1-B-a", Chosen("five", "certain"), False),
        ("k-1.1-B-a", Chosen("unsure"), True),
        ("k-1.1-B-a", Chosen("unsure", "guess"), False),
        ("k-1.1-B-a", "skip", True),
        ("k-1.1-B-a", "na", False),
        ("k-1.1-B-a", "two", False),
        ("k-1.1-B-a", 1, False),
        ("k-1.3-I-a", Chosen("two"), False),
        ("", 1, False),
    ],
)
def test_which_answers_are_taken(bank, question, answer, taken):
    assert permits(bank, question, answer) is taken


@pytest.mark.parametrize(
    ("question", "scale"),
    [
        (matters_id("1.1"), "matters"),
        (then_id("s-1.1-I"), "autonomy"),
        (goal_id(2), "reached"),
        ("t-3", "met"),
        ("s-1.1-I", "autonomy"),
        ("k-1.1-B-a", None),
        ("nothing", None),
    ],
)
def test_each_question_has_its_scale(bank, question, scale):
    assert scale_of(bank, question) == scale


@pytest.mark.parametrize(
    ("item", "text", "confidence", "expected"),
    [
        ("s-1.1-I", "0", "", 0),
        ("s-1.1-I", "4", "", 4),
        ("s-1.1-I", "na", "", "na"),
        ("s-1.1-I", "skip", "", "skip"),
        ("s-1.1-I", "5", "", None),
        ("s-1.1-I", "", "", None),
        ("s-1.1-I", "٣", "", None),
        ("s-1.1-I", "unsure", "", None),
        ("m-1.1", "3", "", 3),
        ("m-1.1", "4", "", None),
        ("m-1.1", "na", "", None),
        ("k-1.1-B-a", "two", "", Chosen("two")),
        ("k-1.1-B-a", "two", "even", Chosen("two", "even")),
        ("k-1.1-B-a", "unsure", "", Chosen("unsure")),
        ("k-1.1-B-a", "skip", "", "skip"),
        ("k-1.1-B-a", "two", "often", None),
        ("k-1.1-B-a", "2", "", None),
        ("k-nothing", "two", "", None),
        ("s-nothing", "3", "", None),
    ],
)
def test_answers_come_back_as_they_were_stored_or_not_at_all(bank, item, text, confidence, expected):
    assert answer_from(bank, item, text, confidence) == expected
    assert answers_from(bank, [(item, text, confidence)]) == ({} if expected is None else {item: expected})


def test_a_stored_answer_off_the_scale_is_not_passed_over(bank):
    with pytest.raises(ValueError, match=r"7 is not an answer to s-1\.1-I"):
        step(bank, "s-1.1-I", {"s-1.1-I": 7})
    check = bank.checks["k-1.1-B-a"]
    with pytest.raises(ValueError, match=r"is not an answer to k-1\.1-B-a"):
        chosen(bank, check, {check.id: 1})


@pytest.mark.parametrize("answer", ["na", "skip", None])
def test_no_word_is_a_number(bank, answer):
    assert step(bank, "s-1.1-I", {} if answer is None else {"s-1.1-I": answer}) is None


def test_matters_are_read_by_competence():
    answers = {"s-1.1-I": 3, "m-1.1": 2, "m-2.1": "skip", "m-2.2": "na"}
    assert matters_in(answers) == {"1.1": 2, "2.1": "skip"}


def test_ids_tell_questions_apart():
    assert is_about_importance("m-1.1")
    assert not is_about_importance("s-1.1-I")
    assert all(map(is_reserved, (matters_id("1.1"), then_id("s-1.1-I"), goal_id(1))))
    assert not any(map(is_reserved, ("s-1.1-I", "k-1.1-B-a", "t-3")))

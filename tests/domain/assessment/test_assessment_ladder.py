"""Self-placement: which questions, in which order."""

import pytest
from answering import a_round, ids
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.assessment.bank import Rung
from reverse_mentoring_xblock.domain.assessment.ladder import (
    ordered,
    question_named,
    questions_about,
    second_rung,
)

SEEDS = st.integers(0, 2**31 - 1)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (0, ["s-1.1-B", "m-1.1"]),
        (1, ["s-1.1-B", "m-1.1"]),
        (2, ["s-1.1-A", "m-1.1"]),
        (4, ["s-1.1-A", "m-1.1"]),
        ("na", []),
        ("skip", []),
        (None, []),
    ],
)
def test_second_rung_follows_the_first_answer(bank, first, then):
    answers = {} if first is None else {"s-1.1-I": first}
    assert ids(questions_about(bank, "1.1", answers)) == ["s-1.1-I", *then]


def test_mentors_are_not_asked_how_much_it_matters(bank):
    assert ids(questions_about(bank, "1.1", {"s-1.1-I": 1}, asks_matters=False)) == ["s-1.1-I", "s-1.1-B"]


def test_a_skipped_second_rung_still_asks_how_much_it_matters(bank):
    assert ids(questions_about(bank, "1.1", {"s-1.1-I": 3, "s-1.1-A": "skip"}))[-1] == "m-1.1"


@pytest.mark.parametrize(("first", "settled"), [(0, Rung.A), (4, Rung.B)])
def test_a_rung_that_an_earlier_round_has_settled_is_asked_again(bank, first, settled):
    answers, routes = {"s-1.1-I": first}, {"1.1": settled}
    assert second_rung(bank, "1.1", answers, routes) is settled
    assert ids(questions_about(bank, "1.1", answers, routes))[1] == f"s-1.1-{settled}"
    assert second_rung(bank, "1.1", {"s-1.1-I": "na"}, routes) is None
    assert second_rung(bank, "1.2", {"s-1.2-I": first}, routes) is not settled


def test_order_is_the_same_on_every_machine(bank):
    order = ("1.3", "1.1", "1.2", "2.1", "2.2", "3.2", "3.1", "4.1", "4.2", "5.1", "5.2")
    assert ordered(bank, bank.competences, seed=7) == order


@given(seed=SEEDS, data=st.data())
def test_order_shuffles_inside_areas_only_and_ignores_the_order_given(bank, seed, data):
    codes = data.draw(st.permutations(bank.competences))
    order = ordered(bank, codes, seed)
    assert order == ordered(bank, bank.competences, seed)
    assert sorted(order) == sorted(bank.competences)
    assert [code[0] for code in order] == sorted(code[0] for code in order)


def test_seeds_differ(bank):
    assert len({ordered(bank, bank.competences, seed) for seed in range(40)}) > 10


def test_unknown_competence_is_refused(bank):
    with pytest.raises(ValueError, match=r"does not know 9\.9"):
        ordered(bank, ["1.1", "9.9"], 1)


def test_a_stored_answer_off_the_scale_is_not_passed_over(bank):
    with pytest.raises(ValueError, match=r"7 is not an answer to s-1\.1-I"):
        a_round(bank, ("1.1",), answers={"s-1.1-I": 7}).position()


@pytest.mark.parametrize(
    ("name", "kind", "competence"),
    [
        ("s-1.1-B", "self", "1.1"),
        ("m-1.1", "matters", "1.1"),
        ("k-1.1-B-b", "check", "1.1"),
        ("t-3", "term", ""),
        ("then-s-1.1-B", "then", "1.1"),
        ("g-2", "goal", ""),
    ],
)
def test_a_question_says_what_it_is(bank, name, kind, competence):
    question = question_named(bank, name)
    assert (question.id, question.kind, question.competence) == (name, kind, competence)


@pytest.mark.parametrize("name", ["", "s-old", "m-9.9", "t-old", "g-9", "then-x"])
def test_there_is_no_such_question(bank, name):
    assert question_named(bank, name) is None

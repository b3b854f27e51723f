"""What is asked next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.assessment.answers import matters_in, permits
from reverse_mentoring_xblock.domain.assessment.ladder import (
    estimate,
    next_item,
    ordered,
    path,
    position,
)

STEPS = st.integers(0, 4)
ANSWERS = st.one_of(STEPS, st.sampled_from(["na", "skip"]))
SEEDS = st.integers(0, 2**31 - 1)


def ids(questions):
    return [question.id for question in questions]


def walk(bank, reply, seed, codes=None):
    """Answer question after question with ``reply(question)`` until nothing is left."""
    codes = codes or bank.competences
    answers = {}
    while question := next_item(bank, codes, answers, seed):
        assert question.id not in answers
        answers[question.id] = reply(question)
    return answers


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (0, ["s-1.1-B", "m-1.1"]),
        (1, ["s-1.1-B", "m-1.1"]),
        (2, ["s-1.1-A", "m-1.1"]),
        (4, ["s-1.1-A", "m-1.1"]),
        ("na", []),
        ("skip", []),
    ],
)
def test_second_rung_follows_the_first_answer(bank, first, then):
    answers = {"s-1.1-I": first}
    asked = []
    while question := next_item(bank, ["1.1"], answers, 1):
        asked.append(question.id)
        answers[question.id] = 1
    assert asked == then


def test_a_skipped_second_rung_still_asks_how_much_it_matters(bank):
    answers = {"s-1.1-I": 3, "s-1.1-A": "skip"}
    assert next_item(bank, ["1.1"], answers, 1).id == "m-1.1"


def test_a_matters_question_says_what_it_is(bank):
    kinds = [question.kind for question in path(bank, ["1.1"], {"s-1.1-I": 3, "s-1.1-A": 3}, 1)]
    assert kinds == ["self", "self", "matters"]


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
        next_item(bank, ["1.1", "9.9"], {}, 1)


@given(seed=SEEDS, data=st.data())
def test_a_walk_ends_and_counts_itself(bank, seed, data):
    steps = st.one_of(ANSWERS)
    importance = st.one_of(st.integers(0, 3), st.just("skip"))
    drawn = {}

    def reply(question):
        drawn[question.id] = data.draw(importance if question.kind == "matters" else steps)
        return drawn[question.id]

    answers = walk(bank, reply, seed)
    end = estimate(bank, bank.competences, answers, seed)
    assert end.done == end.about == len(answers)
    assert ids(path(bank, bank.competences, answers, seed)) == list(answers)


def test_estimate_starts_at_three_questions_each_and_shrinks_when_a_competence_is_out(bank):
    before = estimate(bank, bank.competences, {}, 1)
    assert (before.done, before.about) == (0, 33)
    up = estimate(bank, bank.competences, {"s-1.1-I": 3}, 1)
    assert (up.done, up.about) == (1, 33)
    out = estimate(bank, bank.competences, {"s-1.1-I": "na"}, 1)
    assert (out.done, out.about) == (1, 31)


def test_path_holds_the_answered_and_the_next(bank):
    answers = {"s-1.1-I": 3, "s-1.1-A": 1}
    assert ids(path(bank, ["1.1", "2.1"], answers, 1)) == ["s-1.1-I", "s-1.1-A", "m-1.1"]


def test_back_and_forward(bank):
    answers = {"s-1.1-I": 3, "s-1.1-A": 1}
    here = position(bank, ["1.1", "2.1"], answers, 1)
    assert (here.question.id, here.number, here.following) == ("m-1.1", 3, None)
    assert here.previous.id == "s-1.1-A"
    back = position(bank, ["1.1", "2.1"], answers, 1, at="s-1.1-A")
    assert (back.number, back.previous.id, back.following.id) == (2, "s-1.1-I", "m-1.1")
    start = position(bank, ["1.1"], {}, 1)
    assert (start.question.id, start.number, start.previous) == ("s-1.1-I", 1, None)


def test_position_at_the_end(bank):
    answers = {"s-1.1-I": "na"}
    here = position(bank, ["1.1"], answers, 1)
    assert (here.question, here.number, here.previous.id) == (None, 2, "s-1.1-I")


def test_rerouting_asks_the_new_rung_and_keeps_the_old_answer_out(bank):
    answers = walk(bank, lambda question: 3, seed=1, codes=["1.1", "2.1"])
    rerouted = {**answers, "s-1.1-I": 1}
    assert next_item(bank, ["1.1", "2.1"], rerouted, 1).id == "s-1.1-B"
    walked = ids(path(bank, ["1.1", "2.1"], rerouted, 1))
    assert walked == ["s-1.1-I", "s-1.1-B", "m-1.1", "s-2.1-I", "s-2.1-A", "m-2.1"]
    stale = position(bank, ["1.1", "2.1"], rerouted, 1, at="s-1.1-A")
    assert stale.question.id == "s-1.1-B"
    back_up = {**rerouted, "s-1.1-I": 4}
    assert next_item(bank, ["1.1", "2.1"], back_up, 1) is None


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
        ("s-1.1-I", None, False),
        ("s-old", 3, False),
        ("s-9.9-I", 3, False),
        ("m-1.1", 3, True),
        ("m-1.1", "skip", True),
        ("m-1.1", "na", False),
        ("m-1.1", 4, False),
        ("m-9.9", 1, False),
    ],
)
def test_which_answers_are_taken(bank, question, answer, taken):
    assert permits(bank, question, answer) is taken


def test_a_stored_answer_off_the_scale_is_not_passed_over(bank):
    with pytest.raises(ValueError, match=r"7 is not an answer to s-1\.1-I"):
        next_item(bank, ["1.1"], {"s-1.1-I": 7}, 1)


def test_matters_are_read_by_competence():
    answers = {"s-1.1-I": 3, "m-1.1": 2, "m-2.1": "skip", "m-2.2": "na"}
    assert matters_in(answers) == {"1.1": 2, "2.1": "skip"}

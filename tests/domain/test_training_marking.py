"""Marking a check."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.errors import Invalid, NotFound
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.domain.training import CheckQuestion, Module, TrainingPack, mark

OPTIONS = ("one", "two", "three", "four")
QUESTIONS = tuple(CheckQuestion(name, OPTIONS) for name in ("q1", "q2", "q3"))
PACK = TrainingPack(
    id="small",
    version="1.0.0",
    digest="0" * 64,
    modules=(
        Module("listen", Role.MENTOR, 5, ("why",), QUESTIONS),
        Module("read", Role.MENTEE, 5, ("why",), ()),
    ),
    keys={("listen", "q1"): "one", ("listen", "q2"): "two", ("listen", "q3"): "three"},
)


def test_marks_question_by_question_in_the_order_of_the_module():
    marked = mark(PACK, "listen", {"q3": "three", "q1": "four"})
    assert (marked.correct, marked.total, marked.share) == (1, 3, 1 / 3)
    assert [(one.id, one.chosen, one.is_right) for one in marked.questions] == [
        ("q1", "four", False),
        ("q2", None, False),
        ("q3", "three", True),
    ]


def test_a_question_left_open_is_wrong():
    assert mark(PACK, "listen", {"q1": None}).correct == 0


def test_a_module_without_questions_is_whole():
    marked = mark(PACK, "read", {})
    assert (marked.correct, marked.total, marked.share) == (0, 0, 1)


def test_unknown_module():
    with pytest.raises(NotFound):
        mark(PACK, "elsewhere", {})


@pytest.mark.parametrize(("question", "option"), [("q1", "five"), ("q9", "one")])
def test_unknown_answers_are_refused_by_field(question, option):
    with pytest.raises(Invalid) as refused:
        mark(PACK, "listen", {question: option})
    assert refused.value.field == question


def test_keys_stay_out_of_what_a_page_walks_through():
    assert "keys" not in repr(PACK)
    assert set(vars(QUESTIONS[0])) == {"id", "options"}


@given(st.fixed_dictionaries(dict.fromkeys(["q1", "q2", "q3"], st.sampled_from(OPTIONS))))
def test_share_is_the_part_that_is_right(answers):
    marked = mark(PACK, "listen", answers)
    right = [PACK.keys["listen", name] == chosen for name, chosen in answers.items()]
    assert marked.correct == sum(right)
    assert marked.share == sum(right) / 3

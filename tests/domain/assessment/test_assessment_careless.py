"""Signs that a round was clicked through."""

import pytest
from answering import a_round, told, walked

from reverse_mentoring_xblock.domain.assessment.careless import Sign, is_careless, signs


@pytest.fixture
def found(bank):
    """The signs in a round with ``steps`` as answers to its self items, one after the other."""

    def found(steps, seconds=None):
        order = iter(steps)

        def reply(question):
            if question.kind == "self":
                return next(order)
            return told(bank, question.id, "right") if question.kind == "check" else 2

        said = walked(a_round(bank, uses_checks=True), reply)
        path = said.path()
        asked = [question.id for question in path if question.kind == "self"]
        taken = dict(zip(asked, seconds or (), strict=False))
        return signs(bank, path, said.answers, taken)

    return found


MIXED = [2, 3] * 11


def test_an_ordinary_round_has_none(found):
    assert found(MIXED, [8] * 22) == ()


@pytest.mark.parametrize(
    ("seconds", "is_quick"),
    [
        ([1] * 22, True),
        ([2] * 22, False),
        ([1] * 11 + [3] * 11, False),  # the median is 2
        ([1] * 12 + [30] * 10, True),
        ([1] * 3, True),
        ([0, 60], False),
        ([], False),
    ],
)
def test_half_of_the_items_in_under_two_seconds(found, seconds, is_quick):
    assert (Sign.QUICK in found(MIXED, seconds)) is is_quick


@pytest.mark.parametrize(
    ("steps", "is_straight"),
    [
        ([3] * 22, True),
        ([3] * 15 + [2, 3] * 4, True),
        ([3] * 14 + [2, 3] * 4, False),
        ([2] + [3] * 15 + [2] * 6, True),
        ([3] * 11 + [2] * 11, False),
    ],
)
def test_fifteen_alike_in_a_row(found, steps, is_straight):
    assert (Sign.STRAIGHT in found(steps)) is is_straight


def test_only_self_items_count(bank):
    """Scenarios and importance stand between the items and break no run; time on them says nothing."""
    said = walked(a_round(bank, uses_checks=True), lambda q: told(bank, q.id, "right") if q.kind == "check" else 3)
    others = {question.id: 0 for question in said.path() if question.kind != "self"}
    assert signs(bank, said.path(), said.answers, others) == (Sign.STRAIGHT,)


@pytest.mark.parametrize(
    ("basic", "middle", "advanced", "is_upside_down"),
    [
        (1, 2, 3, True),
        (0, 1, 4, True),
        (1, 2, 2, False),
        (3, 2, 1, False),
        (None, 2, 4, False),
        (0, 2, None, False),
        (0, "na", 4, False),
        ("skip", 2, 4, False),
    ],
)
def test_the_demanding_far_above_the_simple(bank, basic, middle, advanced, is_upside_down):
    steps = {"s-1.1-B": basic, "s-1.1-I": middle, "s-1.1-A": advanced}
    answers = {item: step for item, step in steps.items() if step is not None}
    path = a_round(bank, ("1.1",), answers=answers).path()
    assert (signs(bank, path, answers, {}) == (Sign.UPSIDE_DOWN,)) is is_upside_down


def test_one_sign_is_not_enough(found):
    assert not is_careless(())
    assert not is_careless([Sign.QUICK])
    both = found([3] * 22, [1] * 22)
    assert both == (Sign.QUICK, Sign.STRAIGHT)
    assert is_careless(both)
    assert is_careless(["quick", "upside_down"])

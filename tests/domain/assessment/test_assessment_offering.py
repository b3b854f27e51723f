"""What somebody could offer to somebody else."""

import pytest
from answering import a_round

from reverse_mentoring_xblock.domain.assessment.offering import best, offers, strength


def read_with(bank, scores, matters=3, **facts):
    """A profile in which each competence has a score from its two steps (first, second)."""
    answers = {}
    for code, (first, second) in scores.items():
        answers |= {f"s-{code}-I": first, f"s-{code}-{'A' if first >= 2 else 'B'}": second, f"m-{code}": matters}
    return a_round(bank, ("1.1", "1.2", "2.1", "2.2"), answers=answers, **facts).profile()


def test_the_strength_is_the_best_skill_that_matters_and_is_no_topic(bank):
    read = read_with(bank, {"1.1": (4, 4), "1.2": (4, 3), "2.1": (2, 1), "2.2": (0, 1)})
    assert strength(read, (), 45) == "1.1"
    assert strength(read, ("1.1",), 45) == "1.2"
    assert strength(read, ("1.1", "1.2", "2.1"), 45) is None


def test_nobody_is_told_to_offer_what_does_not_matter_to_them_or_is_below_the_floor(bank):
    assert strength(read_with(bank, {"1.1": (4, 4)}, matters=1), (), 45) is None
    assert strength(read_with(bank, {"1.1": (4, 4)}, matters="skip"), (), 45) is None
    assert strength(read_with(bank, {"1.1": (1, 4)}), (), 45) is None
    assert strength(read_with(bank, {"1.1": (2, 0)}, matters=2), (), 50) == "1.1"
    assert strength(read_with(bank, {"1.1": (2, 0)}, matters=2), (), 50.1) is None


@pytest.mark.parametrize("target", [35, 60, 85])
def test_the_strength_does_not_depend_on_the_target(bank, target):
    targets = dict.fromkeys(("1.1", "1.2"), target)
    assert strength(read_with(bank, {"1.1": (4, 2), "1.2": (2, 2)}, targets=targets), ("1.2",), 45) == "1.1"


def test_a_mentor_is_shown_up_to_three_of_the_best(bank):
    read = read_with(bank, {"1.1": (4, 4), "1.2": (3, 3), "2.1": (4, 0), "2.2": (4, 1)}, asks_matters=False)
    assert [result.code for result in offers(read, 45)] == ["1.1", "1.2", "2.2"]
    assert [result.code for result in best(read, 45)] == ["1.1", "1.2", "2.2", "2.1"]
    assert [result.code for result in offers(read, 100)] == ["1.1"]
    assert offers(read, 101) == ()


def test_alike_comes_by_code(bank):
    read = read_with(bank, {"2.2": (3, 3), "1.2": (3, 3), "2.1": (3, 3)})
    assert [result.code for result in best(read, 0)] == ["1.2", "2.1", "2.2"]

"""From the first round to the last."""

from dataclasses import replace

import pytest
from answering import a_round, told, walked
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.assessment.change import (
    BETWEEN_ROUNDS,
    Change,
    compare,
    corrected_baseline,
    judged,
    judged_topics,
    own_mean,
    reliable_change,
)
from reverse_mentoring_xblock.domain.assessment.interchange import change_as_json, compared
from reverse_mentoring_xblock.domain.assessment.profile import area_error, overall_error
from reverse_mentoring_xblock.domain.assessment.repeating import repeated

POINTS = st.floats(0, 100)


@pytest.mark.parametrize(
    ("points", "error", "verdict"),
    [
        # overall of Core-12: SE = 4.5 * sqrt(2) = 6.364
        (13, 4.5, Change.CLEAR),
        (12.4, 4.5, Change.LIKELY),
        (8.2, 4.5, Change.LIKELY),
        (8.1, 4.5, Change.NONE),
        (0, 4.5, Change.NONE),
        (-8.1, 4.5, Change.NONE),
        (-8.2, 4.5, Change.LOWER),
        # an area of Core-12: SE = 14.142
        (28, 10, Change.CLEAR),
        (27.7, 10, Change.LIKELY),
        (18, 10, Change.NONE),
        (-18.2, 10, Change.LOWER),
        # overall of All-21: SE = 5.091
        (10, 3.6, Change.CLEAR),
        (9.9, 3.6, Change.LIKELY),
        # an area of All-21: SE = 11.314, so 22.2 points rather than 22
        (22.2, 8, Change.CLEAR),
        (22, 8, Change.LIKELY),
        (14.4, 8, Change.NONE),
    ],
)
def test_how_many_points_are_a_gain(points, error, verdict):
    assert judged(reliable_change(40, 40 + points, error, error)) is verdict


def test_each_time_has_an_error_of_its_own():
    assert reliable_change(40, 50, 3, 4) == pytest.approx(2)


@pytest.mark.parametrize(
    ("index", "verdict"),
    [(1.96, "clear"), (1.959, "likely"), (1.28, "likely"), (1.279, "none"), (-1.279, "none"), (-1.28, "lower")],
)
def test_where_the_verdicts_meet(index, verdict):
    assert judged(index) == verdict


@pytest.mark.parametrize(
    ("gain", "count", "verdict"),
    [
        (22, 3, "clear"),
        (21.9, 3, "likely"),
        (15, 3, "likely"),
        (14.9, 3, "none"),
        (-14.9, 3, "none"),
        (-15, 3, "lower"),
        (26.9, 2, "likely"),  # 22 * sqrt(3 / 2) = 26.9444
        (26.95, 2, "clear"),
        (38.1, 1, "likely"),  # 22 * sqrt(3) = 38.105
        (38.2, 1, "clear"),
        (25.9, 1, "none"),  # 15 * sqrt(3) = 25.98
    ],
)
def test_fewer_topics_need_a_larger_gain(gain, count, verdict):
    assert judged_topics(gain, count) == verdict


def test_the_baseline_of_the_worked_example():
    assert corrected_baseline(28, 52, 0.5) == 40


@given(score=POINTS, mean=POINTS, rho=st.floats(0, 1))
def test_a_baseline_lies_between_the_score_and_the_own_mean(score, mean, rho):
    low, high = sorted((score, mean))
    assert low - 1e-9 <= corrected_baseline(score, mean, rho) <= high + 1e-9


def test_the_own_mean_is_over_what_has_a_score():
    assert own_mean({"1.1": 20.0, "1.2": 40.0, "2.1": 90.0}) == 50
    assert own_mean({}) is None


def test_errors_follow_the_set(bank):
    some = bank.competences[:-1]
    assert (area_error(bank, some), overall_error(bank, some)) == (10, 4.5)
    assert (area_error(bank, bank.competences), overall_error(bank, bank.competences)) == (8, 3.6)


def test_six_weeks_between():
    assert BETWEEN_ROUNDS.days == 42


def answered(said, first, second=2, special=None, then=2):
    """Every first rung ``first``, every second one ``second``, but for ``special`` by competence."""

    def reply(question):
        if question.kind == "then":
            return then
        if question.kind != "self":
            return 2
        pair = (special or {}).get(question.competence, (first, second))
        return pair[0] if question.id.endswith("-I") else pair[1]

    return walked(said, reply)


def test_two_rounds_side_by_side(bank):
    # Up everywhere (3, 2): S = 100 (3 + 2 + 4) / 12 = 75; topics 1.1 and 2.1 down (1, 2): S = 25.
    low = {"1.1": (1, 2), "2.1": (1, 2)}
    start = answered(a_round(bank), 3, special=low)
    # The end asks the same rungs: (3, 4) on I and B gives 100 * 7 / 12 = 58.3.
    end = answered(repeated(start, ("1.1", "2.1"), 0), 3, special={"1.1": (3, 4), "2.1": (3, 4)}, then=1)
    found = compared(start, end, ("1.1", "2.1"))
    # The own mean is (9 * 75 + 2 * 25) / 11 = 65.909; the baseline (25 + 65.909) / 2 = 45.455.
    assert [topic.code for topic in found.topics] == ["1.1", "2.1"]
    for topic in found.topics:
        assert topic.before == pytest.approx(25)
        assert topic.baseline == pytest.approx(45.4545, abs=1e-3)
        assert topic.after == pytest.approx(58.3333, abs=1e-3)
        assert topic.gain == pytest.approx(12.8788, abs=1e-3)
        assert topic.then == pytest.approx(100 * 2 / 12)
    assert found.topic_gain == pytest.approx(12.8788, abs=1e-3)
    assert found.topic_change is Change.NONE
    # Area 1: (25 + 150) / 3 = 58.3 to (58.3 + 150) / 3 = 69.4; area 2: 50 to 66.7: 16.7 / 11.3 = 1.47.
    assert found.areas["1"].before == pytest.approx(58.3333, abs=1e-3)
    assert found.areas["1"].after == pytest.approx(69.4444, abs=1e-3)
    assert (found.areas["1"].change, found.areas["2"].change) == (Change.NONE, Change.LIKELY)
    assert found.areas["3"].change is Change.NONE
    # Overall: (58.33 + 50 + 225) / 5 = 66.667 to (69.44 + 66.67 + 225) / 5 = 72.222: 5.556 / 5.091 = 1.09.
    assert found.overall.after - found.overall.before == pytest.approx(5.5556, abs=1e-3)
    assert found.overall.change is Change.NONE
    plain = change_as_json(found)
    assert plain["topic_gain"] == found.topic_gain
    assert plain["areas"]["2"]["change"] == "likely"
    assert plain["topics"]["1.1"]["gain"] == found.topics[0].gain
    assert plain["overall"]["change"] == "none"


def test_lower_now_is_said_as_it_is(bank):
    start = answered(a_round(bank), 4, 4)
    end = answered(repeated(start, (), 0), 3, 2)
    found = compared(start, end, ())
    assert found.overall.change is Change.LOWER
    assert {change.change for change in found.areas.values()} == {Change.LOWER}


def test_what_has_no_score_in_one_of_them_is_missing(bank):
    start = answered(a_round(bank), 3)
    end = answered(repeated(start, (), 0), 3, special={"1.1": ("na", 0), "2.1": ("na", 0), "2.2": ("na", 0)})
    found = compare(bank, start.profile(), end.profile(), ("1.1", "3.1"), {}, start.competences)
    assert [topic.code for topic in found.topics] == ["3.1"]
    assert found.topics[0].then is None
    assert set(found.areas) == {"1", "3", "4", "5"}
    nothing = answered(repeated(start, (), 0), "na")
    empty = compare(bank, start.profile(), nothing.profile(), ("1.1",), {}, start.competences)
    assert (empty.overall, empty.areas, empty.topics, empty.topic_gain, empty.topic_change) == (
        None,
        {},
        (),
        None,
        None,
    )
    none_at_first = compare(bank, nothing.profile(), end.profile(), ("1.1",), {}, start.competences)
    assert none_at_first.topics == ()
    assert change_as_json(none_at_first)["overall"] is None


def test_scenarios_count_in_the_change(bank):
    def reply(what):
        return lambda question: told(bank, question.id, what, "even") if question.kind == "check" else 2

    start = walked(a_round(bank, uses_checks=True), reply("wrong"))
    end = walked(repeated(start, (), 0), reply("right"))
    found = compared(start, end, ())
    assert found.overall.after > found.overall.before
    unchecked = compared(replace(start, checks=()), replace(end, checks=()), ())
    assert unchecked.overall.after == unchecked.overall.before


def test_the_major_version_is_the_part_that_ends_comparison(bank):
    assert replace(bank, version="12.4.1").major == "12"

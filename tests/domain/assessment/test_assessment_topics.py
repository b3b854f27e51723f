"""What to work on and what to offer back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.assessment.topics import (
    TARGETS,
    Need,
    choose_topics,
    gap,
    priority,
)


def need(code, score, matters=3, target=60.0, **more):
    return Need(code, code[0], score, target, matters, **more)


def codes(topics):
    return [topic.competence for topic in topics]


def test_worked_priorities():
    points = gap(38, 60)
    assert points == 22
    assert priority(points, 3, 1.5, is_risk=True) == pytest.approx(41.2, abs=0.06)
    assert priority(points, 0, 1.0) == pytest.approx(8.8)


def test_a_met_target_leaves_no_gap():
    assert gap(75, 60) == 0


def test_priority_is_capped():
    assert priority(85, 3, 1.5, is_risk=True) == 100


def test_skipped_importance_is_the_middle_and_not_zero():
    assert priority(20, 1, 1) < priority(20, None, 1) < priority(20, 2, 1)


@pytest.mark.parametrize("weight", [0.4, 1.6])
def test_weights_out_of_range_are_refused(weight):
    with pytest.raises(ValueError, match="weight"):
        priority(20, 1, weight)


def test_targets():
    assert TARGETS == {"basic": 35, "intermediate": 60, "advanced": 85}


def test_top_three_with_two_of_an_area_at_most():
    needs = [need("1.1", 10), need("1.2", 15), need("1.3", 20), need("2.1", 30), need("3.1", 40)]
    found = choose_topics(needs)
    assert codes(found.chosen) == ["1.1", "1.2", "2.1"]
    assert codes(found.alternatives) == ["1.3", "3.1"]
    assert not any(topic.is_stretch for topic in found.chosen)


def test_why_names_codes_and_numbers():
    (topic,) = choose_topics([need("4.1", 38, weight=1.5, is_risk=True)]).chosen
    why = {reason.code: reason.number for reason in topic.why}
    assert why == {"gap": 22, "matters": 3, "weight": 1.5, "risk": 1.25}
    assert topic.priority == pytest.approx(41.25)


def test_fewer_gaps_are_filled_with_stretch_topics_by_room_and_importance():
    needs = [need("1.1", 20), need("2.1", 70), need("3.1", 70, 0), need("4.1", 95), need("5.1", 90)]
    found = choose_topics(needs)
    assert codes(found.chosen) == ["1.1", "2.1", "3.1"]
    assert [topic.is_stretch for topic in found.chosen] == [False, True, True]
    assert [(reason.code, reason.number) for reason in found.chosen[2].why] == [("room", 30)]
    assert found.strength == "4.1"
    assert codes(found.alternatives) == ["5.1", "4.1"]


def test_a_priority_below_five_is_no_gap_topic():
    (topic,) = choose_topics([need("1.1", 56, 1)]).chosen
    assert (topic.priority, topic.is_stretch) == (pytest.approx(2.4), True)


def test_nothing_to_stretch_at_the_top():
    found = choose_topics([need("1.1", 100.0)])
    assert (found.chosen, found.strength) == ((), "1.1")
    assert codes(found.alternatives) == ["1.1"]


@pytest.mark.parametrize("matters", [None, 0, 1])
def test_a_strength_has_to_matter(matters):
    assert choose_topics([need("1.1", 90, matters)]).strength is None


def test_the_strength_is_the_highest_that_matters():
    needs = [need("1.1", 95, 1), need("2.1", 80, 2), need("3.1", 70, 3), need("4.1", 10)]
    assert choose_topics(needs).strength == "2.1"


def test_a_gap_topic_is_never_the_strength():
    assert choose_topics([need("1.1", 30)]).strength is None


def test_nothing_known():
    found = choose_topics([])
    assert (found.chosen, found.alternatives, found.strength) == ((), (), None)


CODES = [f"{area}.{number}" for area in range(1, 6) for number in range(1, 5)]
NEEDS = st.lists(st.sampled_from(CODES), unique=True).flatmap(
    lambda chosen: st.tuples(
        *(
            st.builds(
                Need,
                st.just(code),
                st.just(code[0]),
                st.floats(0, 100),
                st.sampled_from(sorted(TARGETS.values())),
                st.sampled_from([None, 0, 1, 2, 3]),
                st.floats(0.5, 1.5),
                st.booleans(),
            )
            for code in chosen
        )
    )
)


@given(needs=NEEDS, data=st.data())
def test_rules_hold_for_everybody(needs, data):
    found = choose_topics(needs)
    chosen = codes(found.chosen)
    assert len(chosen) <= 3
    assert all([code[0] for code in chosen].count(area) <= 2 for area in "12345")
    everything = chosen + codes(found.alternatives)
    assert sorted(everything) == sorted(one.competence for one in needs)
    assert found.strength not in chosen
    assert all(0 <= topic.priority <= 100 for topic in found.chosen + found.alternatives)
    assert all(topic.is_stretch == (topic.priority < 5) for topic in found.chosen)
    assert choose_topics(data.draw(st.permutations(needs))) == found


@given(points=st.floats(0, 100), matters=st.integers(0, 2), weight=st.floats(0.5, 1.5))
def test_what_matters_more_comes_never_later(points, matters, weight):
    assert priority(points, matters, weight) <= priority(points, matters + 1, weight)

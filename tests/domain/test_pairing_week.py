import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.week import DAY_PARTS, minutes_offered, ticks_of, well_formed, windows_of

TICKS = st.sets(st.tuples(st.integers(0, 6), st.sampled_from([part.id for part in DAY_PARTS])))


def test_parts_that_touch_become_one_window():
    assert windows_of([(0, "midday"), (0, "morning"), (2, "early")]) == ((0, 540, 840), (2, 420, 540))


def test_parts_that_do_not_touch_stay_apart():
    assert windows_of([(0, "early"), (0, "midday")]) == ((0, 420, 540), (0, 720, 840))


def test_the_same_tick_twice_counts_once():
    assert minutes_offered(windows_of([(1, "morning"), (1, "morning")])) == 180


@given(TICKS)
def test_what_was_ticked_is_ticked_again(ticks):
    assert set(ticks_of(windows_of(ticks))) == ticks


def test_a_window_from_elsewhere_ticks_the_parts_that_it_covers_by_half():
    assert ticks_of([[3, 780, 960]]) == ((3, "midday"), (3, "afternoon"))
    assert ticks_of([[3, 790, 900]]) == ()


@pytest.mark.parametrize(
    "window", [[7, 0, 60], [0, 60, 60], [0, 100, 50], [0, 0, 1441], [0, 0], ["0", 0, 60], [0, 1.5, 60]]
)
def test_windows_outside_the_week_are_left_out(window):
    assert well_formed([window, [1, 0, 60]]) == ((1, 0, 60),)

"""Shared hours over zones, seasons and the turn of the week."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.matching import Mentor, shared_minutes

SUMMER = (date(2026, 7, 6),)
WINTER = (date(2027, 1, 4),)
MORNING = ((0, 540, 720),)  # Monday 09:00 to 12:00
LATE = ((0, 780, 900),)  # Monday 13:00 to 15:00


def person(zone, windows):
    return Mentor(id=1, level=1, time_zone=zone, windows=windows)


def test_leeds_and_nairobi_lose_an_hour_in_winter():
    leeds, nairobi = person("Europe/London", MORNING), person("Africa/Nairobi", LATE)
    assert shared_minutes(leeds, nairobi, SUMMER) == 60  # 8-11 and 10-12 UTC
    assert shared_minutes(leeds, nairobi, WINTER) == 120  # 9-12 and 10-12 UTC
    assert shared_minutes(leeds, nairobi, SUMMER + WINTER) == 60


def test_leeds_and_singapore_share_no_winter_afternoon():
    leeds, singapore = person("Europe/London", MORNING), person("Asia/Singapore", ((0, 900, 1080),))
    assert shared_minutes(leeds, singapore, SUMMER) == 120  # 8-11 and 7-10 UTC
    assert shared_minutes(leeds, singapore, WINTER) == 60


def test_the_week_halfway_finds_the_winter_that_both_ends_miss(policy):
    leeds, nairobi = person("Europe/London", ((0, 540, 600),)), person("Africa/Nairobi", MORNING)
    first, halfway, last = policy.dates
    ends = shared_minutes(leeds, nairobi, (first, last))
    assert (ends, shared_minutes(leeds, nairobi, (halfway,))) == (60, 0)
    assert shared_minutes(leeds, nairobi, policy.dates) == 0


def test_monday_morning_in_auckland_is_sunday_in_leeds():
    auckland = person("Pacific/Auckland", ((0, 480, 600),))
    assert shared_minutes(auckland, person("Europe/London", ((6, 1200, 1440),)), SUMMER) == 120
    assert shared_minutes(auckland, person("Europe/London", ((0, 480, 600),)), SUMMER) == 0


def test_sunday_evening_in_new_york_is_monday_in_leeds():
    new_york = person("America/New_York", ((6, 1320, 1440),))  # Monday 02:00 to 04:00 UTC
    assert shared_minutes(new_york, person("UTC", ((0, 60, 180),)), SUMMER) == 60


def test_a_window_can_cross_midnight_and_the_week():
    night = person("UTC", ((6, 1380, 60),))  # Sunday 23:00 to Monday 01:00
    assert shared_minutes(night, person("UTC", ((0, 0, 120),)), SUMMER) == 60
    assert shared_minutes(night, person("UTC", ((6, 1320, 1440),)), SUMMER) == 60


def test_overlapping_windows_count_once():
    eager = person("UTC", ((0, 540, 660), (0, 600, 720)))
    assert shared_minutes(eager, person("UTC", ((0, 0, 1440),)), SUMMER) == 180


def test_an_empty_window_gives_nothing():
    assert shared_minutes(person("UTC", ((0, 540, 540),)), person("UTC", MORNING), SUMMER) == 0


def test_half_hour_zones_are_kept():
    kolkata = person("Asia/Kolkata", MORNING)  # 03:30 to 06:30 UTC
    assert shared_minutes(kolkata, person("UTC", ((0, 360, 480),)), SUMMER) == 30


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd"])
def test_an_unknown_zone_shares_nothing(zone):
    assert shared_minutes(person(zone, MORNING), person("UTC", MORNING), SUMMER) == 0


WINDOW = st.tuples(st.integers(0, 6), st.integers(0, 1440), st.integers(0, 1440))
WINDOWS = st.lists(WINDOW, max_size=4).map(tuple)
ZONES = st.sampled_from(["UTC", "Europe/London", "Asia/Kathmandu", "Pacific/Kiritimati"])


@given(ZONES, WINDOWS, ZONES, WINDOWS)
def test_sharing_is_mutual_and_never_more_than_one_offers(zone, windows, other_zone, others):
    one, two = person(zone, windows), person(other_zone, others)
    shared = shared_minutes(one, two, WINTER)
    assert shared == shared_minutes(two, one, WINTER)
    assert shared <= shared_minutes(one, one, WINTER)

"""How many minutes a week two people share, wherever they are and in every season.

A week is one integer of 10 080 bits, one per UTC minute from Monday 00:00. Overlapping windows,
windows over midnight and the turn of the week need no special case: two weeks share what their
bits have in common.
"""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from .people import MINUTES_A_DAY, Person, Window

MINUTES_A_WEEK = 7 * MINUTES_A_DAY
WHOLE_WEEK = (1 << MINUTES_A_WEEK) - 1


def shared_minutes(one: Person, other: Person, dates: tuple[date, ...]) -> int:
    """Minutes a week in which both are free, in the worst of the weeks of `dates`."""
    ours = _weeks(one.time_zone, one.windows, dates)
    theirs = _weeks(other.time_zone, other.windows, dates)
    return min(((a & b).bit_count() for a, b in zip(ours, theirs, strict=True)), default=0)


@lru_cache(maxsize=4096)
def _weeks(time_zone: str, windows: tuple[Window, ...], dates: tuple[date, ...]) -> tuple[int, ...]:
    return tuple(week(time_zone, windows, day) for day in dates)


def week(time_zone: str, windows: tuple[Window, ...], day: date) -> int:
    """The minutes of a UTC week in which a person is free, as bits, by the offset of that day."""
    offset = offset_minutes(time_zone, day)
    if offset is None:
        return 0
    bits = 0
    for weekday, start, end in windows:
        length = end - start if end >= start else end - start + MINUTES_A_DAY
        first = (weekday * MINUTES_A_DAY + start - offset) % MINUTES_A_WEEK
        bits |= ((1 << length) - 1) << first
    return (bits | bits >> MINUTES_A_WEEK) & WHOLE_WEEK


@lru_cache(maxsize=4096)
def offset_minutes(time_zone: str, day: date) -> int | None:
    """The offset from UTC at noon of that day; None for a zone that nobody knows."""
    try:
        zone = ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError):
        return None
    offset = datetime.combine(day, time(12), tzinfo=zone).utcoffset()
    return None if offset is None else round(offset.total_seconds() / 60)

"""The hours of a week in which a person can meet, and the ways in which people can talk.

Hours come as named parts of the day, as people tick them, and as windows, as they are stored.

A window is ``(weekday 0 to 6 from Monday, first minute, end minute)`` of the person's local day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .matching import Window

WEEKDAYS = range(7)
LEAST_MINUTES = 4 * 60
"""What everybody has to offer a week. Without a floor, those who offer little would get to choose."""


class Channel(StrEnum):
    """Stable codes of ways to talk."""

    VIDEO = "video"
    PHONE = "phone"
    CHAT = "chat"
    IN_PERSON = "in_person"
    EMAIL = "email"


@dataclass(frozen=True)
class DayPart:
    """A stretch of the day with a name."""

    id: str
    start: int
    end: int


DAY_PARTS = (
    DayPart("early", 7 * 60, 9 * 60),
    DayPart("morning", 9 * 60, 12 * 60),
    DayPart("midday", 12 * 60, 14 * 60),
    DayPart("afternoon", 14 * 60, 17 * 60),
    DayPart("evening", 17 * 60, 20 * 60),
)
_PARTS = {part.id: part for part in DAY_PARTS}


def windows_of(ticks: Iterable[tuple[int, str]]) -> tuple[Window, ...]:
    """Ticked ``(weekday, part)`` as windows, those that touch joined into one."""
    windows: list[Window] = []
    for weekday, start, end in sorted((day, _PARTS[part].start, _PARTS[part].end) for day, part in set(ticks)):
        if windows and windows[-1][0] == weekday and windows[-1][2] == start:
            windows[-1] = (weekday, windows[-1][1], end)
        else:
            windows.append((weekday, start, end))
    return tuple(windows)


def ticks_of(windows: Iterable[Sequence[int]]) -> tuple[tuple[int, str], ...]:
    """The parts of the day that stored windows cover by half or more; windows may come from an import."""
    kept = well_formed(windows)
    return tuple(
        (weekday, part.id)
        for weekday in WEEKDAYS
        for part in DAY_PARTS
        if 2 * sum(_overlap(part, window) for window in kept if window[0] == weekday) >= part.end - part.start
    )


def minutes_offered(windows: Iterable[Sequence[int]]) -> int:
    """Minutes a week in these windows."""
    return sum(end - start for _, start, end in windows)


def well_formed(windows: Iterable[Sequence[int]]) -> tuple[Window, ...]:
    """The windows that lie inside a day of the week; anything else is left out."""
    kept = []
    for window in windows:
        if len(window) == 3 and all(isinstance(number, int) for number in window):
            weekday, start, end = window
            if weekday in WEEKDAYS and 0 <= start < end <= 24 * 60:
                kept.append((weekday, start, end))
    return tuple(kept)


def _overlap(part: DayPart, window: Window) -> int:
    return max(0, min(part.end, window[2]) - max(part.start, window[1]))

"""Cells of people.csv as values. Each function raises ValueError with a reason that a person can act on."""

import re
from zoneinfo import ZoneInfo

from ...domain.matching import MOST_WISHES, Mode, Window

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ANY_TIME: tuple[Window, ...] = tuple((day, 0, 24 * 60) for day in range(7))
WINDOW = re.compile(r"(?P<day>[a-z]{3})\s+(?P<start>\d{1,2}:\d{2})-(?P<end>\d{1,2}:\d{2})")
MOST_PLACES = 20
HIGHEST = 100


def whole(text: str) -> int:
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text} is not a whole number") from None


def places(text: str) -> int:
    """How many mentees a mentor takes."""
    number = whole(text)
    if not 0 <= number <= MOST_PLACES:
        raise ValueError(f"{text} is not between 0 and {MOST_PLACES}")
    return number


def score(text: str) -> float:
    """A need or a strength."""
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"{text} is not a number") from None
    if not 0 <= number <= HIGHEST:
        raise ValueError(f"{text} is not between 0 and {HIGHEST}")
    return number


def names(text: str) -> frozenset[str]:
    """Names parted by semicolons."""
    return frozenset(filter(None, (name.strip() for name in text.split(";"))))


def ranked(text: str) -> tuple[frozenset[str], ...]:
    """Names in ranks, best first: ``p4;p7=p9`` wishes for p4 first, and for p7 and p9 equally after that."""
    ranks = [frozenset(filter(None, (name.strip() for name in rank.split("=")))) for rank in text.split(";")]
    everybody = [name for rank in ranks for name in rank]
    if len(everybody) > MOST_WISHES:
        raise ValueError(f"more than {MOST_WISHES} wishes")
    if len(set(everybody)) < len(everybody):
        raise ValueError("somebody is wished for twice")
    return tuple(filter(None, ranks))


def zone(text: str) -> str:
    """A time zone by its IANA name."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{text} is not a time zone such as Europe/Berlin") from None
    return text


def mode(text: str) -> Mode:
    """How somebody can meet."""
    try:
        return Mode(text)
    except ValueError:
        raise ValueError(f"{text} is not one of: {', '.join(Mode)}") from None


def windows(text: str) -> tuple[Window, ...]:
    """Hours of the week in local time: ``mon 09:00-10:30;thu 13:00-15:00``. 24:00 ends a day."""
    return tuple(_window(part.strip()) for part in text.split(";") if part.strip())


def _window(text: str) -> Window:
    found = WINDOW.fullmatch(text.lower())
    if not found or found["day"] not in DAYS:
        raise ValueError(f"{text} is not written like mon 09:00-10:30")
    start, end = _minute(found["start"]), _minute(found["end"])
    if start is None or end is None or start >= end:
        raise ValueError(f"{text} does not end after it begins, on the same day")
    return DAYS.index(found["day"]), start, end


def _minute(text: str) -> int | None:
    hours, minutes = map(int, text.split(":"))
    return hours * 60 + minutes if minutes < 60 and hours * 60 + minutes <= 24 * 60 else None

"""Cells of a file of people as values, and values as cells (docs/references/match-command.md)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

from ..matching import MOST_WISHES, Mode, Window
from ..week import well_formed

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ANY_TIME: tuple[Window, ...] = tuple((day, 0, 24 * 60) for day in range(7))
WINDOW = re.compile(r"(?P<day>[a-z]{3})\s+(?P<start>\d{1,2}:\d{2})-(?P<end>\d{1,2}:\d{2})")
MOST_PLACES = 20
MOST_ROUNDS = 100
HIGHEST = 100
#: A cell that begins so is read as a formula, in narrow letters and in wide ones.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - the wide ones are meant
MANY = 50_000
"""Cells that are kept read: a file says the same few things about many people."""

REASONS: Mapping[str, str] = {
    "whole": "%(text)s is not a whole number",
    "number": "%(text)s is not a number",
    "between": "%(text)s is not between %(least)s and %(most)s",
    "wishes": "more than %(most)s wishes",
    "wished_twice": "somebody is wished for twice",
    "zone": "%(text)s is not a time zone such as Europe/Berlin",
    "one_of": "%(text)s is not one of: %(choices)s",
    "window": "%(text)s is not written like mon 09:00-10:30",
    "window_order": "%(text)s does not end after it begins, on the same day",
}


class BadCell(ValueError):
    """A cell that cannot be read: a ``code`` of ``REASONS`` with its facts, and as text a reason to act on."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(REASONS.get(code, code) % facts)
        self.code = code
        self.facts: Mapping[str, object] = facts


def whole(text: str) -> int:
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise BadCell("whole", text=text) from None


def between(text: str, least: int, most: int) -> int:
    """A whole number within limits."""
    number = whole(text)
    if not least <= number <= most:
        raise BadCell("between", text=text, least=least, most=most)
    return number


def places(text: str) -> int:
    """How many mentees a mentor takes."""
    return between(text, 0, MOST_PLACES)


def rounds(text: str) -> int:
    """How many rounds somebody has waited."""
    return between(text, 0, MOST_ROUNDS)


def score(text: str) -> float:
    """A need or a strength."""
    try:
        number = float(text)
    except ValueError:
        raise BadCell("number", text=text) from None
    if not 0 <= number <= HIGHEST:
        raise BadCell("between", text=text, least=0, most=HIGHEST)
    return number


def names(text: str) -> frozenset[str]:
    """Names parted by semicolons."""
    return frozenset(filter(None, (name.strip() for name in text.split(";"))))


def ranked(text: str) -> tuple[frozenset[str], ...]:
    """Names in ranks, best first: ``p4;p7=p9`` wishes for p4 first, and for p7 and p9 equally after that."""
    ranks = [frozenset(filter(None, (name.strip() for name in rank.split("=")))) for rank in text.split(";")]
    everybody = [name for rank in ranks for name in rank]
    if len(everybody) > MOST_WISHES:
        raise BadCell("wishes", most=MOST_WISHES)
    if len(set(everybody)) < len(everybody):
        raise BadCell("wished_twice")
    return tuple(filter(None, ranks))


@lru_cache(maxsize=MANY)
def zone(text: str) -> str:
    """A time zone by its IANA name."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise BadCell("zone", text=text) from None
    return text


def mode(text: str) -> Mode:
    """How somebody can meet."""
    try:
        return Mode(text)
    except ValueError:
        raise BadCell("one_of", text=text, choices=", ".join(Mode)) from None


@lru_cache(maxsize=MANY)
def windows(text: str) -> tuple[Window, ...]:
    """Hours of the week in local time: ``mon 09:00-10:30;thu 13:00-15:00``. 24:00 ends a day."""
    return tuple(_window(part.strip()) for part in text.split(";") if part.strip())


def written_windows(stored: Iterable[Sequence[int]]) -> str:
    """Windows as `windows` reads them."""
    return ";".join(f"{DAYS[day]} {_clock(start)}-{_clock(end)}" for day, start, end in well_formed(stored))


def written_ranks(ranks: Iterable[Iterable[str]]) -> str:
    """Ranks as `ranked` reads them."""
    return ";".join("=".join(sorted(rank)) for rank in ranks)


def guarded(text: str) -> str:
    """The text with a mark before it if a spreadsheet program would run it as a formula."""
    return f"'{text}" if _runs(text) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return text[1:] if text.startswith("'") and _runs(text[1:]) else text


def _runs(text: str) -> bool:
    """Whether it would run, also with marks before it: only so does `unguarded` know which mark is ours."""
    return text.lstrip("' ").startswith(FORMULA)


def _window(text: str) -> Window:
    found = WINDOW.fullmatch(text.lower())
    if not found or found["day"] not in DAYS:
        raise BadCell("window", text=text)
    start, end = _minute(found["start"]), _minute(found["end"])
    if start is None or end is None or start >= end:
        raise BadCell("window_order", text=text)
    return DAYS.index(found["day"]), start, end


def _minute(text: str) -> int | None:
    hours, minutes = map(int, text.split(":"))
    return hours * 60 + minutes if minutes < 60 and hours * 60 + minutes <= 24 * 60 else None


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"

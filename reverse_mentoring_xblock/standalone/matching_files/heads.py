"""Head counts on the command line: 40x60 is 40 mentors and 60 mentees."""

import re
from typing import Any

from ...domain.matching import Heads
from .refusals import Problem, Refused

FORM = re.compile(r"(?P<mentors>\d{1,6})x(?P<mentees>\d{1,6})")
MOST = 100_000


def is_heads(text: str) -> bool:
    """Whether a text is head counts, not the name of a file."""
    return bool(FORM.fullmatch(text))


def heads_of(text: str, **more: Any) -> Heads:
    """The head counts, with what else is known; what is None is as usual. Raises Refused for a number that is none."""
    counts = FORM.fullmatch(text)
    if not counts or max(map(int, counts.groups())) > MOST:
        raise Refused([Problem("--simulate", 1, "", f"{text} is not like 40x60, at most {MOST} a side")])
    given = {name: value for name, value in more.items() if value is not None}
    try:
        return Heads(mentors=int(counts["mentors"]), mentees=int(counts["mentees"]), **given)
    except ValueError as error:
        raise Refused([Problem("--simulate", 1, "", str(error))]) from error

"""What a person says about themselves at sign-up, and the steps in which they say it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any
from zlib import crc32

from .matching import Mode, Window
from .pairing_rules import MOST_TOPICS
from .states import Role
from .week import LEAST_MINUTES, minutes_offered

STYLE_QUESTIONS = ("planning", "view", "learning", "rhythm")
"""Questions about the way of working, each answered from 1 to 5. Codes are permanent."""
MOST_WEIGHT = 3
"""How much a topic can matter, and how gladly one can help with it; 1 is the least."""
LONGEST_NAME = 254
"""Characters of a username or a mail address."""
LONGEST_TEXT = 100
"""Characters of a department or a site."""
MOST_LANGUAGES = 10


class Step(StrEnum):
    """The steps of sign-up in their order."""

    WORK = "work"
    HOURS = "hours"
    MEETING = "meeting"
    TOPICS = "topics"
    STYLE = "style"
    COMMITMENT = "commitment"
    APART = "apart"


FIELDS: Mapping[Step, tuple[str, ...]] = {
    Step.WORK: ("level", "department", "site", "manager", "no_manager"),
    Step.HOURS: ("time_zone", "windows"),
    Step.MEETING: ("languages", "mode", "channels"),
    Step.TOPICS: ("topics",),
    Step.STYLE: ("style",),
    Step.COMMITMENT: ("capacity", "has_committed"),
    Step.APART: ("vetoes",),
}


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Everything that sign-up asks for. ``topics`` are competences with how much each matters to a
    mentee, or how gladly a mentor helps with it, 1 to 3."""

    level: int | None = None
    department: str = ""
    site: str = ""
    manager: str = ""
    no_manager: bool = False
    time_zone: str = ""
    windows: tuple[Window, ...] = ()
    languages: tuple[str, ...] = ()
    mode: Mode = Mode.BOTH
    channels: tuple[str, ...] = ()
    topics: Mapping[str, int] = field(default_factory=dict)
    style: Mapping[str, int] = field(default_factory=dict)
    capacity: int = 1
    has_committed: bool = False
    vetoes: tuple[str, ...] = ()

    def with_said(self, said: Mapping[str, Any]) -> "Profile":
        """The same with newer answers, as a form gives them or as they were stored."""
        known = {one.name for one in fields(self)}
        return replace(self, **{name: _READ.get(name, _as_is)(value) for name, value in said.items() if name in known})

    def said(self, step: Step) -> dict[str, Any]:
        """The answers of one step, to be stored."""
        everything = asdict(self)
        return {name: everything[name] for name in FIELDS[step]}

    def version(self, *steps: Step) -> str:
        """A short name for the answers of some steps, or of all: it changes when one of them does."""
        answers = [self.said(step) for step in steps or Step]
        return f"{crc32(json.dumps(answers, sort_keys=True).encode()):08x}"

    def lacks(self, role: Role) -> tuple[Step, ...]:
        """Steps without which nobody can be matched."""
        empty = {
            Step.WORK: self.level is None or not self.department,
            Step.HOURS: not self.time_zone or minutes_offered(self.windows) < LEAST_MINUTES,
            Step.MEETING: not self.languages,
            Step.TOPICS: not self.topics or (role is Role.MENTEE and len(self.topics) > MOST_TOPICS),
            Step.COMMITMENT: not self.has_committed,
        }
        return tuple(step for step, is_empty in empty.items() if is_empty)


@dataclass(frozen=True)
class SignUp:
    """How far a person has come with saying it. ``done`` are the steps that they went through."""

    profile: Profile
    done: frozenset[Step]

    def open_steps(self, role: Role) -> tuple[Step, ...]:
        """What is still to be said before sign-up, in order."""
        lacking = self.profile.lacks(role)
        return tuple(step for step in Step if step not in self.done or step in lacking)


def _as_is(value: Any) -> Any:
    return value


_READ: Mapping[str, Any] = {
    "windows": lambda value: tuple(tuple(window) for window in value),
    "languages": tuple,
    "mode": Mode,
    "channels": tuple,
    "topics": dict,
    "style": dict,
    "vetoes": tuple,
}

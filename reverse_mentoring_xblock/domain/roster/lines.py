"""The lines of a roster file, each cell a value, and everything that is wrong in it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from ..matching import reference
from ..pairing_rules import LEVELS
from ..profile import LONGEST_NAME, LONGEST_TEXT, MOST_LANGUAGES
from ..states import Role
from . import cells
from .cells import BadCell
from .table import Table, Unreadable, table_of

MOST_LINES = 50_000
MOST_WINDOWS = 50
NOTHING = "-"
"""Stands for a text that there is not: an empty cell says nothing and leaves what is known."""
LANGUAGE = re.compile(r"[a-z]{2,3}")
SAME_LANGUAGE = {"nb": "no", "nn": "no"}


class Column(StrEnum):
    """The columns of a roster file, in the order of its export."""

    PERSON = "person"
    ROLE = "role"
    LEVEL = "level"
    DEPARTMENT = "department"
    SITE = "site"
    MANAGER = "manager"
    LANGUAGES = "languages"
    TIME_ZONE = "time_zone"
    WINDOWS = "windows"
    MODE = "mode"
    CAPACITY = "capacity"
    WISHES = "wishes"


SETTLED = (Column.LEVEL, Column.DEPARTMENT, Column.SITE, Column.MANAGER)
"""What the organisation knows best: the file settles it for everybody."""
TEXTS = (Column.DEPARTMENT, Column.SITE, Column.MANAGER)
OWN = (Column.LANGUAGES, Column.TIME_ZONE, Column.WINDOWS, Column.MODE, Column.CAPACITY)
"""What the file says only about people who have not yet said it themselves. Wishes are never taken from a file."""


@dataclass(frozen=True)
class Problem:
    """A thing that is wrong: ``line`` counts from 1, the heading included; ``code`` has a sentence in the shell."""

    line: int
    column: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a role. ``facts`` holds what the line says, in the form in which it is stored."""

    number: int
    person: str
    role: Role
    facts: Mapping[Column, Any]


@dataclass(frozen=True)
class Reading:
    """The lines that have a person and a role, and every problem of the file."""

    lines: Sequence[Line] = ()
    problems: Sequence[Problem] = ()


def read_roster(content: bytes) -> Reading:
    """Read a file, whatever is wrong in it."""
    try:
        table = table_of(content, MOST_LINES)
    except Unreadable as error:
        return Reading(problems=[Problem(1, "", error.code)])
    problems = list(_wrong_heading(table.heading))
    if not table.in_all:
        problems.append(Problem(2, "", "nobody"))
    if table.in_all > MOST_LINES:
        problems.append(Problem(MOST_LINES + 2, "", "too_many_lines", {"most": MOST_LINES, "n": table.in_all}))
    if problems:
        return Reading(problems=problems)
    return Reading(list(_lines(table, problems)), problems)


def _wrong_heading(heading: Sequence[str]) -> Iterator[Problem]:
    for column in (Column.PERSON, Column.ROLE):
        if column not in heading:
            yield Problem(1, column, "column_missing")
    for name in dict.fromkeys(heading):
        if name not in list(Column):
            yield Problem(1, name, "column_unknown" if name else "column_unnamed")
        elif heading.count(name) > 1:
            yield Problem(1, name, "column_twice")


def _lines(table: Table, problems: list[Problem]) -> Iterator[Line]:
    width = len(table.heading)
    for number, row in table.rows:
        if len(row) != width:
            problems.append(Problem(number, "", "cells", {"n": len(row), "columns": width}))
            continue
        said = dict(zip(table.heading, row, strict=True))
        person, role = said["person"], said["role"].lower()
        is_person = _is_name(person)
        if not is_person:
            problems.append(Problem(number, Column.PERSON, "person"))
        is_role = role in list(Role)
        if not is_role:
            problems.append(Problem(number, Column.ROLE, "one_of", {"text": _short(role), "choices": ", ".join(Role)}))
        facts = _facts(number, role, said, problems)
        if is_person and is_role:
            yield Line(number, person, Role(role), facts)


def _is_name(text: str) -> bool:
    return len(text.split()) == 1 and len(text) <= LONGEST_NAME and not any(mark in text for mark in ";=")


def _facts(number: int, role: str, said: Mapping[str, str], problems: list[Problem]) -> Mapping[Column, Any]:
    facts = {}
    for column, read in READERS.items():
        text = said.get(column)
        if not text:
            continue
        try:
            value = read(text)
            if column is Column.CAPACITY and role == Role.MENTEE:
                if value != 1:
                    raise BadCell("mentee_capacity")
                continue
            facts[column] = value
        except BadCell as error:
            told = {name: _short(fact) if isinstance(fact, str) else fact for name, fact in error.facts.items()}
            problems.append(Problem(number, column, error.code, told))
    return facts


def _level(text: str) -> int:
    return cells.between(text, LEVELS[0], LEVELS[-1])


def _text(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise BadCell("line_break")
    if len(text) > LONGEST_TEXT:
        raise BadCell("text_length", n=len(text), most=LONGEST_TEXT)
    return "" if text == NOTHING else text


def _manager(text: str) -> str:
    if text == NOTHING:
        return ""
    manager = reference(text)
    if len(manager.split()) != 1 or len(manager) > LONGEST_NAME:
        raise BadCell("manager_name")
    return manager


@lru_cache(maxsize=cells.MANY)
def _languages(text: str) -> tuple[str, ...]:
    """Codes in their order; a regional form counts as its language."""
    found = set()
    for name in cells.names(text):
        code = name.lower().replace("_", "-").partition("-")[0]
        if not LANGUAGE.fullmatch(code):
            raise BadCell("language", text=name)
        found.add(SAME_LANGUAGE.get(code, code))
    if len(found) > MOST_LANGUAGES:
        raise BadCell("too_many", n=len(found), most=MOST_LANGUAGES)
    return tuple(sorted(found))


def _windows(text: str) -> tuple[tuple[int, int, int], ...]:
    found = cells.windows(text)
    if len(found) > MOST_WINDOWS:
        raise BadCell("too_many", n=len(found), most=MOST_WINDOWS)
    return found


def _mode(text: str) -> str:
    return str(cells.mode(text.lower()))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


READERS: Mapping[Column, Callable[[str], Any]] = {
    Column.LEVEL: _level,
    Column.DEPARTMENT: _text,
    Column.SITE: _text,
    Column.MANAGER: _manager,
    Column.LANGUAGES: _languages,
    Column.TIME_ZONE: cells.zone,
    Column.WINDOWS: _windows,
    Column.MODE: _mode,
    Column.CAPACITY: cells.places,
}

"""Reading people.csv: one line for each person and role, and every bad value told at once."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from ...domain.matching import Mentee, Mentor, Mode
from ...domain.roster import cells
from ...domain.states import Role
from .refusals import Problem, Refused

REQUIRED = ("person", "role", "level")
OPTIONAL = (
    "department", "site", "manager", "languages", "time_zone", "windows", "mode", "capacity", "wishes", "avoid", "past",
    "waited",
)  # fmt: skip
SKILLS = ("need", "strength")
HIGHEST = 100
NO_LANGUAGE = frozenset({""})
"""Shared by everybody when the file has no languages."""


@dataclass(frozen=True)
class Roster:
    """The people of a file, and their names by the ids that the matcher knows them under."""

    mentors: tuple[Mentor, ...]
    mentees: tuple[Mentee, ...]
    names: Mapping[int, str]


def read_people(path: Path) -> Roster:
    """The people in a file. Raises Refused with everything that is wrong in it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refused([Problem(path.name, 1, "", f"cannot be read: {error}")]) from error
    if not rows:
        raise Refused([Problem(path.name, 1, "", "the file is empty")])
    return _Reader(path.name, [name.strip() for name in rows[0]]).read(rows[1:])


@dataclass
class _Line:
    """One line that has a person and a role."""

    number: int
    person: str
    role: Role
    values: Mapping[str, str]

    @property
    def id(self) -> int:
        return _id(self.role, self.person)


@dataclass
class _Reader:
    file: str
    heading: Sequence[str]
    problems: list[Problem] = field(default_factory=list)

    def read(self, rows: Sequence[Sequence[str]]) -> Roster:
        self._check_heading()
        if self.problems:
            raise Refused(self.problems)
        lines = list(self._lines(rows))
        known = {(line.role, line.person) for line in lines}
        mentors = tuple(self._mentor(line, known) for line in lines if line.role is Role.MENTOR)
        mentees = tuple(self._mentee(line, known) for line in lines if line.role is Role.MENTEE)
        if self.problems:
            raise Refused(self.problems)
        return Roster(mentors, mentees, {line.id: line.person for line in lines})

    def _check_heading(self) -> None:
        for name in REQUIRED:
            if name not in self.heading:
                self._refuse(1, name, "this column is missing")
        for name in self.heading:
            sort, colon, competence = name.partition(":")
            if name not in (*REQUIRED, *OPTIONAL) and not (sort in SKILLS and colon and competence):
                self._refuse(1, name or "(no name)", "this column is not known")
        for name in {name for name in self.heading if self.heading.count(name) > 1}:
            self._refuse(1, name, "this column is there twice")

    def _lines(self, rows: Sequence[Sequence[str]]) -> Iterator[_Line]:
        first: dict[tuple[str, str], int] = {}
        for number, cells_ in enumerate(rows, 2):
            if not any(cell.strip() for cell in cells_):
                continue
            if len(cells_) != len(self.heading):
                self._refuse(number, "", f"{len(cells_)} values under {len(self.heading)} columns")
                continue
            values = {name: cells.unguarded(cell.strip()) for name, cell in zip(self.heading, cells_, strict=True)}
            person, role = values["person"], values["role"]
            if not person or any(mark in person for mark in ";="):
                self._refuse(number, "person", "a name without ; and = is expected")
            elif role not in list(Role):
                self._refuse(number, "role", f"{role or 'nothing'} is not one of: {', '.join(Role)}")
            elif (person, role) in first:
                self._refuse(number, "person", f"{person} is there already, on line {first[person, role]}")
            else:
                first[person, role] = number
                yield _Line(number, person, Role(role), values)

    def _mentor(self, line: _Line, known: set[tuple[Role, str]]) -> Mentor:
        self._must_be_empty(line, "need")
        return Mentor(
            **self._shared(line, known),
            capacity=self._cell(line, "capacity", cells.places, 1),
            strength=dict(self._skills(line, "strength")),
        )

    def _mentee(self, line: _Line, known: set[tuple[Role, str]]) -> Mentee:
        self._must_be_empty(line, "strength")
        if line.values.get("capacity") not in (None, "", "1"):
            self._refuse(line.number, "capacity", "a mentee has one mentor")
        need = dict(self._skills(line, "need"))
        # The file has no score of the mentee: who needs 60 of 100 is taken to be at 40.
        return Mentee(**self._shared(line, known), need=need, own={code: HIGHEST - gap for code, gap in need.items()})

    def _shared(self, line: _Line, known: set[tuple[Role, str]]) -> dict[str, Any]:
        ranks = self._cell(line, "wishes", cells.ranked, ())
        return {
            "id": line.id,
            "level": self._cell(line, "level", cells.whole, None) or 0,
            "department": line.values.get("department", ""),
            "site": line.values.get("site", ""),
            "manager": line.values.get("manager", ""),
            "aliases": frozenset({line.person}),
            "languages": self._languages(line),
            "time_zone": self._cell(line, "time_zone", cells.zone, "UTC"),
            "windows": self._cell(line, "windows", cells.windows, cells.ANY_TIME),
            "mode": self._cell(line, "mode", cells.mode, Mode.BOTH),
            "wishes": tuple(self._others(line, "wishes", rank, known) for rank in ranks),
            "avoid": self._others(line, "avoid", self._cell(line, "avoid", cells.names, ()), known),
            "past": self._others(line, "past", self._cell(line, "past", cells.names, ()), known),
            "waited": self._cell(line, "waited", cells.rounds, 0),
            "trained": True,
            "consent": True,
        }

    def _cell(self, line: _Line, column: str, read: Callable[[str], Any], default: Any) -> Any:
        """A cell's value; the default where the column or the value is absent."""
        text = line.values.get(column, "")
        if not text:
            if column in REQUIRED:
                self._refuse(line.number, column, "a value is missing")
            return default
        try:
            return read(text)
        except ValueError as error:
            self._refuse(line.number, column, str(error))
            return default

    def _languages(self, line: _Line) -> frozenset[str]:
        if "languages" not in line.values:
            return NO_LANGUAGE
        found = cells.names(line.values["languages"])
        if not found:
            self._refuse(line.number, "languages", "a language is missing; leave the whole column out if none matters")
        return found

    def _others(
        self, line: _Line, column: str, people: Sequence[str] | frozenset[str], known: set[tuple[Role, str]]
    ) -> frozenset[int]:
        """Ids of people of the other role."""
        other = line.role.other
        for person in sorted(people):
            if (other, person) not in known:
                self._refuse(line.number, column, f"{person} is no {other} in this file")
        return frozenset(_id(other, person) for person in people)

    def _skills(self, line: _Line, sort: str) -> Iterator[tuple[str, float]]:
        for column in self.heading:
            name, _, competence = column.partition(":")
            if name == sort and line.values[column]:
                yield competence.strip(), self._cell(line, column, cells.score, 0.0)

    def _must_be_empty(self, line: _Line, sort: str) -> None:
        for column in self.heading:
            if column.partition(":")[0] == sort and line.values[column]:
                self._refuse(line.number, column, f"a {line.role} has no {sort}")

    def _refuse(self, line: int, column: str, reason: str) -> None:
        self.problems.append(Problem(self.file, line, column, reason))


def _id(role: Role, person: str) -> int:
    """A number that depends on the person alone, so that one more line changes no draw."""
    return int.from_bytes(blake2b(f"{role}:{person}".encode(), digest_size=6).digest())

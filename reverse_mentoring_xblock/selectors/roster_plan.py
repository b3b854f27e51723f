"""What a roster file would change: worked out for the preview, and again when it is taken in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from django.db.models import Q

from ..domain.matching import reference
from ..domain.roster import Column, Line, Problem, read_roster
from ..domain.roster.lines import OWN, SETTLED
from ..domain.states import BEFORE_SIGN_UP
from ..domain.week import well_formed
from ..models import Pairing, Participant
from .accounts import Account, accounts_named
from .paging import in_chunks

CHUNK = 1000
EXAMPLES = 50
"""People of each kind that a summary names."""
MOST_TOLD = 200
"""Problems and unknown people that a summary names."""


class Change(NamedTuple):
    """One fact of somebody, before and after."""

    column: Column
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Known:
    """A line about somebody who has an account here."""

    line: Line
    account: Account


@dataclass(frozen=True, slots=True)
class Changed:
    """A line that changes something about somebody in the programme."""

    line: Line
    participant_id: int
    changes: tuple[Change, ...]


@dataclass
class Plan:
    """Everything that a file would do, and what stands in its way. ``kept`` counts people whose own word differs."""

    lines: int = 0
    new: list[Known] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    kept: int = 0
    left_alone: int = 0
    unknown: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """A short name for all of it: two plans that have it in common do the same."""
        seen = sha256()
        for one in self.new:
            seen.update(repr((one.account.id, one.line.role, sorted(one.line.facts.items()))).encode())
        for changed in self.changed:
            seen.update(repr((changed.participant_id, changed.changes)).encode())
        rest = ([line.number for line in self.unknown], self.unchanged, self.kept, self.left_alone, self.problems)
        seen.update(repr(rest).encode())
        return seen.hexdigest()[:32]

    def summary(self) -> Mapping[str, Any]:
        """The plan in numbers and first examples, to be stored and shown."""
        return {
            "digest": self.digest,
            "lines": self.lines,
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "kept": self.kept,
            "left_alone": self.left_alone,
            "unknown": len(self.unknown),
            "problems": len(self.problems),
            "new_first": [(one.line.number, one.line.person, one.line.role) for one in self.new[:EXAMPLES]],
            "changed_first": [(one.line.number, one.line.person, one.changes) for one in self.changed[:EXAMPLES]],
            "unknown_first": [(line.number, line.person) for line in self.unknown[:MOST_TOLD]],
            "problems_first": [(one.line, one.column, one.code, one.facts) for one in self.problems[:MOST_TOLD]],
        }


def plan_of(programme_id: int, content: bytes, *, locked: bool = False) -> Plan:
    """What this file would do to the programme as it is now. ``locked`` holds its people until the transaction ends.

    Three queries for every ``CHUNK`` lines, and those of ``accounts_named``.
    """
    reading = read_roster(content)
    plan = Plan(lines=len(reading.lines), problems=list(reading.problems))
    known = _known(reading.lines, plan)
    there = 0
    for chunk in in_chunks(known, CHUNK):
        rows = _rows(programme_id, [one.account.id for one in chunk], locked=locked)
        settled = _settled_roles(chunk, rows)
        there += len(rows)
        for one in chunk:
            row = rows.get(one.account.id)
            if row is None:
                plan.new.append(one)
            else:
                _compare(one.line, row, plan, role_is_settled=one.account.id in settled)
    if reading.lines:
        plan.left_alone = Participant.objects.filter(programme=programme_id).count() - there
    plan.problems.sort(key=lambda problem: (problem.line, problem.column))
    return plan


def _known(lines: Sequence[Line], plan: Plan) -> list[Known]:
    """The lines about people with an account, each person once; the others go into the plan."""
    accounts = accounts_named(line.person for line in lines)
    first: dict[object, int] = {}
    known = []
    for line in lines:
        key = reference(line.person)
        account = accounts.get(key)
        who: object = account.id if account else key
        if who in first:
            facts = {"text": line.person, "line": first[who]}
            plan.problems.append(Problem(line.number, Column.PERSON, "person_twice", facts))
            continue
        first[who] = line.number
        if account is not None:
            if line.facts.get(Column.MANAGER) in account.names:
                plan.problems.append(Problem(line.number, Column.MANAGER, "own_manager"))
            known.append(Known(line, account))
        elif key in accounts:
            plan.problems.append(Problem(line.number, Column.PERSON, "person_ambiguous", {"text": line.person}))
        else:
            plan.unknown.append(line)
    return known


_FIELDS = ("pk", "user_id", "role", "state", "signed_up_at", *(str(column) for column in (*SETTLED, *OWN)))


def _rows(programme_id: int, users: Sequence[int], *, locked: bool) -> Mapping[int, Mapping[str, Any]]:
    """By user: what is known of those who are in the programme."""
    rows = Participant.objects.filter(programme=programme_id, user__in=users).order_by("pk")
    if locked:
        rows = rows.select_for_update()
    return {row["user_id"]: row for row in rows.values(*_FIELDS)}


def _settled_roles(chunk: Iterable[Known], rows: Mapping[int, Mapping[str, Any]]) -> frozenset[int]:
    """Of the people whose role the file changes: users on whose role somebody counts already."""
    movers = {
        row["pk"]: one.account.id
        for one in chunk
        if (row := rows.get(one.account.id)) is not None and row["role"] != one.line.role
    }
    if not movers:
        return frozenset()
    pairs = Pairing.objects.filter(Q(mentor__in=list(movers)) | Q(mentee__in=list(movers)))
    paired = {id_ for pair in pairs.values_list("mentor_id", "mentee_id") for id_ in pair}
    by_user = {movers[row["pk"]]: row for row in rows.values() if row["pk"] in movers}
    return frozenset(user for user, row in by_user.items() if _has_signed_up(row) or row["pk"] in paired)


def _has_signed_up(row: Mapping[str, Any]) -> bool:
    return row["state"] not in BEFORE_SIGN_UP or row["signed_up_at"] is not None


def _compare(line: Line, row: Mapping[str, Any], plan: Plan, *, role_is_settled: bool) -> None:
    if row["role"] != line.role and role_is_settled:
        plan.problems.append(Problem(line.number, Column.ROLE, "role_is_settled", {"text": row["role"]}))
        return
    settled, own = tuple(_differences(line, row, SETTLED)), tuple(_differences(line, row, OWN))
    if own and _has_signed_up(row):
        own = ()
        plan.kept += 1
    moved = (Change(Column.ROLE, row["role"], str(line.role)),) if row["role"] != line.role else ()
    changes = (*moved, *settled, *own)
    if changes:
        plan.changed.append(Changed(line, row["pk"], changes))
    else:
        plan.unchanged += 1


def _differences(line: Line, row: Mapping[str, Any], columns: Iterable[Column]) -> Iterator[Change]:
    for column in columns:
        if column in line.facts:
            old, new = _stored(column, row[column]), line.facts[column]
            if old != new:
                yield Change(column, old, new)


def _stored(column: Column, value: Any) -> Any:
    """A stored value in the form in which a line has it."""
    if column is Column.LANGUAGES:
        return tuple(sorted(value))
    return well_formed(value) if column is Column.WINDOWS else value

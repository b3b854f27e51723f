"""Reading policy.yaml: any number of the matcher's policy and of its weights."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from ...content.located import ContentError, Located, parse
from ...domain.matching import Policy, Weights
from .refusals import Problem, Refused

FLAGS = ("require_training", "waiting_first")
LEAST: Mapping[str, int] = {"line_levels": 1, "manager_levels": 1, "min_level_gap": 1}
"""Nobody is paired inside a line of reporting, and a mentor is the more junior: these cannot be turned off."""


def read_policy(path: Path | None, today: date) -> Policy:
    """The policy in a file; what is not there, and everything without a file, is as the matcher has it.

    Raises Refused with everything that is wrong in the file.
    """
    if path is None:
        return Policy(reference_date=today)
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused([Problem(path.name, 1, "", f"cannot be read: {error}")]) from error
    problems: list[Problem] = []
    found = _values(path.name, source, problems)
    if problems:
        raise Refused(problems)
    return Policy(**{"reference_date": today, **found})


def _values(file: str, source: str, problems: list[Problem]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    try:
        entries = parse(file, source).fields()
    except ContentError as error:
        problems.append(Problem(file, error.line, "", error.reason))
        return found
    for name, value in entries.items():
        try:
            found[name] = _value(name, value)
        except ContentError as error:
            problems.append(Problem(file, error.line, name, error.reason))
    return found


def _value(name: str, value: Located) -> Any:
    if name == "weights":
        return _weights(value)
    if name == "reference_weeks":
        return tuple(_natural(entry) for entry in value.entries())
    if name in FLAGS:
        return value.flag()
    if name == "reference_date":
        return _date(value)
    if name not in {field.name for field in fields(Policy)}:
        value.refuse("this is no part of a policy")
    number = _natural(value)
    if number < LEAST.get(name, 0):
        value.refuse(f"must be {LEAST[name]} or more")
    return number


def _weights(value: Located) -> Weights:
    known = {field.name for field in fields(Weights)}
    found = {}
    for name, number in value.fields().items():
        if name not in known:
            number.refuse(f"{name} is no weight; there are: {', '.join(sorted(known))}")
        found[name] = number.whole()
    try:
        return Weights(**found)
    except ValueError as error:
        value.refuse(str(error))


def _natural(value: Located) -> int:
    number = value.whole()
    if number < 0:
        value.refuse(f"{number} is below 0")
    return number


def _date(value: Located) -> date:
    try:
        return date.fromisoformat(str(value.node.value))
    except ValueError:
        value.refuse("a date such as 2027-01-11 is expected")

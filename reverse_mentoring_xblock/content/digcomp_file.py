"""DigComp's own data supplement: a JSON-LD file with one flat ``@graph``, as the European Commission publishes it.

Read are its entries of the types ``Competence`` and ``CompetenceStatement``; the others stay where they are. Nothing of
it is in this package.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

_LEVELS = ("basic", "intermediate", "advanced", "highly_advanced")
_AI = {"AI-Explicit": "explicit", "AI-Implicit": "implicit", "AI not Implicit or Explicit": "none"}
_COMPETENCE, _STATEMENT, _LEVEL = "Competence", "CompetenceStatement", "ProficiencyLevel"
_CODES = {_COMPETENCE: r"\d+\.\d+", _STATEMENT: r"CS\d+\.\d+\.\d+"}
_LONGEST = {"name": 255, "description": 2000}


class NotASupplement(ValueError):
    """A file of another shape. The text is a sentence that says what was expected."""


@dataclass(frozen=True)
class Statement:
    """One statement. ``level`` is a band of the framework or empty; ``ai`` is explicit, implicit or none."""

    code: str
    competence: str
    text: str
    level: str
    ai: str


@dataclass(frozen=True)
class Supplement:
    """The names of the competences by code, and the statements about them."""

    competences: Mapping[str, str]
    statements: tuple[Statement, ...]


def read_supplement(source: str) -> Supplement:
    """The supplement in ``source``. Raises NotASupplement."""
    try:
        document = json.loads(source)
    except ValueError:
        _refuse("the file is not JSON")
    graph = document.get("@graph") if isinstance(document, Mapping) else None
    if not isinstance(graph, list) or not all(isinstance(entry, Mapping) for entry in graph):
        _refuse("the file has no list of entries under “@graph”")
    competences = _of_type(graph, _COMPETENCE, lambda entry: _text(entry, "name"))
    statements = _of_type(graph, _STATEMENT, lambda entry: _statement(entry, competences))
    return Supplement(competences, tuple(statements.values()))


def _of_type(graph: Iterable[Mapping[str, Any]], kind: str, read: Callable[[Mapping[str, Any]], Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in graph:
        if entry.get("@type") == kind:
            code = _reference(entry, "@id", kind)
            if not re.fullmatch(_CODES[kind], code) or code in found:
                _refuse(f"{code} is not an id of a {kind}, or is there twice")
            found[code] = read(entry)
    if not found:
        _refuse(f"there is no entry of the type {kind}")
    return found


def _statement(entry: Mapping[str, Any], competences: Mapping[str, str]) -> Statement:
    code, competence = _reference(entry, "@id", _STATEMENT), _reference(entry, "competence_id", _COMPETENCE)
    if competence not in competences or not code.startswith(f"CS{competence}."):
        _refuse(f"{code} belongs to no competence of the file")
    label = entry.get("ai_label")
    if not isinstance(label, str) or label not in _AI:
        _refuse(f"{code} has no AI label that is known")
    return Statement(code, competence, _text(entry, "description"), _level(entry, code), _AI[label])


def _level(entry: Mapping[str, Any], code: str) -> str:
    if not entry.get("four_levels_proficiency_name"):
        return ""
    level = _reference(entry, "four_levels_proficiency_name", _LEVEL).lower().replace(" ", "_")
    if level not in _LEVELS:
        _refuse(f"{code} has a level that is not known")
    return level


def _reference(entry: Mapping[str, Any], name: str, kind: str) -> str:
    """The id under ``name`` without its type: "Competence/1.1" is "1.1"."""
    value = entry.get(name)
    if not isinstance(value, str) or not value.startswith(f"{kind}/"):
        _refuse(f"an entry of the type {entry['@type']} has no “{name}” that begins with “{kind}/”")
    return value.removeprefix(f"{kind}/")


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not 0 < len(value.strip()) <= _LONGEST[name]:
        _refuse(f"{entry['@id']} has no “{name}”, or one that is too long")
    return value.strip()


def _refuse(reason: str) -> NoReturn:
    raise NotASupplement(f"This is not the data supplement of DigComp 3.0: {reason}.")

"""Reading YAML so that every complaint names its file and line. Plain data only, no merge keys."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn, cast

import yaml
from yaml.constructor import SafeConstructor

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML without libyaml: the same result, ten times slower
    from yaml import SafeLoader  # type: ignore[assignment]  # another class with the same job

_SHOWN = 40


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a content file. ``line`` counts from 1."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class ContentError(Exception):
    """A content file that cannot be used, with all that was found wrong; ``reason`` and its place are of the first."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason
        self.problems: tuple[Problem, ...] = (Problem(file, line, reason),)

    @classmethod
    def all_of(cls, errors: Sequence["ContentError"]) -> "ContentError":
        """Several refusals as one."""
        first = errors[0]
        whole = cls(first.file, first.line, first.reason)
        whole.problems = tuple(problem for error in errors for problem in error.problems)
        return whole


@dataclass(frozen=True)
class Located:
    """A value in a file. Each reader raises ContentError when the value is of another kind."""

    file: str
    node: yaml.Node

    @property
    def line(self) -> int:
        """The line on which the value begins, from 1."""
        return int(self.node.start_mark.line) + 1

    def refuse(self, reason: str) -> NoReturn:
        """Raise ContentError at this place."""
        raise ContentError(self.file, self.line, reason)

    def text(self) -> str:
        """A text that is not empty. Codes such as 1.10 must be quoted, or YAML reads a number."""
        value = self._scalar()
        if not isinstance(value, str):
            self.refuse(f"{self._written()} is read as {type(value).__name__}: put it in quotes")
        if not value.strip():
            self.refuse("a text is missing")
        return value

    def whole(self) -> int:
        """A whole number."""
        value = self._scalar()
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse(f"{self._written()} is not a whole number")
        return value

    def number(self) -> float:
        """A number."""
        value = self._scalar()
        if not isinstance(value, int | float) or isinstance(value, bool):
            self.refuse(f"{self._written()} is not a number")
        return float(value)

    def flag(self) -> bool:
        """True or false."""
        value = self._scalar()
        if not isinstance(value, bool):
            self.refuse(f"{self._written()} is not true or false")
        return value

    def entries(self) -> tuple["Located", ...]:
        """The members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.refuse("a list is expected")
        return tuple(Located(self.file, node) for node in self.node.value)

    def fields(self) -> Mapping[str, "Located"]:
        """A mapping with text keys, none of them twice."""
        if not isinstance(self.node, yaml.MappingNode):
            self.refuse("a mapping is expected")
        found: dict[str, Located] = {}
        for key_node, value_node in self.node.value:
            key = Located(self.file, key_node)
            if key.text() in found:
                key.refuse(f"{key.text()} is there twice")
            found[key.text()] = Located(self.file, value_node)
        return found

    def field(self, name: str) -> "Located":
        """The value under that key."""
        fields = self.fields()
        if name not in fields:
            self.refuse(f"{name} is missing")
        return fields[name]

    def texts(self) -> tuple[str, ...]:
        """The members of a list of texts."""
        return tuple(entry.text() for entry in self.entries())

    def one_of(self, allowed: Collection[str]) -> str:
        """A text out of ``allowed``."""
        if self.text() not in allowed:
            self.refuse(f"{self.text()} is not one of: {', '.join(sorted(allowed))}")
        return self.text()

    def new_in(self, seen: set[str]) -> str:
        """A text that is not in ``seen`` yet; adds it."""
        if self.text() in seen:
            self.refuse(f"{self.text()} is there twice")
        seen.add(self.text())
        return self.text()

    def _scalar(self) -> object:
        if not isinstance(self.node, yaml.ScalarNode):
            self.refuse("a single value is expected")
        try:
            return cast(object, SafeConstructor().construct_object(self.node))
        except (yaml.YAMLError, ValueError):  # a foreign tag, the 31st of February, a number of thousands of digits
            self.refuse(f"{self._written()[:_SHOWN]} cannot be read: put it in quotes")

    def _written(self) -> str:
        return str(self.node.value)


def parse(file: str, source: str) -> Located:
    """The document in ``source``. Raises ContentError when it is empty or not YAML."""
    try:
        node = yaml.compose(source, Loader=SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(file, line, error.problem or "not YAML") from error
    except yaml.YAMLError as error:
        raise ContentError(file, 1, "not YAML") from error
    if node is None:
        raise ContentError(file, 1, "the file is empty")
    return Located(file, node)

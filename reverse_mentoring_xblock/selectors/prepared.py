"""Queries whose SQL is written once for a process.

Django writes the text of a query anew each time, which takes it several times as long as a database takes to answer a
small one (docs/references/benchmarks.md has the figures). Pages put the same questions for everybody: here the text is
kept and the values come with each asking. Nothing that a database has answered is kept.

    @prepared
    def _open_steps() -> "QuerySet[Action]":
        return Action.objects.filter(owner=Given("person"), done_at=None)

    _open_steps(person=7)

A text is kept for as long as the process runs, so nothing in it may change: the time of day is always given.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from functools import lru_cache, update_wrapper
from itertools import cycle
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections, router
from django.db.models import Field, Q, QuerySet, Value
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from ..models import Programme

Row = TypeVar("Row")

#: Texts that one question is kept in: it differs by role, by an author's rules, by the page of a list.
MOST_TEXTS = 64


class Given(Value):
    """The place of a value that comes with each asking.

    ``field`` says how a value that is neither a number nor a text is sent. With ``size`` it is a list of at most so
    many values, for ``__in``; no value equals what fills the rest of the list.
    """

    def __init__(self, name: str, field: "Field[Any, Any] | None" = None, size: int = 0) -> None:
        super().__init__(name, output_field=field)
        self.sent_as = field
        self.size = size

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A mark in the text, and this object where its value will stand."""
        if not self.size:
            return "%s", [self]
        return f"({', '.join(['%s'] * self.size)})", [self] * self.size

    def sent(self, said: Any, connection: Any) -> Any:
        """The value in the form that this database reads."""
        return self.sent_as.get_db_prep_value(said, connection) if self.sent_as else said

    def sent_list(self, said: Sequence[Any], connection: Any) -> list[Any]:
        """Every value of a list, and NULLs for the rest. Raises ValueError for a list that is too long."""
        if len(said) > self.size:
            raise ValueError(f"{self.value} holds {len(said)} values, {self.size} at most were planned")
        return [*(self.sent(value, connection) for value in said), *[None] * (self.size - len(said))]


def given_place(path: str = "programme") -> Q:
    """The condition that a row belongs to a place: ``question(**place._asdict())`` gives it."""
    key = Given("context_key", Programme._meta.get_field("context_key"))
    return Q(**{f"{path}__context_key": key, f"{path}__slug": Given("slug")})


class Prepared(Generic[Row]):
    """A question with its text. Positional arguments choose the text; every value has a name."""

    def __init__(self, make: "Callable[..., QuerySet[Any, Row]]") -> None:
        update_wrapper(self, make)
        self._make = make
        self._written = lru_cache(maxsize=MOST_TEXTS)(self._write)

    def __call__(self, *shape: Any, **values: Any) -> list[Row]:
        """The rows, read now. One query. Raises KeyError for a value that is missing."""
        asked = self._written(router.db_for_read(Programme), *shape).all()
        asked.query.values_given = values  # type: ignore[attr-defined]
        return list(asked)

    def forget(self) -> None:
        """Have the text written anew at the next asking."""
        self._written.cache_clear()

    def _write(self, using: str, *shape: Any) -> "QuerySet[Any, Row]":
        queryset = self._make(*shape).using(using)
        compiler = queryset.query.get_compiler(using)
        text, parameters = compiler.as_sql()
        compiler.connection = None  # a connection belongs to a thread, the text to all
        queryset.query.__class__ = _WrittenQuery  # as chain(klass=...) does; assigning a query would lose values_list
        queryset.query.written = _Written(compiler, text, tuple(parameters))  # type: ignore[attr-defined]
        return queryset


def prepared(make: "Callable[..., QuerySet[Any, Row]]") -> Prepared[Row]:
    """Make a function that returns a queryset a question whose SQL is written once."""
    return Prepared(make)


class _Written(NamedTuple):
    """A text, and the compiler in the state in which writing it has left it: it knows how to read the rows."""

    compiler: SQLCompiler
    text: str
    parameters: Sequence[Any]


class _WrittenQuery(Query):
    """A query that is not written again. Its clones share the text; each has its own values."""

    written: _Written
    values_given: Mapping[str, Any]

    def get_compiler(self, using: Any = None, connection: Any = None, elide_empty: bool = True) -> SQLCompiler:
        """The compiler that wrote the text, on the connection of this thread, as if it had written it just now."""
        compiler = copy(self.written.compiler)
        compiler.connection = connection or connections[using]
        filled = self.written.text, tuple(self._fill(compiler.connection))
        compiler.as_sql = lambda *_arguments, **_options: filled  # type: ignore[method-assign]
        return compiler

    def _fill(self, connection: Any) -> Iterator[Any]:
        lists: dict[Given, Iterator[Any]] = {}
        for parameter in self.written.parameters:
            if not isinstance(parameter, Given):
                yield parameter
            elif not parameter.size:
                yield parameter.sent(self.values_given[parameter.value], connection)
            else:
                if parameter not in lists:
                    lists[parameter] = cycle(parameter.sent_list(self.values_given[parameter.value], connection))
                yield next(lists[parameter])

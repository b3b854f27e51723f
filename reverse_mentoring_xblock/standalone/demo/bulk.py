"""Many rows at once, on every database."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

BATCH = 1000
AnyRow = TypeVar("AnyRow", bound=models.Model)


def add(rows: Sequence[AnyRow], key: str = "") -> Sequence[AnyRow]:
    """Insert the rows. With ``key``, the name of a unique field, their ids are known afterwards.

    Some databases give no ids back for many rows; then they are read again.
    """
    if not rows:
        return rows
    table: Any = type(rows[0])._default_manager
    table.bulk_create(rows, batch_size=BATCH)
    if key and rows[0].pk is None:
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            ids = dict(table.filter(**{f"{key}__in": [getattr(row, key) for row in part]}).values_list(key, "pk"))
            for row in part:
                row.pk = ids[getattr(row, key)]
    return rows


def backdate(rows: Iterable[tuple[models.Model, datetime]]) -> None:
    """Say when rows were made: Django sets the moment of the insert. One query for each moment and table."""
    found: dict[tuple[type[models.Model], datetime], list[Any]] = {}
    for row, moment in rows:
        found.setdefault((type(row), moment), []).append(row.pk)
    for (table, moment), ids in found.items():
        for start in range(0, len(ids), BATCH):
            table._default_manager.filter(pk__in=ids[start : start + BATCH]).update(created=moment)

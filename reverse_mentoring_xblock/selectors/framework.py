"""What the competence framework itself says, where it has been imported."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ..models import CompetenceStatement


@dataclass(frozen=True)
class StatementRow:
    """One statement in the publisher's words. ``level`` is basic to highly_advanced or empty; ``ai`` is explicit,
    implicit or none."""

    code: str
    competence: str
    competence_name: str
    text: str
    level: str
    ai: str


def statements_of(codes: Collection[str]) -> Mapping[str, tuple[StatementRow, ...]]:
    """The statements about each of these competences, in the framework's order. One query.

    A competence without any is missing: all of them are where nothing was imported.
    """
    found = defaultdict(list)
    fields = ("code", "competence", "competence_name", "text", "level", "ai")
    for row in CompetenceStatement.objects.filter(competence__in=codes).order_by("code").values_list(*fields):
        statement = StatementRow(*row)
        found[statement.competence].append(statement)
    return {code: tuple(rows) for code, rows in found.items()}

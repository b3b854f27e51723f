"""Putting the framework's own statements in the place of those that were imported before."""

from django.db import transaction

from ..content.digcomp_file import Supplement
from ..models import CompetenceStatement


@transaction.atomic
def replace_statements(supplement: Supplement) -> None:
    """Store what a supplement says; what was there goes. Importing the same file twice is importing it once."""
    CompetenceStatement.objects.all().delete()
    CompetenceStatement.objects.bulk_create(
        CompetenceStatement(
            code=statement.code,
            competence=statement.competence,
            competence_name=supplement.competences[statement.competence],
            text=statement.text,
            level=statement.level,
            ai=statement.ai,
        )
        for statement in supplement.statements
    )

"""The competence framework in its publisher's own words, where an operator has imported it."""

from django.db import models

from .base import Row


class CompetenceStatement(Row):
    """One statement of DigComp about one competence. The package ships none of them: they are imported.

    .. no_pii: Published sentences.
    """

    code = models.CharField(max_length=16, unique=True, help_text="the framework's own id, such as CS1.1.01")
    competence = models.CharField(max_length=8, db_index=True, help_text="the competence's code, such as 1.1")
    competence_name = models.CharField(max_length=255)
    text = models.TextField()
    level = models.CharField(max_length=16, blank=True, help_text="basic, intermediate, advanced, highly_advanced")
    ai = models.CharField(max_length=8, help_text="whether it is about AI: explicit, implicit or none")

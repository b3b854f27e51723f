"""Reading pages turned and checks handed in."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ...domain.training import Module
from .base import BlockForm


class PageForm(BlockForm):
    """A module and the step to go to."""

    name = "page"
    module = forms.CharField(max_length=64)
    step = forms.IntegerField(min_value=0, max_value=1000)


class ModuleForm(BlockForm):
    """A module to open; empty to go back to the list."""

    name = "module"
    module = forms.CharField(max_length=64, required=False)


class AttemptForm(BlockForm):
    """Which check is being handed in."""

    name = "attempt"
    module = forms.CharField(max_length=64)
    attempt = forms.IntegerField(min_value=1, max_value=30000)


class CheckForm(BlockForm):
    """The questions of one module, each with its options."""

    name = "check"

    def __init__(self, module: Module, words: Mapping[str, str], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for number, question in enumerate(module.check, start=1):
            stem = f"{module.id}.check.{question.id}"
            self.fields[question.id] = forms.ChoiceField(
                label=f"{number}. {words[f'{stem}.stem']}",
                choices=[(option, words[f"{stem}.opt.{option}"]) for option in question.options],
                error_messages={"required": _("Choose one answer.")},
            )

    @property
    def problems(self) -> list[tuple[str, str]]:
        """By number: a question is a whole scenario, too long for a link."""
        return [
            (field.auto_id, _("Question %(number)s: choose one answer.") % {"number": number})
            for number, field in enumerate(self, start=1)
            if field.errors
        ]

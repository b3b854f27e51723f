"""Reading answers, swapped topics and what to share."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...domain.assessment.answers import NA, SKIP
from ...domain.assessment.bank import AUTONOMY, MATTERS, SCALES
from ...domain.assessment.rounds import Sharing, is_about_importance
from .base import BlockForm

Choices = Sequence[tuple[str, str]]


def answer_words(item: str, words: Mapping[str, str]) -> tuple[Choices, Choices]:
    """The answers to a question with their words: those on its scale, low to high, and those beside it."""
    scale, beside = (MATTERS, (SKIP,)) if is_about_importance(item) else (AUTONOMY, (NA, SKIP))
    on_scale = [(str(step), words[f"scale.{scale}.{step}"]) for step in SCALES[scale]]
    return on_scale, [(name, words[f"scale.{name}"]) for name in beside]


class ItemForm(BlockForm):
    """Which question."""

    name = "item"
    item = forms.CharField(label=_("Question"), max_length=32)


class AnswerForm(BlockForm):
    """One question with every answer that it takes."""

    name = "answer"

    def __init__(self, item: str, words: Mapping[str, str], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.item = item
        self.on_scale, self.beside = answer_words(item, words)
        stem = words["lead.matters"] if is_about_importance(item) else words.get(f"{item}.stem", "")
        self.fields["answer"] = forms.ChoiceField(
            label=stem.removesuffix("."),
            choices=[*self.on_scale, *self.beside],
            error_messages={"required": _("Choose one answer. “I'd rather skip” is one, too.")},
        )


class SwapForm(BlockForm):
    """A topic and the competence to take its place. There is one form for each topic on the page."""

    topic = forms.CharField(max_length=8, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, choices: Choices, topic: str = "", **options: Any) -> None:
        self.name = f"swap-{topic}".replace(".", "-")
        super().__init__(*arguments, initial={"topic": topic}, **options)
        self.fields["instead"] = forms.ChoiceField(label=_("Work on this instead"), choices=choices)


class SharingForm(BlockForm):
    """What a mentor may see. A box that is not ticked is not sent."""

    name = "sharing"
    share = forms.MultipleChoiceField(
        label=_("Let your mentor see"),
        required=False,
        choices=[
            ("topics", _("My topics")),
            ("levels", _("My level in each of the five areas, in words and without numbers")),
            ("strength", _("The strength that I could offer in return")),
        ],
    )

    def sharing(self) -> Sharing:
        """What was ticked."""
        ticked = self.read()["share"]
        return Sharing(topics="topics" in ticked, levels="levels" in ticked, strength="strength" in ticked)

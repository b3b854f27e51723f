"""Reading answers, and what people decide on their report."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...domain.assessment.answers import MOST_GOALS, NA, SKIP, UNSURE, scale_of
from ...domain.assessment.bank import AUTONOMY, REACHED, SCALES, SURE, Bank, Check
from ...domain.assessment.rounds import Sharing
from ...domain.assessment.scenarios import options_in_order
from .base import BlockForm

Choices = Sequence[tuple[str, str]]
Words = Mapping[str, str]
LONGEST_GOAL = 300


def answer_words(bank: Bank, item: str, words: Words, seed: int = 0) -> tuple[Choices, Choices]:
    """The answers to a question with their words: those on its scale or its options, and those beside them."""
    skip = (SKIP, words["scale.skip"])
    check = bank.checks.get(item)
    if check is not None:
        options = [(option, words[f"{check.id}.opt.{option}"]) for option in options_in_order(check, seed)]
        return options, [(UNSURE, words["scale.unsure"]), skip]
    scale = scale_of(bank, item)
    if scale is None:
        return [], []
    if scale == REACHED:
        return [("2", _("Yes")), ("1", _("Partly")), ("0", _("Not yet"))], [skip]
    on_scale = [(str(step), words[f"scale.{scale}.{step}"]) for step in SCALES[scale]]
    takes_na = scale == AUTONOMY and item in bank.items
    return on_scale, [(NA, words["scale.na"]), skip] if takes_na else [skip]


def sure_words(words: Words) -> Choices:
    """How sure, from a guess to near certain."""
    return [(name, words[f"scale.sure.{name}"]) for name in SURE]


class ItemForm(BlockForm):
    """Which question."""

    name = "item"
    item = forms.CharField(label=gettext_lazy("Question"), max_length=40)


class BeginForm(BlockForm):
    """Which kind of role a mentee has; asked only where the author gives several."""

    name = "begin"

    def __init__(self, *arguments: Any, choices: Choices = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        if choices:
            self.fields["profile"] = forms.ChoiceField(
                label=_("Which comes nearest to your role?"),
                help_text=_("It sets the level that the report suggests aiming for. Nobody else sees it."),
                choices=choices,
                initial=choices[0][0],
                error_messages={"required": _("Choose the one that comes nearest.")},
            )


class AnswerForm(BlockForm):
    """One question with every answer that it takes."""

    name = "answer"

    def __init__(
        self, item: str, bank: Bank, words: Words, *arguments: Any, stem: str = "", seed: int = 0, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        missing = _("Choose one answer. “%(skip)s” is one, too.") % {"skip": words["scale.skip"]}
        self.item = item
        self.check: Check | None = bank.checks.get(item)
        self.on_scale, self.beside = answer_words(bank, item, words, seed)
        self.fields["answer"] = forms.ChoiceField(
            label=stem.removesuffix("."),
            choices=[*self.on_scale, *self.beside],
            error_messages={"required": missing},
        )
        if self.check is not None:
            self.fields["sure"] = forms.ChoiceField(label=words["lead.sure"], choices=sure_words(words), required=False)

    def clean(self) -> dict[str, Any]:
        """How sure belongs to an option, and to nothing beside them."""
        said = super().clean() or {}
        if self.check is None or "answer" not in said:
            return said
        if said["answer"] not in self.check.options:
            said["sure"] = ""
        elif not said.get("sure") and "sure" not in self.errors:
            self.add_error("sure", _("Say how sure you are of your choice; a guess is an answer, too."))
        return said


class SwapForm(BlockForm):
    """A topic and the competence to take its place. There is one form for each topic on the page."""

    topic = forms.CharField(max_length=8, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, choices: Choices, topic: str = "", **options: Any) -> None:
        self.name = f"swap-{topic}".replace(".", "-")
        super().__init__(*arguments, initial={"topic": topic}, **options)
        self.fields["instead"] = forms.ChoiceField(label=_("Work on this instead"), choices=choices)


class OffersForm(BlockForm):
    """What a mentor would gladly help with. A box that is not ticked is not sent."""

    name = "offers"

    def __init__(self, *arguments: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["offers"] = forms.MultipleChoiceField(
            label=_("I would gladly help with"), required=False, choices=choices
        )


class GoalsForm(BlockForm):
    """Up to three goals in a mentee's own words."""

    name = "goals"

    def __init__(self, *arguments: Any, goals: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        for place in range(MOST_GOALS):
            self.fields[f"goal_{place + 1}"] = forms.CharField(
                label=_("Goal %(n)s") % {"n": place + 1},
                max_length=LONGEST_GOAL,
                required=False,
                initial=goals[place] if place < len(goals) else "",
            )

    def texts(self) -> list[str]:
        """What was written, in order."""
        said = self.read()
        return [said[f"goal_{place + 1}"] for place in range(MOST_GOALS)]


class DoneForm(BlockForm):
    """The day on which a goal was reached. There is one form for each goal on the page."""

    number = forms.IntegerField(min_value=1, max_value=MOST_GOALS, widget=forms.HiddenInput)
    done_on = forms.DateField(label=gettext_lazy("Done on"), required=False, input_formats=["%Y-%m-%d"])

    def __init__(self, *arguments: Any, number: int = 0, **options: Any) -> None:
        self.name = f"done-{number}"
        super().__init__(*arguments, **options)


class SharingForm(BlockForm):
    """What a mentor may see. A box that is not ticked is not sent."""

    name = "sharing"
    share = forms.MultipleChoiceField(
        label=gettext_lazy("Let your mentor see"),
        required=False,
        choices=[
            ("topics", gettext_lazy("My topics")),
            ("levels", gettext_lazy("My level in each of the five areas, in words and without numbers")),
            ("strength", gettext_lazy("The strength that I could offer in return")),
        ],
    )

    def sharing(self) -> Sharing:
        """What was ticked."""
        ticked = self.read()["share"]
        return Sharing(topics="topics" in ticked, levels="levels" in ticked, strength="strength" in ticked)

"""What a coordinator sends about a proposal: how to show it, what to release, and a word on a pair."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...selectors.review import FILTERS, SORTS
from ...services.weighing import Word
from .base import BlockForm
from .pairing import LONGEST_SEARCH


class TableForm(BlockForm):
    """Order, filter and search of the table of pairs."""

    name = "table"
    sort = forms.ChoiceField(label=gettext_lazy("Order"), choices=[(name, name) for name in SORTS])
    show = forms.ChoiceField(label=gettext_lazy("Show"), choices=[(name, name) for name in FILTERS])
    search = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=LONGEST_SEARCH)


class PartForm(BlockForm):
    """The part of a proposal to release: ticked pairs, or as many as the filter showed."""

    name = "part"
    run = forms.UUIDField()
    seen = forms.CharField(required=False, max_length=40)
    shown = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def clean(self) -> dict[str, object]:
        """With the ids of the ticked pairs; any may be sent, the service knows which there are."""
        said: dict[str, object] = super().clean() or self.cleaned_data
        try:
            ticked = {UUID(text) for text in self.data.getlist("pairs")}
        except ValueError:
            raise forms.ValidationError(_("Tick the pairs in the list.")) from None
        if not ticked and not said.get("shown"):
            raise forms.ValidationError(_("Tick at least one pair. Nothing was released."))
        return {**said, "pairs": ticked}


class WordForm(BlockForm):
    """A word on a pair, as a button sends it: the word and the two people, with a colon between."""

    name = "word"
    run = forms.UUIDField(required=False)
    said = forms.CharField(max_length=100)

    def clean_said(self) -> tuple[Word, UUID, UUID]:
        """The word, the mentor and the mentee."""
        try:
            word, mentor, mentee = self.cleaned_data["said"].split(":")
            return Word(word), UUID(mentor), UUID(mentee)
        except ValueError:
            raise forms.ValidationError(_("Choose one of the buttons beside a pair.")) from None


class KeepForm(WordForm):
    """A word to be kept, and what the price was worked out for."""

    name = "keep"
    seen = forms.CharField(required=False, max_length=100)


class FindForm(BlockForm):
    """Whom to look for on both sides."""

    name = "find"
    mentor_name = forms.CharField(
        label=gettext_lazy("Name of the mentor"),
        max_length=LONGEST_SEARCH,
        error_messages={"required": gettext_lazy("Give a part of the name of the mentor.")},
    )
    mentee_name = forms.CharField(
        label=gettext_lazy("Name of the mentee"),
        max_length=LONGEST_SEARCH,
        error_messages={"required": gettext_lazy("Give a part of the name of the mentee.")},
    )


class HandForm(BlockForm):
    """Two people chosen by hand."""

    name = "hand"
    run = forms.UUIDField(required=False)
    mentor = forms.UUIDField(
        label=gettext_lazy("Mentor"), error_messages={"required": gettext_lazy("Choose a mentor.")}
    )
    mentee = forms.UUIDField(
        label=gettext_lazy("Mentee"), error_messages={"required": gettext_lazy("Choose a mentee.")}
    )

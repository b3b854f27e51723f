"""Asking for a forecast of invented people, and trying other weights."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...domain.matching import MOST_LANGUAGES, Heads
from ...domain.pairing_rules import Shares
from .base import BlockForm

MOST_HEADS = 5000
MOST_PLACES = 50


def count(label: Any, most: int, initial: int) -> forms.IntegerField:
    """A whole number from 1 on."""
    return _whole(label, 1, most, initial=initial)


def _whole(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:
    words = format_lazy(gettext_lazy("Give a whole number from {least} to {most}."), least=least, most=most)
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), words)
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=wrong, **more)


class HeadsForm(BlockForm):
    """What is known before anybody has signed up."""

    name = "heads"
    mentors = count(gettext_lazy("Mentors"), MOST_HEADS, 40)
    mentees = count(gettext_lazy("Mentees"), MOST_HEADS, 60)
    departments = count(gettext_lazy("Departments"), MOST_PLACES, 6)
    sites = count(gettext_lazy("Sites"), MOST_PLACES, 2)
    languages = count(gettext_lazy("Working languages"), MOST_LANGUAGES, 2)
    capacity = forms.DecimalField(
        label=gettext_lazy("Mentees for each mentor, on average"),
        min_value=1,
        max_value=5,
        max_digits=2,
        decimal_places=1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            gettext_lazy("Give a number from 1 to 5 with at most one decimal, such as 1.5."),
        ),
        initial="1.5",  # a text: a number box takes no comma, in no language
    )

    def heads(self) -> Heads:
        """The head counts. Raises FormRefused when there are errors."""
        said = self.read()
        return Heads(**{**said, "capacity": float(said["capacity"])})


def share(label: Any) -> forms.IntegerField:
    """A part of the points, in percent."""
    return _whole(label, 0, 100)


class SharesForm(BlockForm):
    """Weights to try, in percent of all points."""

    name = "shares"
    cover = share(gettext_lazy("Points for needs that the mentor covers"))
    interests = share(gettext_lazy("Points for topics that both chose"))
    wishes = share(gettext_lazy("Points for wishes"))
    style = share(gettext_lazy("Points for alike ways of working"))
    department = share(gettext_lazy("Points for different departments"))
    site = share(gettext_lazy("Points for different sites"))

    def __init__(self, *data: Any, waiting: int, **options: Any) -> None:
        """``waiting`` is the author's weight of having waited, which stays as it is."""
        super().__init__(*data, **options)
        self.waiting = waiting

    def clean(self) -> dict[str, Any]:
        """All parts together. What is wrong with them is said beside the largest."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        parts = {name: said.get(name, 0) for name in self.fields}
        total, largest = sum(parts.values()), max(parts, key=lambda name: parts[name])
        if total + self.waiting > 100:
            words = _(
                "With %(waiting)s for having waited these are %(total)s percent. "
                "Lower this or another: 100 is the limit."
            )
            self.add_error(largest, words % {"waiting": self.waiting, "total": total + self.waiting})
        elif len(said) == len(self.fields) and not total:
            self.add_error(largest, _("Give this or another more than 0. Without points any pair is as good."))
        return said

    def shares(self) -> Shares:
        """The weights. Raises FormRefused when there are errors."""
        return Shares(**self.read(), queue=self.waiting)

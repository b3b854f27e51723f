"""Asking for a forecast of invented people, and trying other weights."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...domain.matching import MOST_LANGUAGES, Heads
from ...domain.pairing_rules import Shares
from .base import BlockForm

MOST_HEADS = 5000
MOST_PLACES = 50


def count(label: Any, most: int, initial: int) -> forms.IntegerField:
    """A whole number from 1 on."""
    return forms.IntegerField(label=label, min_value=1, max_value=most, initial=initial)


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
        initial="1.5",  # a text: a number box takes no comma, in no language
    )

    def heads(self) -> Heads:
        """The head counts. Raises FormRefused when there are errors."""
        said = self.read()
        return Heads(**{**said, "capacity": float(said["capacity"])})


def share(label: Any) -> forms.IntegerField:
    """A part of the points, in percent."""
    return forms.IntegerField(label=label, min_value=0, max_value=100)


class SharesForm(BlockForm):
    """Weights to try, in percent of all points."""

    name = "shares"
    cover = share(gettext_lazy("Points for needs that the mentor covers"))
    interests = share(gettext_lazy("Points for topics that both chose"))
    wishes = share(gettext_lazy("Points for wishes"))
    style = share(gettext_lazy("Points for alike ways of working"))
    department = share(gettext_lazy("Points for different departments"))
    site = share(gettext_lazy("Points for different sites"))
    queue = share(gettext_lazy("Points for having waited"))

    def clean(self) -> dict[str, Any]:
        """All parts together."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        total = sum(said.get(name, 0) for name in self.fields)
        if total > 100:
            raise forms.ValidationError(
                _("Together these are %(total)s percent. Lower some of them: 100 is the most.") % {"total": total}
            )
        if len(said) == len(self.fields) and not total:
            raise forms.ValidationError(_("Give at least one of them more than 0. Without points any pair is as good."))
        return said

    def shares(self) -> Shares:
        """The weights. Raises FormRefused when there are errors."""
        return Shares(**self.read())

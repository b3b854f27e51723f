"""The forms of the desk's page about circles."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...content.loading import load_bank
from ...domain.circles import LEAST_MENTEES, MOST_MENTEES
from .base import BlockForm


def topics() -> list[tuple[str, str]]:
    """Every competence that a circle can be about."""
    return [(code, code) for code in load_bank().competences]


class PeopleField(forms.MultipleChoiceField):
    """People by their public ids."""

    def valid_value(self, value: Any) -> bool:
        """Whether it is an id at all; who it is, a service looks up."""
        try:
            UUID(value)
        except ValueError:
            return False
        return True


class CirclesForm(BlockForm):
    """What to look at: a topic, and of it a mentor; or a page of the circles that there are."""

    name = "circles"
    topic = forms.ChoiceField(choices=topics, required=False)
    mentor = forms.UUIDField(required=False)
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False)


class OfferCircleForm(BlockForm):
    """A circle to offer."""

    name = "offer_circle"
    topic = forms.ChoiceField(choices=topics)
    mentor = forms.UUIDField()
    mentees = PeopleField(label=gettext_lazy("Who is in the circle"), required=False)

    def clean_mentees(self) -> list[UUID]:
        """Three to six."""
        chosen = sorted({UUID(one) for one in self.cleaned_data["mentees"]})
        if not LEAST_MENTEES <= len(chosen) <= MOST_MENTEES:
            raise forms.ValidationError(
                _("Choose %(least)s to %(most)s mentees; you have ticked %(n)s.")
                % {"least": LEAST_MENTEES, "most": MOST_MENTEES, "n": len(chosen)}
            )
        return chosen


class CircleForm(BlockForm):
    """A circle to decide about."""

    name = "circle"
    circle = forms.UUIDField()

"""The forms of the desk's page "pairs"."""

from django import forms
from django.utils.translation import gettext as _

from ...domain.offers import EXTRA_DAYS
from ...selectors.live_pairs import PairsShown
from .base import BlockForm
from .pairing import LONGEST_SEARCH, PairingForm


def lists_of_pairs() -> list[tuple[str, str]]:
    """What the list can be narrowed to."""
    return [
        (PairsShown.ALL.value, _("All offers and pairs")),
        (PairsShown.FLAGGED.value, _("To look at")),
        (PairsShown.SOON.value, _("Offers that end soon")),
        (PairsShown.OFFERED.value, _("Open offers")),
        (PairsShown.ACTIVE.value, _("Active pairs")),
    ]


class PairsForm(BlockForm):
    """Which pairs are listed, and which page of them."""

    name = "pairs"
    shown = forms.TypedChoiceField(
        choices=lists_of_pairs, coerce=PairsShown, required=False, empty_value=PairsShown.ALL
    )
    search = forms.CharField(max_length=LONGEST_SEARCH, required=False)
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)


class OpenPairForm(BlockForm):
    """A pair to open, or none to go back to the list."""

    name = "open_pair"
    pairing = forms.UUIDField(required=False)


class ExtendForm(PairingForm):
    """How many days longer an offer waits, and the end that was on the page."""

    name = "extend"
    days = forms.TypedChoiceField(choices=[(str(days), str(days)) for days in EXTRA_DAYS], coerce=int)
    seen = forms.DateTimeField()


class FindMentorForm(BlockForm):
    """A name, or a part of one, to look for among the mentors who have room."""

    name = "find_mentor"
    search = forms.CharField(max_length=LONGEST_SEARCH, required=False)


class HandOverForm(PairingForm):
    """A pair and the mentor whom its mentee is offered instead."""

    name = "hand_over"
    mentor = forms.UUIDField()


class OnBehalfForm(BlockForm):
    """A person to act for."""

    name = "on_behalf"
    participant = forms.UUIDField()

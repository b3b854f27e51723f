"""The small forms that name a pairing, a card, a proposal or a page of a list."""

from django import forms

from ...domain.matching import MOST_WISHES
from .base import BlockForm

LONGEST_SEARCH = 100
"""Characters of a name that somebody looks for on the desk."""


class PairingForm(BlockForm):
    """A pairing to decide about."""

    name = "pairing"
    pairing = forms.UUIDField()


class OpenForm(BlockForm):
    """Whether something that is open is closed again."""

    name = "open"
    close = forms.BooleanField(required=False)


class CardForm(BlockForm):
    """A card to say something about."""

    name = "card"
    card = forms.UUIDField()


class WishForm(CardForm):
    """A wish with its rank."""

    name = "wish"
    rank = forms.IntegerField(min_value=1, max_value=MOST_WISHES)


class CardsPageForm(BlockForm):
    """A page of the cards; 0 leads back."""

    name = "cards_page"
    page = forms.IntegerField(min_value=0, max_value=10_000)


class RunForm(BlockForm):
    """A proposal to decide about."""

    name = "run"
    run = forms.UUIDField()


class ReleaseForm(RunForm):
    """A proposal to release, as it was seen."""

    seen = forms.CharField(required=False, max_length=40)


class PageForm(BlockForm):
    """A page of a list on the desk."""

    name = "page"
    page = forms.IntegerField(min_value=1, max_value=100_000)

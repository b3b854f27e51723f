"""Cards of possible partners: wishes, and people passed over."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..services.wishing import avoid, take_back, wish
from .forms.pairing import CardForm, CardsPageForm, WishForm
from .handling import Done, handles
from .viewer import Viewer

CARDS = "cards"
"""The page of the cards."""


class PairingWishes:
    """For a block with ``place``, ``rules``, ``form``, ``page_at`` and ``cards_at``."""

    place: Place
    rules: PairingRules
    form: Any
    page_at: Any
    cards_at: Any
    acted_on = ""
    """The card that the request was about: there the reader goes on."""

    @handles(region="journey")
    def open_cards(self, viewer: Viewer, data: QueryDict) -> Done:
        """Show a page of cards, or go back."""
        self.cards_at = self.form(CardsPageForm, data).read()["page"]
        self.page_at = CARDS if self.cards_at else ""
        return Done(say="")

    @handles(region="journey")
    def wish(self, viewer: Viewer, data: QueryDict) -> Done:
        """Wish for somebody."""
        asked = self.form(WishForm, data).read()
        self.acted_on = str(asked["card"])
        wish(self.place, viewer.user_id, asked["card"], asked["rank"], self.rules)
        return Done(say=_("Your wish is saved. It counts from the next round on."))

    @handles(region="journey")
    def avoid(self, viewer: Viewer, data: QueryDict) -> Done:
        """Pass somebody over."""
        avoid(self.place, viewer.user_id, self.form(CardForm, data).read()["card"], self.rules)
        return Done(say=_("You will not be paired with them. Nobody is told."))

    @handles(region="journey")
    def take_back_card(self, viewer: Viewer, data: QueryDict) -> Done:
        """Take back a wish, or that somebody was passed over."""
        take_back(self.place, viewer.user_id, self.form(CardForm, data).read()["card"])
        return Done(say=_("Taken back."))

"""The pages of the coordinator's desk, and the way from one to another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from .forms.base import BlockForm

#: In the order of the work; the first is open at the start. Each has a template of its name in ``pairing/desk``.
DESK_PAGES = ("round", "people", "forecast", "pairs", "circles", "history")

_TITLES: Mapping[str, Callable[[], str]] = {
    "round": lambda: _("The round"),
    "forecast": lambda: _("Before the round"),
    "people": lambda: _("People"),
    "pairs": lambda: _("Pairs"),
    "circles": lambda: _("Circles"),
    "history": lambda: _("History"),
}


@dataclass(frozen=True)
class Tab:
    """A page of the desk, whether it is the one that is open, and how much on it asks for a decision."""

    page: str
    title: str
    is_open: bool
    to_look_at: int = 0


def desk_tabs(page: str, to_look_at: Mapping[str, int]) -> Sequence[Tab]:
    """All pages, with the open one marked."""
    return [Tab(name, _TITLES[name](), name == page, to_look_at.get(name, 0)) for name in DESK_PAGES]


class DeskPageForm(BlockForm):
    """A page of the desk to go to."""

    name = "desk_page"
    page = forms.ChoiceField(choices=[(name, name) for name in DESK_PAGES])

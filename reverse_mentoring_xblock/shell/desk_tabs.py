"""The pages of the coordinator's desk, and the way from one to another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from .forms.base import BlockForm

#: In the order of the work; the first is open at the start. Each has a template of its name in ``pairing/desk``.
DESK_PAGES = ("round", "forecast", "people")

_TITLES: Mapping[str, Callable[[], str]] = {
    "round": lambda: _("The round"),
    "forecast": lambda: _("Before the round"),
    "people": lambda: _("People"),
}


@dataclass(frozen=True)
class Tab:
    """A page of the desk and whether it is the one that is open."""

    page: str
    title: str
    is_open: bool


def desk_tabs(page: str) -> Sequence[Tab]:
    """All pages, with the open one marked."""
    return [Tab(name, _TITLES[name](), name == page) for name in DESK_PAGES]


class DeskPageForm(BlockForm):
    """A page of the desk to go to."""

    name = "desk_page"
    page = forms.ChoiceField(choices=[(name, name) for name in DESK_PAGES])

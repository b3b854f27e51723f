"""Which programmes there are, and what a coordinator has settled for one."""

from collections.abc import Sequence
from datetime import datetime

from ..data import Place
from ..models import Programme


def all_places() -> Sequence[Place]:
    """Where programmes run, oldest first. One query."""
    return [Place(row.context_key, row.slug) for row in Programme.objects.only("context_key", "slug").order_by("pk")]


def names_shown_since(place: Place) -> datetime | None:
    """Since when cards show names; None while they do not. One query."""
    rows = Programme.objects.filter(context_key=place.context_key, slug=place.slug)
    return rows.values_list("names_shown_at", flat=True).first()

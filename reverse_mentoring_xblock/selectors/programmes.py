"""Which programmes there are."""

from collections.abc import Sequence

from ..data import Place
from ..models import Programme


def all_places() -> Sequence[Place]:
    """Where programmes run, oldest first. One query."""
    return [Place(row.context_key, row.slug) for row in Programme.objects.only("context_key", "slug").order_by("pk")]

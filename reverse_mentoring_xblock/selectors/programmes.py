"""Which programmes there are."""

from collections.abc import Sequence

from ..data import Place
from ..models import Programme


def all_places() -> Sequence[Place]:
    """Where programmes run, oldest first. One query."""
    return [Place(*row) for row in Programme.objects.order_by("pk").values_list("context_key", "slug")]

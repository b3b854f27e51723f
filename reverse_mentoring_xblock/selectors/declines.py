"""Why offers were declined, in classes that lead to nobody."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..data import Place
from ..domain.disclosure import BATCH, shown_groups
from ..domain.states import WhyDeclined
from ..models import DeclineReason


@dataclass(frozen=True)
class DeclinesRow:
    """Declined offers, counted in steps of five. ``rest`` are those whose class is too small to be named."""

    total: int
    classes: Mapping[WhyDeclined, int]
    rest: int


def declines(place: Place) -> DeclinesRow:
    """What may be shown: classes from five on, and never so that what is left over is fewer than five. One query."""
    counts = DeclineReason.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug)
    sizes = {WhyDeclined(reason): shown for reason, shown in counts.values_list("reason", "shown") if shown}
    total = sum(sizes.values())
    named = shown_groups(sizes, total, floor=BATCH)
    classes = {why: sizes[why] for why in WhyDeclined if why in named}
    return DeclinesRow(total, classes, total - sum(classes.values()))

"""Whether the cards on which people choose whom they wish for show names."""

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..models import Programme
from .claims import claim
from .history import note
from .joining import open_programme


def show_names(place: Place, user_id: int, *, shown: bool) -> bool:
    """Show the names, or hide them again. Returns whether anything changed."""
    programme = open_programme(place)
    with transaction.atomic():
        row = claim(Programme.objects.filter(pk=programme.pk))
        if shown == (row.names_shown_at is not None):
            return False
        row.names_shown_at = timezone.now() if shown else None
        row.save(update_fields=["names_shown_at", "modified"])
        note(row, user_id, "roster.names_shown" if shown else "roster.names_hidden")
        return True

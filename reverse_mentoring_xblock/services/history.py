"""The log of what coordinators, and the programme by itself, decided."""

from ..models import AuditEntry, Programme


def note(programme: Programme, user_id: int | None, act: str, **facts: object) -> None:
    """Keep who did what to which rows."""
    AuditEntry.objects.create(programme=programme, actor_id=user_id, act=act, facts=facts)

"""Taking out what the demo made, and nothing else: accounts with the demo's mail domain, and what hangs from them."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet

from ...models import AuditEntry, MatchRun, Participant
from ..models import ReceivedEvent
from .names import DEMO_DOMAIN

CHUNK = 500


def demo_accounts() -> "QuerySet[Any]":
    """Every account that the demo made."""
    return get_user_model().objects.filter(email__endswith=f"@{DEMO_DOMAIN}")


def forget_demo(tell: Callable[[int], None]) -> int:
    """Delete the demo's people and all that they did; ``tell`` hears how many are gone. Returns how many there were."""
    gone = 0
    while chunk := list(demo_accounts().order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        _forget(chunk)
        gone += len(chunk)
        tell(gone)
    return gone


@transaction.atomic
def _forget(accounts: list[int]) -> None:
    MatchRun.objects.filter(proposed_by__in=accounts).delete()
    AuditEntry.objects.filter(actor__in=accounts).delete()
    ReceivedEvent.objects.filter(user__in=accounts).delete()
    Participant.objects.filter(user__in=accounts).delete()
    get_user_model().objects.filter(pk__in=accounts).delete()

"""Why somebody has no partner in a round, and what the last round meant for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ..domain.states import RunState
from ..models import LeftOut
from .prepared import Given, prepared


@dataclass(frozen=True)
class WhyLeftOut:
    """Why somebody has no partner. ``rule`` is empty when nothing that may be named stood in the way.

    Where others compete: so many ``rivals``, the person among them, seek partners and fit the same ``partners`` alone,
    who have ``places`` for them; ``binding`` is the rule that keeps the most other mentors away, where it may be named.
    ``later`` says that mentees who have waited more rounds came first.
    """

    why: str = ""
    rule: str = ""
    rivals: int = 0
    sought: int = 0
    partners: int = 0
    places: int = 0
    binding: str = ""
    later: bool = False


@dataclass(frozen=True)
class LastRound:
    """A released round that had no partner for a person."""

    released_at: datetime | None
    reason: WhyLeftOut


def last_round(participant_id: int) -> LastRound | None:
    """The newest released round, if it had no partner for this person. One query."""
    rows = _rounds(person=participant_id)
    return LastRound(rows[0].run.decided_at, why_left_out(rows[0].reason)) if rows else None


@prepared
def _rounds() -> "QuerySet[LeftOut]":
    return (
        LeftOut.objects.filter(participant_id=Given("person"), run__state=RunState.RELEASED)
        .select_related("run")
        .order_by("-run__decided_at")[:1]
    )


def why_left_out(stored: Mapping[str, Any]) -> WhyLeftOut:
    """Read a stored reason; what is not there says nothing."""
    return WhyLeftOut(
        why=stored.get("why", ""),
        rule=stored.get("rule") or "",
        rivals=stored.get("rivals", 0),
        sought=stored.get("sought", 0),
        partners=stored.get("partners", 0),
        places=stored.get("places", 0),
        binding=stored.get("binding") or "",
        later=stored.get("later", False),
    )

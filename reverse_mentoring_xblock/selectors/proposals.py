"""The open proposal of a programme, and what the last round meant for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ..data import Place
from ..domain.states import RunBasis, RunState
from ..models import LeftOut, MatchRun
from .participants import name_of
from .prepared import Given, given_place, prepared


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
class RunRow:
    """A proposal that waits for a decision; its pairs come in pages (``review``). ``version`` changes with them.
    ``waiting_first`` says whether it was made by that rule."""

    id: int
    uuid: str
    version: str
    proposed_at: datetime
    proposed_by: str
    basis: RunBasis
    total: int
    seed: int
    is_certified: bool
    waiting_first: bool


@dataclass(frozen=True)
class LastRound:
    """A released round that had no partner for a person."""

    released_at: datetime | None
    reason: WhyLeftOut


def open_run(place: Place, chosen: str = "") -> RunRow | None:
    """The proposal that waits for a decision, or None; of two, the one with the id ``chosen``, else the first. One
    query."""
    runs = list(_open_runs(**place._asdict()))
    run = next((run for run in runs if str(run.uuid) == chosen), runs[0] if runs else None)
    if run is None:
        return None
    by = run.proposed_by
    return RunRow(
        id=run.pk,
        uuid=str(run.uuid),
        version=run.modified.isoformat(),
        proposed_at=run.created,
        proposed_by=name_of(by) if by else "",
        basis=RunBasis(run.basis),
        total=run.total,
        seed=run.seed,
        is_certified=run.certified,
        waiting_first=run.rules.get("waiting_first", False),
    )


@prepared
def _open_runs() -> "QuerySet[MatchRun]":
    runs = MatchRun.objects.filter(given_place(), state=RunState.PROPOSED)
    return runs.select_related("proposed_by").order_by("open_slot")


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

"""The open proposal of a programme, and what the last round meant for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ..data import Place
from ..domain.states import Role, RunState
from ..models import LeftOut, MatchRun, Proposal
from .pairings import PersonRow, ReasonRow, person_row, reason_row
from .participants import by_name
from .prepared import Given, given_place, prepared


@dataclass(frozen=True)
class ProposalRow:
    """A proposed pair and its reason."""

    mentor: PersonRow
    mentee: PersonRow
    utility: int
    reason: ReasonRow


@dataclass(frozen=True)
class WhyLeftOut:
    """Why somebody has no partner. ``rule`` is empty when nothing that may be named stood in the way."""

    why: str = ""
    rule: str = ""
    sought: int = 0
    places: int = 0


@dataclass(frozen=True)
class LeftOutRow:
    """Somebody whom a proposal has no partner for."""

    person: PersonRow
    role: Role
    reason: WhyLeftOut


@dataclass(frozen=True)
class RunRow:
    """A proposal that waits for a decision."""

    uuid: str
    proposed_at: datetime
    proposed_by: str
    total: int
    seed: int
    is_certified: bool
    pairs: tuple[ProposalRow, ...]
    left_out: tuple[LeftOutRow, ...]


@dataclass(frozen=True)
class LastRound:
    """A released round that had no partner for a person."""

    released_at: datetime | None
    reason: WhyLeftOut


def open_run(place: Place, chosen: str = "") -> RunRow | None:
    """The proposal that waits for a decision, or None; of two, the one with the id ``chosen``, else the first. Three
    queries at most."""
    runs = list(_open_runs(**place._asdict()))
    run = next((run for run in runs if str(run.uuid) == chosen), runs[0] if runs else None)
    if run is None:
        return None
    by = run.proposed_by
    return RunRow(
        uuid=str(run.uuid),
        proposed_at=run.created,
        proposed_by=(by.get_full_name() or by.get_username()) if by else "",
        total=run.total,
        seed=run.seed,
        is_certified=run.certified,
        pairs=_pairs(run),
        left_out=_left_out(run),
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
        sought=stored.get("sought", 0),
        places=stored.get("places", 0),
    )


def _pairs(run: MatchRun) -> tuple[ProposalRow, ...]:
    return tuple(
        ProposalRow(person_row(row.mentor), person_row(row.mentee), row.utility, reason_row(row.reason))
        for row in _proposals(run=run.pk)
    )


@prepared
def _proposals() -> "QuerySet[Proposal]":
    """Those with the fewest points first: they are the ones to look at."""
    rows = Proposal.objects.filter(run=Given("run"))
    return rows.select_related("mentor__user", "mentee__user").order_by("utility", "pk")


def _left_out(run: MatchRun) -> tuple[LeftOutRow, ...]:
    return tuple(
        LeftOutRow(person_row(row.participant), Role(row.participant.role), why_left_out(row.reason))
        for row in _people_left_out(run=run.pk)
    )


@prepared
def _people_left_out() -> "QuerySet[LeftOut]":
    rows = LeftOut.objects.filter(run=Given("run"))
    return rows.select_related("participant__user").order_by("participant__role", *by_name("participant__user"), "pk")

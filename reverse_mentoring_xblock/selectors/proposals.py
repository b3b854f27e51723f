"""The open proposal of a programme, and what the last round meant for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..data import Place
from ..domain.states import Role, RunState
from ..models import LeftOut, MatchRun
from .pairings import PersonRow, ReasonRow, person_row, reason_row


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


def open_run(place: Place) -> RunRow | None:
    """The proposal that waits for a decision, or None. Three queries at most."""
    run = (
        MatchRun.objects.filter(
            programme__context_key=place.context_key, programme__slug=place.slug, state=RunState.PROPOSED
        )
        .select_related("proposed_by")
        .first()
    )
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


def last_round(participant_id: int) -> LastRound | None:
    """The newest released round, if it had no partner for this person. One query."""
    row = (
        LeftOut.objects.filter(participant_id=participant_id, run__state=RunState.RELEASED)
        .select_related("run")
        .order_by("-run__decided_at")
        .first()
    )
    return LastRound(row.run.decided_at, why_left_out(row.reason)) if row else None


def why_left_out(stored: Mapping[str, Any]) -> WhyLeftOut:
    """Read a stored reason; what is not there says nothing."""
    return WhyLeftOut(
        why=stored.get("why", ""),
        rule=stored.get("rule") or "",
        sought=stored.get("sought", 0),
        places=stored.get("places", 0),
    )


def _pairs(run: MatchRun) -> tuple[ProposalRow, ...]:
    rows = run.proposals.select_related("mentor__user", "mentee__user").order_by("pk")
    return tuple(
        ProposalRow(person_row(row.mentor), person_row(row.mentee), row.utility, reason_row(row.reason)) for row in rows
    )


def _left_out(run: MatchRun) -> tuple[LeftOutRow, ...]:
    rows = run.left_out.select_related("participant__user").order_by("participant__role", "pk")
    return tuple(
        LeftOutRow(person_row(row.participant), Role(row.participant.role), why_left_out(row.reason)) for row in rows
    )

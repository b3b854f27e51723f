"""The rounds on a coordinator's desk: worked out, waiting for a decision, or failed; and two of them side by side."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from ..data import Place
from ..domain.round_figures import RoundFigures
from ..domain.states import Role, RunBasis, RunState
from ..models import LeftOut, MatchRun, Proposal
from .pairings import PersonRow, person_row
from .participants import by_name, name_of
from .prepared import given_place, prepared

MOST_NAMED = 20
"""People named who are left out by one of two proposals and not by the other."""


@dataclass(frozen=True)
class RunRow:
    """A round on the desk; the pairs of a proposal come in pages (``review``), and ``version`` changes with them.

    ``phase`` is a code: what is being done, or why the search failed.
    """

    id: int
    uuid: str
    version: str
    basis: RunBasis
    state: RunState
    asked_at: datetime
    asked_by: str
    phase: str
    share: int
    """Thousandths of the phase that are done."""
    bound: int
    """Points that no answer can exceed, 0 while nothing is known."""
    pairs: int
    total: int
    seed: int
    is_certified: bool
    figures: RoundFigures
    rules: Any
    """The author's settings when it was asked for."""


@dataclass(frozen=True)
class Side:
    """One of two proposals, and whom it leaves out while the other has a partner for them."""

    run: RunRow
    left_out: int
    named: tuple[tuple[PersonRow, Role], ...]

    @property
    def more(self) -> int:
        """People left out who are not named."""
        return self.left_out - len(self.named)


@dataclass(frozen=True)
class Compared:
    """Two proposals side by side."""

    sides: tuple[Side, Side]
    same: int
    """Pairs that both propose."""
    has_same_settings: bool
    """Whether the author's settings were the same when each was asked for, so that points mean the same."""


def open_runs(place: Place) -> tuple[RunRow, ...]:
    """At most two: by score, then by wishes. One query."""
    return tuple(_open_run(run) for run in _runs(**place._asdict()))


@prepared
def _runs() -> "QuerySet[MatchRun]":
    runs = MatchRun.objects.filter(given_place(), open_slot__isnull=False)
    return runs.select_related("proposed_by").defer("prices").order_by("open_slot")


def _open_run(run: MatchRun) -> RunRow:
    by = run.proposed_by
    return RunRow(
        id=run.pk,
        uuid=str(run.uuid),
        version=run.modified.isoformat(),
        basis=RunBasis(run.basis),
        state=RunState(run.state),
        asked_at=run.created,
        asked_by=name_of(by) if by else "",
        phase=run.phase,
        share=run.share,
        bound=run.bound,
        pairs=run.matched,
        total=run.total,
        seed=run.seed,
        is_certified=run.certified,
        figures=RoundFigures(**run.figures),
        rules=run.rules,
    )


def compared(one: RunRow, other: RunRow) -> Compared:
    """These two proposals side by side. Five queries, whatever their size."""
    return Compared(
        sides=(_side(one, other), _side(other, one)),
        same=_same(one.id, other.id),
        has_same_settings=one.rules == other.rules,
    )


def _same(one: int, other: int) -> int:
    elsewhere = Proposal.objects.filter(run=other, mentee=OuterRef("mentee")).values("mentor")
    return Proposal.objects.filter(run=one, mentor=Subquery(elsewhere)).count()


def _side(run: RunRow, other: RunRow) -> Side:
    theirs = LeftOut.objects.filter(run=other.id).values("participant")
    only = LeftOut.objects.filter(run=run.id).exclude(participant__in=theirs)
    people = only.select_related("participant__user").order_by(*by_name("participant__user"), "pk")[:MOST_NAMED]
    return Side(
        run=run,
        left_out=only.count(),
        named=tuple((person_row(row.participant), Role(row.participant.role)) for row in people),
    )

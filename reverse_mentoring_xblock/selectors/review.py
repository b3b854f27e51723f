"""A proposal as a table that a coordinator sorts, filters and searches, page by page.

Whatever the size of the programme, a page is one query for its rows and one for the numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from ..data import Place
from ..domain.errors import NotFound
from ..domain.states import Role
from ..models import LeftOut, MatchRun, Override, Participant, Proposal
from .left_out import WhyLeftOut, why_left_out
from .paging import Pages
from .pairings import PersonRow, ReasonRow, person_row, reason_row
from .participants import by_name, is_named, name_of

PAGE = 50
CLOSE = 100
"""Points, of the 10,000 that a pair can have, within which the next best counts as close."""
MOST_FOUND = 20
"""People whom a search by name shows."""
MOST_STANDING = 100
"""Words on pairs that are listed."""

#: In the order of the choices on the page; the first is there at the start.
SORTS: Mapping[str, Sequence[Any]] = {
    "points_up": ("utility",),
    "points_down": ("-utility",),
    "mentor": by_name("mentor__user"),
    "mentee": by_name("mentee__user"),
    "hours_up": ("minutes",),
    "hours_down": ("-minutes",),
}
FILTERS: Mapping[str, Q] = {
    "all": Q(),
    "fixed": Q(is_fixed=True),
    "uncovered": Q(covered=0),
    "wished": Q(is_wished=True),
    "department": Q(mentor__department=F("mentee__department")) & ~Q(mentor__department=""),
    "close": Q(next_cost__lte=CLOSE),
}


@dataclass(frozen=True)
class Table:
    """How a coordinator has arranged the table. Pages count from 1."""

    sort: str = "points_up"
    show: str = "all"
    search: str = ""
    page: int = 1


@dataclass(frozen=True)
class PairRow:
    """A proposed pair that waits. ``parts`` are its points by origin; ``next_mentor`` is empty when nobody comes near,
    else a name, and ``next_cost`` the least that the whole would lose with them."""

    uuid: str
    mentor: PersonRow
    mentee: PersonRow
    utility: int
    reason: ReasonRow
    wished_by: tuple[Role, ...]
    parts: Mapping[str, int]
    next_mentor: str
    next_cost: int
    is_fixed: bool


@dataclass(frozen=True)
class PairsPage:
    """A page of the pairs that are shown."""

    rows: tuple[PairRow, ...]
    at: Pages


@dataclass(frozen=True)
class LeftOutRow:
    """Somebody whom a proposal has no partner for."""

    person: PersonRow
    role: Role
    reason: WhyLeftOut


@dataclass(frozen=True)
class LeftOutPage:
    """A page of those left out."""

    rows: tuple[LeftOutRow, ...]
    at: Pages


@dataclass(frozen=True)
class PairCounts:
    """Numbers of a proposal: pairs that wait, by filter, and those that are offered already."""

    waiting: Mapping[str, int]
    released: int


@dataclass(frozen=True)
class WordRow:
    """A word on a pair that stands. ``is_made``: a pair to be kept is in the proposal, or there is no proposal."""

    kind: str
    mentor: PersonRow
    mentee: PersonRow
    made_by: str
    is_made: bool


def run_id_of(place: Place, run: UUID) -> int:
    """The row id of a proposal of this programme. One query. Raises NotFound when there is none."""
    rows = MatchRun.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug, uuid=run)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("not_here")
    return found


def pair_counts(run_id: int) -> PairCounts:
    """How many pairs there are to look at. One query."""
    waits = Q(released_at=None)
    counts = Proposal.objects.filter(run_id=run_id).aggregate(
        released=Count("pk", filter=~waits), **{name: Count("pk", filter=waits & q) for name, q in FILTERS.items()}
    )
    return PairCounts({name: counts[name] for name in FILTERS}, counts["released"])


def pairs_page(run_id: int, table: Table, counts: PairCounts) -> PairsPage:
    """One page of the pairs that wait, as the table is arranged. One query, and one more with a search."""
    rows = _shown(run_id, table).filter(released_at=None)
    at = Pages.at(table.page, rows.count() if table.search else counts.waiting[table.show], PAGE)
    people = "mentor__user", "mentee__user", "next_mentor__user"
    page = rows.select_related(*people).order_by(*SORTS[table.sort], "pk")[at.part]
    return PairsPage(tuple(map(_pair_row, page)), at)


def pairs_shown(run_id: int, table: Table) -> tuple[tuple[UUID, ...], int]:
    """The ids of all pairs, released or not, that filter and search let through, and how many of them wait. One
    query."""
    found = list(_shown(run_id, table).values_list("uuid", "released_at"))
    return tuple(uuid for uuid, _ in found), sum(released_at is None for _, released_at in found)


def left_out_page(run_id: int, number: int) -> LeftOutPage:
    """One page of those left out, mentees before mentors, by name. Two queries."""
    rows = LeftOut.objects.filter(run_id=run_id)
    at = Pages.at(number, rows.count(), PAGE)
    people = rows.select_related("participant__user")
    page = people.order_by("participant__role", *by_name("participant__user"), "pk")
    return LeftOutPage(
        tuple(
            LeftOutRow(person_row(row.participant), Role(row.participant.role), why_left_out(row.reason))
            for row in page[at.part]
        ),
        at,
    )


def standing_words(place: Place, run_id: int | None) -> tuple[WordRow, ...]:
    """Every word that stands, the newest first. Two queries at most."""
    rows = (
        Override.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug, slot=1)
        .select_related("mentor__user", "mentee__user", "made_by")
        .order_by("-pk")[:MOST_STANDING]
    )
    fixed = Proposal.objects.filter(run_id=run_id, is_fixed=True) if run_id else None
    made = set(fixed.values_list("mentor_id", "mentee_id")) if fixed is not None else None
    return tuple(
        WordRow(
            kind=row.kind,
            mentor=person_row(row.mentor),
            mentee=person_row(row.mentee),
            made_by=name_of(row.made_by) if row.made_by else "",
            is_made=made is None or row.kind == "forbid" or (row.mentor_id, row.mentee_id) in made,
        )
        for row in rows
    )


def people_named(place: Place, role: Role, search: str) -> tuple[PersonRow, ...]:
    """People of a role whose name has all words of a search, by name, at most ``MOST_FOUND``. One query."""
    rows = Participant.objects.filter(
        is_named(search, "user"), programme__context_key=place.context_key, programme__slug=place.slug, role=role
    )
    return tuple(map(person_row, rows.select_related("user").order_by(*by_name("user"), "pk")[:MOST_FOUND]))


def _shown(run_id: int, table: Table) -> "QuerySet[Proposal]":
    rows = Proposal.objects.filter(FILTERS[table.show], run_id=run_id)
    return rows.filter(is_named(table.search, "mentor__user", "mentee__user"))


def _pair_row(row: Proposal) -> PairRow:
    return PairRow(
        uuid=str(row.uuid),
        mentor=person_row(row.mentor),
        mentee=person_row(row.mentee),
        utility=row.utility,
        reason=reason_row(row.reason),
        wished_by=tuple(Role(role) for role in row.reason.get("wished_by", ())),
        parts=row.reason.get("parts", {}),
        next_mentor=person_row(row.next_mentor).name if row.next_mentor else "",
        next_cost=row.next_cost or 0,
        is_fixed=row.is_fixed,
    )

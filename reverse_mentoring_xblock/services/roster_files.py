"""Taking a roster file in: sent, looked at, then taken in as a whole or dropped."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from gzip import compress, decompress
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..data import Place
from ..domain.errors import Conflict, Invalid, NotFound
from ..domain.matching import reference
from ..domain.roster import Column, read_roster, unpacked
from ..domain.roster.table import Unreadable
from ..domain.states import ParticipantState
from ..models import AuditEntry, Participant, Programme, RosterFile
from ..selectors.paging import in_chunks
from ..selectors.roster_plan import Changed, Known, plan_of
from .claims import claim
from .history import note
from .joining import open_programme
from .pairing_locks import claim_programme

CHUNK = 500
"""Rows that are written at a time."""


@dataclass(frozen=True)
class TakenIn:
    """What came of a file. ``is_changed`` is false when the same person had taken it in before."""

    new: int
    changed: int
    left_out: int
    is_changed: bool = True


def send_roster(place: Place, user_id: int, content: bytes) -> None:
    """Keep a file, packed or not, until it is decided about. One's own that waits is replaced.

    Raises Invalid for what cannot be a file of this kind, Conflict when somebody else's waits.
    """
    try:
        content = unpacked(content)
    except Unreadable as error:
        raise Invalid(error.code) from None
    programme = open_programme(place)
    summary = plan_of(programme.pk, content).summary()
    packed = compress(content, mtime=0)
    with transaction.atomic():
        claim(Programme.objects.filter(pk=programme.pk))
        waiting = RosterFile.objects.filter(programme=programme, open_slot=1).first()
        if waiting is not None:
            if waiting.sent_by_id not in (None, user_id):
                raise Conflict("roster_waits")
            if bytes(waiting.content or b"") == packed:
                _keep_summary(waiting, summary)
                return
            _close(waiting)
        row = RosterFile.objects.create(programme=programme, sent_by_id=user_id, content=packed, summary=summary)
        note(programme, user_id, "roster.sent", file=row.pk, lines=summary["lines"])


def take_in(place: Place, user_id: int, file: UUID, digest: str, *, leave_out: bool) -> TakenIn:
    """Do what the file says, all of it or nothing. Doing it twice is doing it once.

    ``digest`` names the preview that the person saw; ``leave_out`` allows that people without an account are passed
    over. Raises NotFound, Conflict when the file would do something else by now (the new preview is kept), has
    something wrong in it or was decided by somebody else, and Invalid when people without an account are not left out.
    """
    try:
        taken = _take_in(place, user_id, file, digest, leave_out=leave_out)
    except IntegrityError:  # somebody came into the programme in this very moment
        taken = None
        look_again(place, file)
    if taken is None:
        raise Conflict("roster_changed")
    return taken


@transaction.atomic
def look_again(place: Place, file: UUID) -> None:
    """Work out anew what a file that waits would change. Raises NotFound when it does not wait any more."""
    programme = claim_programme(place)
    row = _file(programme, file)
    if row.open_slot is None:
        raise NotFound("not_here")
    _keep_summary(row, plan_of(programme.pk, decompress(row.content or b"")).summary())


@transaction.atomic
def drop_roster(place: Place, user_id: int, file: UUID) -> bool:
    """Forget a file that waits; nothing of it is taken in. Returns whether it waited. Raises NotFound, Conflict."""
    programme = claim_programme(place)
    row = _file(programme, file)
    if row.open_slot is None:
        if _entry(programme, row, "roster.taken_in"):
            raise Conflict("roster_decided")
        return False
    _close(row)
    note(programme, user_id, "roster.dropped", file=row.pk)
    return True


@transaction.atomic
def drop_files_naming(names: Collection[str]) -> None:
    """Forget every file that waits and has one of these names, in lower case, in a cell."""
    for pk in RosterFile.objects.filter(open_slot=1).values_list("pk", flat=True):
        row = claim(RosterFile.objects.filter(pk=pk))
        lines = read_roster(decompress(row.content)).lines if row.content else ()
        said = {name for line in lines for name in (reference(line.person), line.facts.get(Column.MANAGER))}
        if not said.isdisjoint(names):
            _close(row)


@transaction.atomic
def _take_in(place: Place, user_id: int, file: UUID, digest: str, *, leave_out: bool) -> TakenIn | None:
    """None when the file would not do what the person saw; then the new preview is kept, and nothing else."""
    programme = claim_programme(place)
    row = _file(programme, file)
    if row.open_slot is None:
        return _own_decision(programme, row, user_id)
    plan = plan_of(programme.pk, decompress(row.content or b""), locked=True)
    if plan.digest != digest:
        _keep_summary(row, plan.summary())
        return None
    if plan.problems or not plan.lines:
        raise Conflict("roster_problems")
    if plan.unknown and not leave_out:
        raise Invalid("roster_unknown")
    _add(programme, plan.new)
    _change(plan.changed)
    _close(row)
    taken = TakenIn(new=len(plan.new), changed=len(plan.changed), left_out=len(plan.unknown))
    facts = {"new": taken.new, "changed": taken.changed, "left_out": taken.left_out}
    note(programme, user_id, "roster.taken_in", file=row.pk, **facts)
    return taken


def _add(programme: Programme, people: list[Known]) -> None:
    for chunk in in_chunks(people, CHUNK):
        Participant.objects.bulk_create(
            Participant(
                programme=programme,
                user_id=one.account.id,
                role=one.line.role,
                state=ParticipantState.INVITED,
                **{column.value: value for column, value in one.line.facts.items()},
            )
            for one in chunk
        )


def _change(people: list[Changed]) -> None:
    """Write what changes and nothing else. Many people share a value, so each value is written to all of them at once:
    several times as fast as writing person by person, and no statement grows with the file."""
    now = timezone.now()
    alike: defaultdict[tuple[Column, Any], list[int]] = defaultdict(list)
    for one in people:
        for change in one.changes:
            alike[change.column, change.new].append(one.participant_id)
    for (column, value), ids in alike.items():
        for chunk in in_chunks(ids, CHUNK):
            Participant.objects.filter(pk__in=chunk).update(**{column.value: value, "modified": now})


def _file(programme: Programme, file: UUID) -> RosterFile:
    found = RosterFile.objects.filter(programme=programme, uuid=file).first()
    if found is None:
        raise NotFound("not_here")
    return found


def _keep_summary(row: RosterFile, summary: object) -> None:
    row.summary = summary
    row.save(update_fields=["summary", "modified"])


def _close(row: RosterFile) -> None:
    """The file's content goes with the decision: what it said is in the roster, or nobody's business any more."""
    row.content, row.summary, row.open_slot = None, {}, None
    row.save(update_fields=["content", "summary", "open_slot", "modified"])


def _entry(programme: Programme, row: RosterFile, act: str) -> AuditEntry | None:
    return AuditEntry.objects.filter(programme=programme, act=act, facts__file=row.pk).first()


def _own_decision(programme: Programme, row: RosterFile, user_id: int) -> TakenIn:
    """What this person's own earlier decision came to. Raises Conflict when it was somebody else's or another one."""
    entry = _entry(programme, row, "roster.taken_in")
    if entry is None or entry.actor_id != user_id:
        raise Conflict("roster_decided")
    facts = entry.facts
    return TakenIn(facts["new"], facts["changed"], facts["left_out"], is_changed=False)

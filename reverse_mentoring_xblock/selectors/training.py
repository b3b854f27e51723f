"""How far a person is in role training, and how far everybody is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, QuerySet

from ..content.loading import load_training_pack
from ..data import Place
from ..domain.states import Role
from ..domain.training import Marked, mark
from ..models import CheckAttempt, ModuleProgress, Participant
from .prepared import Given, prepared


@dataclass(frozen=True)
class ModuleRow:
    """One module for one person. ``step`` is the page to resume at; after the last page stands the check."""

    id: str
    minutes: int
    pages: Sequence[str]
    step: int = 0
    is_started: bool = False
    attempts: int = 0
    best_percent: int | None = None
    passed_at: datetime | None = None

    @property
    def at_check(self) -> bool:
        """Whether every page is turned."""
        return self.step >= len(self.pages)


@dataclass(frozen=True)
class LastCheck:
    """The newest check of a module and its marking."""

    percent: int
    marked: Marked


@dataclass(frozen=True)
class TrainingCount:
    """How many people of a role have come how far."""

    role: Role
    people: int
    started: int
    passed: int = field(default=0)


def modules_of(participant_id: int, role: Role) -> Sequence[ModuleRow]:
    """The role's modules in order, with this person's progress. One query."""
    progress = {row.module: row for row in _progress(person=participant_id)}
    return tuple(
        _module_row(module.id, module.minutes, module.pages, progress)
        for module in load_training_pack().modules
        if module.role == role
    )


@prepared
def _progress() -> "QuerySet[ModuleProgress]":
    return ModuleProgress.objects.filter(participant_id=Given("person"))


def _module_row(module: str, minutes: int, pages: Sequence[str], progress: Mapping[str, ModuleProgress]) -> ModuleRow:
    row = progress.get(module)
    if row is None:
        return ModuleRow(module, minutes, pages)
    return ModuleRow(
        id=module,
        minutes=minutes,
        pages=pages,
        step=min(row.step, len(pages)),
        is_started=True,
        attempts=row.attempts,
        best_percent=row.best_percent,
        passed_at=row.passed_at,
    )


def last_check(participant_id: int, module: str) -> LastCheck | None:
    """The newest check that this person handed in for a module. One query."""
    attempt = (
        CheckAttempt.objects.filter(progress__participant_id=participant_id, progress__module=module)
        .order_by("-number")
        .first()
    )
    if attempt is None:
        return None
    return LastCheck(percent=attempt.percent, marked=mark(load_training_pack(), module, attempt.answers))


def has_passed_training(participant_id: int, role: Role) -> bool:
    """Whether every module of the role is passed. One query."""
    return all(row.passed_at for row in modules_of(participant_id, role))


def training_counts(place: Place) -> Sequence[TrainingCount]:
    """People, started and passed per role. Two queries, whatever the size of the programme."""
    people = Participant.objects.filter(programme__context_key=place.context_key, programme__slug=place.slug).values(
        "role"
    )
    totals = {row["role"]: row["n"] for row in people.annotate(n=Count("pk"))}
    wanted = {role: sum(module.role == role for module in load_training_pack().modules) for role in Role}
    progress = (
        ModuleProgress.objects.filter(
            participant__programme__context_key=place.context_key, participant__programme__slug=place.slug
        )
        .values("participant__role", "participant_id")
        .annotate(passed=Count("passed_at"))
    )
    started = dict.fromkeys(Role, 0)
    passed = dict.fromkeys(Role, 0)
    for row in progress.values_list("participant__role", "passed").iterator():
        role = Role(row[0])
        started[role] += 1
        passed[role] += row[1] >= wanted[role]
    return tuple(TrainingCount(role, totals.get(role, 0), started[role], passed[role]) for role in Role)

"""Writing planned people into the database, a chunk at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from ...domain.states import Role
from ...models import CheckAttempt, Interest, ModuleProgress, Participant, Programme, Wish
from ..models import CourseStaff, Enrolment
from .assessments import hand_in_ends, hand_in_starts
from .bulk import add, backdate
from .calendar import Calendar
from .cast import COORDINATORS
from .gradebook import Gradebook
from .names import mail_of, username_of
from .pairs import make_pairs, make_requests
from .plan import Chunk, PersonPlan, Stage
from .sheets import Sheet, check_answers, modules_of_role, topics_of

PickSheet = Callable[[PersonPlan, Random], Sheet]


@dataclass(frozen=True)
class Maker:
    """What all chunks have in common. ``pick`` gives somebody their answers about digital skills."""

    programme: Programme
    calendar: Calendar
    gradebook: Gradebook
    seed: int
    pick: PickSheet

    @transaction.atomic
    def make(self, chunk: Chunk) -> int:
        """Make everybody in the chunk and all that they did. Returns how many people they are."""
        rng = Random(f"{self.seed}:{chunk.people[0].username}")  # noqa: S311 - a demo
        accounts = self._accounts(chunk.people)
        rows = self._participants(chunk.people, accounts)
        sheets = {n: self.pick(person, rng) for n, person in enumerate(chunk.people) if person.stage >= Stage.ASSESSED}
        starts = hand_in_starts(self.calendar, chunk, rows, sheets)
        self._interests(chunk.people, rows, sheets)
        self._wishes(chunk.people, rows)
        shares = self._train(chunk.people, rows, rng)
        make_pairs(self.calendar, self.programme, chunk, rows, sheets, rng)
        make_requests(self.calendar, self.programme, chunk.requests, rows)
        ended = hand_in_ends(self.calendar, chunk, rows, sheets, starts, rng)
        self.gradebook.write(chunk, accounts, shares, ended)
        return len(rows)

    def coordinators(self) -> None:
        """Those who run the programme."""
        for first, last, *_ in COORDINATORS:
            username = username_of(first, last)
            facts = {"first_name": first, "last_name": last, "email": mail_of(username)}
            account, _made = get_user_model().objects.get_or_create(
                username=username, defaults={**facts, "password": make_password(None)}
            )
            CourseStaff.objects.get_or_create(user=account, course_id=self.programme.context_key)

    def _accounts(self, people: Sequence[PersonPlan]) -> Sequence[Any]:
        user = get_user_model()
        accounts = add(
            [
                user(
                    username=person.username,
                    email=mail_of(person.username),
                    first_name=person.first_name,
                    last_name=person.last_name,
                    password=make_password(None),
                )
                for person in people
            ],
            key="username",
        )
        add([Enrolment(user=account, course_id=self.programme.context_key) for account in accounts])
        return accounts

    def _participants(self, people: Sequence[PersonPlan], accounts: Sequence[Any]) -> Sequence[Participant]:
        rows = add(
            [
                Participant(
                    programme=self.programme,
                    user=account,
                    role=person.role,
                    state=person.state,
                    level=person.level,
                    department=person.department,
                    site=person.site.name,
                    manager=person.manager,
                    languages=list(person.languages),
                    time_zone=person.site.time_zone,
                    windows=[list(window) for window in person.windows],
                    mode=person.mode,
                    channels=list(person.channels),
                    style=dict(person.style),
                    capacity=person.capacity,
                    committed_at=self.calendar.reached(person, Stage.SIGNED_UP),
                    rules_agreed_at=self.calendar.reached(person, Stage.SIGNED_UP),
                    signed_up_at=self.calendar.reached(person, Stage.SIGNED_UP),
                )
                for person, account in zip(people, accounts, strict=True)
            ],
            key="uuid",
        )
        backdate((row, self.calendar.moment(person.came)) for person, row in zip(people, rows, strict=True))
        return rows

    def _interests(self, people: Sequence[PersonPlan], rows: Sequence[Participant], sheets: dict[int, Sheet]) -> None:
        add(
            [
                Interest(participant=rows[place], competence=code, weight=_weight(people[place], number))
                for place, sheet in sheets.items()
                if people[place].stage >= Stage.SIGNED_UP
                for number, code in enumerate(topics_of(people[place], sheet))
            ]
        )

    def _wishes(self, people: Sequence[PersonPlan], rows: Sequence[Participant]) -> None:
        by_name = {person.username: row for person, row in zip(people, rows, strict=True)}
        add(
            [
                Wish(participant=row, wished=by_name[name], rank=rank)
                for person, row in zip(people, rows, strict=True)
                for rank, name in enumerate(person.wishes, start=1)
                if name in by_name
            ]
        )

    def _train(self, people: Sequence[PersonPlan], rows: Sequence[Participant], rng: Random) -> dict[int, list[float]]:
        """Take the checks of everybody who has come so far; best shares by place in the chunk."""
        shares: dict[int, list[float]] = {}
        taken: list[tuple[ModuleProgress, list[int]]] = []
        for place, person in enumerate(people):
            if person.stage < Stage.IN_TRAINING:
                continue
            modules = modules_of_role(person.role)
            until = len(modules) if person.stage >= Stage.TRAINED else 1
            for number, module in enumerate(modules[: until + 1]):
                right = [] if number >= until else rng.choice(([5], [4], [5], [3, 5]))
                passed_at = self.calendar.moment(max(person.came - 2 - number, 0)) if right else None
                progress = ModuleProgress(
                    participant=rows[place],
                    module=module.id,
                    step=len(module.pages) if right else 2,
                    attempts=len(right),
                    best_percent=20 * max(right) if right else None,
                    passed_at=passed_at,
                )
                taken.append((progress, right))
                shares.setdefault(place, []).append(max(right, default=0) / 5)
        add([progress for progress, _right in taken], key="uuid")
        add(
            [
                CheckAttempt(
                    progress=progress, number=n, answers=dict(check_answers(module, right)), percent=20 * right
                )
                for progress, all_right in taken
                for module in modules_of_role(Role(progress.participant.role))
                if module.id == progress.module
                for n, right in enumerate(all_right, start=1)
            ]
        )
        return shares


def _weight(person: PersonPlan, number: int) -> int:
    """What matters most to a mentee, and what a mentor is gladdest of, comes first."""
    return max(2 if person.role is Role.MENTOR else 1, 3 - number)

"""Rounds of the self-assessment that the demo's people have handed in: the start, and the end of those who are done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from ...domain.states import Role, SessionState
from ...models import Answer, Attempt, Goal, Participant
from .bulk import add
from .calendar import Calendar
from .plan import Chunk, Stage
from .sheets import Sheet, an_end_sheet
from .words import GOALS

THROUGH = 6
"""Sessions held after which a mentee hands in the end round."""
_END_DAYS = 4


@dataclass(frozen=True)
class HandedIn:
    """One round to be stored."""

    participant: Participant
    sheet: Sheet
    at: datetime | None
    repeats: Attempt | None = None


def hand_in_starts(
    calendar: Calendar, chunk: Chunk, rows: Sequence[Participant], sheets: Mapping[int, Sheet]
) -> Mapping[int, Attempt]:
    """The start rounds, by place in the chunk."""
    rounds = {
        place: HandedIn(rows[place], sheet, calendar.reached(chunk.people[place], Stage.ASSESSED))
        for place, sheet in sheets.items()
    }
    return dict(zip(rounds, _store([*rounds.values()]), strict=True))


def hand_in_ends(
    calendar: Calendar,
    chunk: Chunk,
    rows: Sequence[Participant],
    sheets: Mapping[int, Sheet],
    starts: Mapping[int, Attempt],
    rng: Random,
) -> frozenset[int]:
    """Goals and end rounds of the mentees who have had all their sessions. Returns their places."""
    places = through(chunk)
    add([Goal(participant=rows[place], number=n, text=text) for place in places for n, text in enumerate(GOALS, 1)])
    at = calendar.moment(_END_DAYS)
    _store([HandedIn(rows[place], an_end_sheet(rng, sheets[place], len(GOALS)), at, starts[place]) for place in places])
    return frozenset(places)


def through(chunk: Chunk) -> Sequence[int]:
    """The places of mentees with all their sessions held."""
    return [
        pair.mentee
        for pair in chunk.pairs
        if sum(session.state is SessionState.HELD for session in pair.sessions) >= THROUGH
        and chunk.people[pair.mentee].role is Role.MENTEE
    ]


def _store(rounds: Sequence[HandedIn]) -> Sequence[Attempt]:
    attempts = add([_attempt(one) for one in rounds], key="uuid")
    add(
        [
            Answer(attempt=attempt, item=item, value=value, confidence=confidence)
            for attempt, one in zip(attempts, rounds, strict=True)
            for item, value, confidence in one.sheet.rows
        ]
    )
    return attempts


def _attempt(one: HandedIn) -> Attempt:
    said = one.sheet.round
    return Attempt(
        participant=one.participant,
        phase="end" if one.repeats else "start",
        bank=said.bank.id,
        bank_version=said.bank.version,
        bank_digest=said.bank.digest,
        competences=list(said.competences),
        seed=said.seed,
        form=said.form,
        uses_checks=said.uses_checks,
        checks=list(said.checks),
        repeats=one.repeats,
        routes=dict(said.routes),
        looks_back=list(said.looks_back),
        goals=said.goals,
        open_slot=None,
        submitted_at=one.at,
        topics=list(one.sheet.topics),
        scores=one.sheet.scores.as_json(),
    )

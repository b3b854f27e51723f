"""Everybody beyond the cast: teams with real reporting lines, spread over sites, departments and states.

People come in chunks of a thousand that depend on the seed and their number alone, so that a larger demo begins with
the same people as a smaller one, and none needs more memory than a chunk.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from ...domain.matching import Mode
from ...domain.profile import STYLE_QUESTIONS
from ...domain.states import PairingState, ParticipantState, Role, SessionState
from .names import DEPARTMENTS, SITES, a_name, mail_of, username_of
from .plan import Chunk, PairPlan, PersonPlan, SessionPlan, Stage, Windows, hours

TEAM = 10
TEAMS = 100
#: A team in the order mentor, mentee, mentor, mentee: level, and who in the team is their manager (None: a director).
_SEATS: Sequence[tuple[int, int | None]] = (
    (3, 1), (7, None), (3, 3), (6, 1), (2, 5), (6, 1), (2, 7), (5, 3), (1, 9), (5, 5),
)  # fmt: skip
_WAVES = (200, 150, 100, 60, 30)
_DAY_PARTS = (("morning",), ("midday",), ("afternoon",), ("morning", "midday"), ("midday", "afternoon"))
_STAGES: Sequence[tuple[Stage, int]] = (
    (Stage.INVITED, 16), (Stage.JOINED, 12), (Stage.IN_TRAINING, 12), (Stage.TRAINED, 12), (Stage.ASSESSED, 10),
    (Stage.SIGNED_UP, 38),
)  # fmt: skip
_PAIR_STATES: Sequence[tuple[PairingState, int]] = (
    (PairingState.ACTIVE, 78), (PairingState.OFFERED, 8), (PairingState.ENDED, 11), (PairingState.DECLINED, 3),
)  # fmt: skip
_PAIRED_SHARE = 0.36
STYLE_ENDS = (1, 5)
_BOTH = frozenset(Role)


def crowd(seed: int, people: int) -> Iterator[Chunk]:
    """So many people, in chunks."""
    size = TEAM * TEAMS
    for number in range(-(-people // size)):
        yield _chunk(Random(f"{seed}:{number}"), number * size, min(size, people - number * size))  # noqa: S311 - a demo


def _chunk(rng: Random, first: int, wanted: int) -> Chunk:
    """A thousand people are drawn and the wanted ones kept, so that who they are does not depend on how many."""
    drawn = _pairs(rng)
    paired = {place: pair for pair in drawn for place in (pair.mentor, pair.mentee)}
    people: list[PersonPlan] = []
    for team in range(TEAMS):
        people += _team(rng, team, first + team * TEAM, paired)
    kept = [pair for pair in drawn if max(pair.mentor, pair.mentee) < wanted]
    return Chunk(people[:wanted], kept)


def _team(rng: Random, team: int, number: int, paired: dict[int, PairPlan]) -> list[PersonPlan]:
    site = rng.choice(SITES)
    department = DEPARTMENTS[team % len(DEPARTMENTS)]
    director = mail_of(username_of("director", department, site.name))
    names = [a_name(rng, site) for _ in _SEATS]
    usernames = [f"{username_of(*name)}.{number + seat}" for seat, name in enumerate(names)]
    people = []
    for seat, (level, manager) in enumerate(_SEATS):
        pair = paired.get(team * TEAM + seat)
        stage = Stage.SIGNED_UP if pair else _one_of(rng, _STAGES)
        aside = _aside(rng) if stage is Stage.SIGNED_UP and not pair else None
        people.append(
            PersonPlan(
                username=usernames[seat],
                first_name=names[seat][0],
                last_name=names[seat][1],
                role=Role.MENTEE if seat % 2 else Role.MENTOR,
                level=level,
                department=department,
                site=site,
                manager=director if manager is None else mail_of(usernames[manager]),
                stage=stage,
                came=pair.offered + 18 if pair else rng.choice(_WAVES),
                languages=site.languages if rng.random() < 0.9 else ("en",),
                windows=_windows(rng),
                aside=aside,
                capacity=1 if seat % 2 or rng.random() < 0.85 else 2,
                **_ways(usernames[seat]),
            )
        )
    return people


def _ways(username: str) -> dict[str, Any]:
    """How somebody can meet and likes to work; a draw of its own, so that everything else stays as it was drawn."""
    rng = Random(username)  # noqa: S311 - a demo
    return {
        "mode": rng.choices(tuple(Mode), weights=(30, 5, 65))[0],
        "style": {code: rng.randint(*STYLE_ENDS) for code in STYLE_QUESTIONS if rng.random() < 0.8},
    }


def _aside(rng: Random) -> ParticipantState | None:
    return rng.choices((None, ParticipantState.PAUSED, ParticipantState.WITHDRAWN), weights=(86, 6, 8))[0]


def _windows(rng: Random) -> Windows:
    days = sorted(rng.sample("01234", rng.choice((2, 3, 3, 4))))
    return hours("".join(days), *rng.choice(_DAY_PARTS[2:]), *rng.choice(_DAY_PARTS[:2]))


def _pairs(rng: Random) -> list[PairPlan]:
    """Some mentors of each team with the mentees of the next, which is another department."""
    return [
        _pair(rng, team * TEAM + seat, (team + 1) % TEAMS * TEAM + seat + 1)
        for team in range(TEAMS)
        for seat in range(0, TEAM, 2)
        if rng.random() < _PAIRED_SHARE
    ]


def _pair(rng: Random, mentor: int, mentee: int) -> PairPlan:
    state = _one_of(rng, _PAIR_STATES)
    if state in (PairingState.OFFERED, PairingState.DECLINED):
        offered = rng.choice((2, 5, 9))
        silent = frozenset({rng.choice(tuple(Role))})
        accepted = _BOTH - silent if rng.random() < 0.6 else frozenset()
        closed = 1 if state is PairingState.DECLINED else None
        return PairPlan(mentor, mentee, state, offered, closed=closed, accepted=accepted)
    active = rng.choice((6, 20, 45, 80, 120, 165))
    closed = rng.randint(1, 5) if state is PairingState.ENDED else None
    hour = rng.randint(7, 14)
    sessions = tuple(_sessions(rng, active, is_ended=closed is not None))
    return PairPlan(mentor, mentee, state, active + 4, active, closed, _BOTH, hour, sessions)


def _sessions(rng: Random, active: int, *, is_ended: bool) -> Iterator[SessionPlan]:
    """One about every four weeks until today or until the pair goes quiet; now and then one that is cancelled."""
    lasts = 1 if rng.random() < 0.12 else 6
    held = 0
    day = active - rng.randint(5, 14)
    while day > 5 and held < lasts:
        if rng.random() < 0.1:
            yield _off(day, rng.choice(tuple(Role)))
        else:
            held += 1
            yield _met(rng, day)
        day -= rng.randint(22, 34)
    if not is_ended and held < lasts and rng.random() < 0.75:
        yield SessionPlan(-rng.randint(3, 20), SessionState.PLANNED, frozenset(), frozenset())


def _met(rng: Random, day: int) -> SessionPlan:
    confirmed = _BOTH if day > 10 or rng.random() < 0.6 else frozenset({rng.choice(tuple(Role))})
    reflected = frozenset(role for role in sorted(confirmed) if rng.random() < 0.8)
    return SessionPlan(day, confirmed=confirmed, reflected=reflected, minutes=rng.choice((45, 50, 50, 60)))


def _off(day: int, role: Role) -> SessionPlan:
    return SessionPlan(day, SessionState.CANCELLED, frozenset(), frozenset(), cancelled_by=role)


def _one_of(rng: Random, weighted: Sequence[tuple]):  # type: ignore[type-arg, no-untyped-def]
    values, weights = zip(*weighted, strict=True)
    return rng.choices(values, weights=weights)[0]

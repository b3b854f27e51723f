"""Writing planned pairs, their sessions and what the two wrote."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

from django.db.models import OuterRef, Subquery

from ...domain.matching import Mentee, Mentor, Policy, utility
from ...domain.matching.reasons import pair_reason
from ...domain.states import LIVE_PAIRING, PairingState, Role, SessionState
from ...models import Action, Circle, Pairing, Participant, PartnerRequest, Programme, Reflection, Session
from .bulk import add, backdate
from .calendar import Calendar
from .plan import Chunk, PairPlan, PersonPlan, RequestPlan, SessionPlan
from .sheets import Sheet, topics_of
from .words import REFLECTIONS, Written

Rows = Sequence[Participant]
Sheets = Mapping[int, Sheet]
Used = defaultdict[int, list[Written]]

ANSWER_DAYS = 14
"""How long the demo's offers wait."""


def make_pairs(calendar: Calendar, programme: Programme, chunk: Chunk, rows: Rows, sheets: Sheets, rng: Random) -> None:
    """Make the chunk's pairs and everything between the two."""
    pairings = [_pairing(calendar, programme, plan, chunk.people, rows, sheets) for plan in chunk.pairs]
    _gather(calendar, chunk.pairs, pairings)
    add(pairings, key="uuid")
    both = list(zip(chunk.pairs, pairings, strict=True))
    backdate((pairing, calendar.moment(plan.offered)) for plan, pairing in both)
    met = [
        (session, _session(calendar, plan, session, pairing, sheets))
        for plan, pairing in both
        for session in plan.sessions
    ]
    add([row for _plan, row in met], key="uuid")
    _reflect(met, rng)
    add([action for plan, pairing in both for action in _actions(calendar, plan, pairing)])


def make_requests(calendar: Calendar, programme: Programme, plans: Sequence[RequestPlan], rows: Rows) -> None:
    """Make the requests that wait for an answer."""
    made = add(
        [
            PartnerRequest(
                programme=programme,
                mentee=rows[plan.mentee],
                mentor=rows[plan.mentor],
                answer_by=calendar.moment(plan.asked - ANSWER_DAYS),
            )
            for plan in plans
        ],
        key="uuid",
    )
    backdate((row, calendar.moment(plan.asked)) for plan, row in zip(plans, made, strict=True))


def _gather(calendar: Calendar, plans: Sequence[PairPlan], pairings: Sequence[Pairing]) -> None:
    """Put the pairs of each circle into it, every one in a place of its own with the mentor."""
    circles: dict[str, list[Pairing]] = defaultdict(list)
    for plan, pairing in zip(plans, pairings, strict=True):
        if plan.circle:
            members = circles[plan.circle]
            members.append(pairing)
            pairing.circle = members[0].circle or _circle(calendar, plan, pairing)
            pairing.origin, pairing.mentor_slot = "circle", len(members)


def _circle(calendar: Calendar, plan: PairPlan, pairing: Pairing) -> Circle:
    circle = Circle.objects.create(programme=pairing.programme, mentor=pairing.mentor, topic=plan.circle)
    backdate([(circle, calendar.moment(plan.offered))])
    return circle


def _pairing(
    calendar: Calendar,
    programme: Programme,
    plan: PairPlan,
    people: Sequence[PersonPlan],
    rows: Rows,
    sheets: Sheets,
) -> Pairing:
    is_live = plan.state in LIVE_PAIRING
    said_at = calendar.moment(plan.offered - 1 if plan.active is None else plan.active)
    return Pairing(
        programme=programme,
        mentor=rows[plan.mentor],
        mentee=rows[plan.mentee],
        mentor_slot=1 if is_live else None,
        mentee_slot=1 if is_live else None,
        state=plan.state,
        reason=_reason(calendar, plan, people, sheets),
        answer_by=calendar.moment(plan.offered - ANSWER_DAYS) if plan.state is PairingState.OFFERED else None,
        mentor_accepted_at=said_at if Role.MENTOR in plan.accepted else None,
        mentee_accepted_at=said_at if Role.MENTEE in plan.accepted else None,
        active_at=None if plan.active is None else said_at,
        closed_at=None if plan.closed is None else calendar.moment(plan.closed),
    )


def _reason(calendar: Calendar, plan: PairPlan, people: Sequence[PersonPlan], sheets: Sheets) -> Mapping[str, Any]:
    """Why the two fit, from the matcher's own functions, by the topics that both chose."""
    one, other = people[plan.mentor], people[plan.mentee]
    wanted = frozenset(topics_of(other, sheets[plan.mentee]))
    mentor = Mentor(offered=frozenset(topics_of(one, sheets[plan.mentor])), **_known(plan.mentor, one))
    mentee = Mentee(wanted=wanted, **_known(plan.mentee, other))
    worth = utility(mentor, mentee, _policy(calendar))
    basis = {"basis": worth.basis, "cover": worth.cover}
    return {**asdict(pair_reason(mentor, mentee, worth)), "wanted": len(wanted), **basis}


def _known(place: int, person: PersonPlan) -> dict[str, Any]:
    return {
        "id": place,
        "level": person.level,
        "department": person.department,
        "site": person.site.name,
        "languages": frozenset(person.languages),
        "time_zone": person.site.time_zone,
        "windows": person.windows,
    }


@cache
def _policy(calendar: Calendar) -> Policy:
    return Policy(reference_date=calendar.today.date())


def _session(calendar: Calendar, pair: PairPlan, plan: SessionPlan, pairing: Pairing, sheets: Sheets) -> Session:
    start = calendar.session(plan, pair.hour)
    topics = sheets[pair.mentee].topics
    said_at = start + timedelta(minutes=plan.minutes + 5)
    return Session(
        pairing=pairing,
        state=plan.state,
        starts_at=start,
        minutes=plan.minutes,
        topic=plan.topic or (topics[plan.days % len(topics)] if topics else ""),
        mentor_confirmed_at=said_at if Role.MENTOR in plan.confirmed else None,
        mentee_confirmed_at=said_at if Role.MENTEE in plan.confirmed else None,
        cancelled_by=plan.cancelled_by or "",
    )


def _reflect(met: Sequence[tuple[SessionPlan, Session]], rng: Random) -> None:
    used: Used = defaultdict(list)
    rows = add([row for plan, session in met for row in _reflections(plan, session, used, rng)])
    if rows:
        sessions = Session.objects.filter(pk=OuterRef("session_id")).values("starts_at")[:1]
        made = Reflection.objects.filter(session__in=[session.pk for _plan, session in met])
        made.update(created=Subquery(sessions))


def _reflections(plan: SessionPlan, session: Session, used: Used, rng: Random) -> Iterator[Reflection]:
    if plan.state is not SessionState.HELD:
        return
    for role in sorted(plan.reflected):
        author = getattr(session.pairing, f"{role}_id")
        words = asdict(_words(role, session.topic, used[author], rng))
        words.pop("about")
        yield Reflection(session=session, author_id=author, revision=1, **words)


def _words(role: Role, topic: str, used: list[Written], rng: Random) -> Written:
    """Words that fit the topic, best those that speak of it; nobody says the same twice before all is said."""
    fitting = [written for written in REFLECTIONS[role] if not written.about or topic in written.about]
    fresh = [written for written in fitting if written not in used] or fitting
    chosen = rng.choice([written for written in fresh if written.about] or fresh)
    used.append(chosen)
    return chosen


def _actions(calendar: Calendar, plan: PairPlan, pairing: Pairing) -> Iterator[Action]:
    for action in plan.actions:
        yield Action(
            pairing=pairing,
            owner_id=getattr(pairing, f"{action.owner}_id"),
            text=action.text,
            due_on=None if action.due is None else calendar.moment(action.due).date(),
            done_at=None if action.done is None else calendar.moment(action.done),
        )

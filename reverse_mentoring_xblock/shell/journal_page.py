"""From a person's sessions to what their journal page shows: the one thing to do now, the lists, the forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language

from ..content.loading import bank_words, load_bank
from ..domain.journal_score import counted
from ..domain.states import PairingState, Role, SessionState
from ..selectors.assessment import topics_shared_with_partner, what_partner_sees
from ..selectors.journal import OwnSession, own_sessions
from ..selectors.journal_pages import (
    SessionRow,
    Sessions,
    actions_of,
    earlier_reflections,
    session_of,
    sessions_of,
)
from ..selectors.own_circles import circle_of
from ..selectors.own_pairings import OwnPairing, pairings_of
from ..selectors.participants import ParticipantRow
from .assessment_report import partner_lines
from .choices import as_options
from .forms.journal import LogForm, MoveForm, PlanForm
from .forms.journal_writing import ActionForm, ReflectionForm
from .journal_arrival import first_asked
from .viewer import Viewer
from .zones import known_zones, zone_of

#: Weeks from one session to the next that the plan proposes; the programmes that are known meet every three or four.
RHYTHM = 3
FRIDAY = 5


@dataclass(frozen=True)
class Now:
    """The one thing to do now, the session it is about, and how many more wait for the same."""

    kind: str
    session: SessionRow | None = None
    more: int = 0


def journal_page(block: Any, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
    """The context of the journal for one person. Nine queries of its own at most, in a circle ten."""
    facts = {"required": block.required, "minutes": block.minutes}
    pairings = pairings_of(participant.id, participant.role, timezone.now()) if participant.id else ()
    if all(row.state is PairingState.OFFERED for row in pairings):
        return {**facts, "offer": next(iter(pairings), None)}
    zone = zone_of(viewer.time_zone or participant.time_zone) or ZoneInfo("UTC")
    everything = own_sessions(participant.id, participant.role)
    opened = next((one for one in everything if one.uuid == block.session), None)
    first = first_asked(everything, participant.role, timezone.now(), opened) if block.is_arrival else opened
    pairing = _chosen(pairings, block.pairing, first)
    session = session_of(pairing, opened.uuid, participant.id) if opened and first is opened else None
    if session:
        return {**facts, **_session_page(block, participant, pairing, session, zone)}
    number = counted((session.record for session in everything), participant.role)
    return {
        **facts,
        "counted": number,
        "is_complete": number >= block.required,
        "pairings": [row for row in pairings if row.state is not PairingState.OFFERED],
        "circle": circle_of(pairing.circle_id, participant.id) if pairing.circle_id and pairing.is_active else None,
        **_main_page(block, participant, pairing, everything, zone, number >= block.required),
    }


def focus(pairing: OwnPairing, sessions: Sessions, is_complete: bool, now: datetime) -> Now:
    """What comes first: to agree, to answer, to log, to reflect, to plan; then what only time brings."""
    held = [row for row in sessions.past if row.state is SessionState.HELD]
    waiting = (
        ("agree", [row for row in sessions.past if row.state is SessionState.DISPUTED]),
        ("answer", [row for row in reversed(held) if row.confirmed_at is None]),
        ("log", [row for row in sessions.planned if row.ends_at <= now]),
        ("reflect", [row for row in held if row.confirmed_at and not row.counts]),
    )
    for kind, rows in waiting:
        if rows:
            return Now(kind, rows[0], len(rows) - 1)
    ahead = [row for row in sessions.planned if row.ends_at > now]
    if not pairing.is_active:
        return Now("ended")
    if ahead:
        return Now("ahead", ahead[0])
    return Now("done" if is_complete else "plan")


def _chosen(pairings: Sequence[OwnPairing], remembered: str, first: OwnSession | None) -> OwnPairing:
    """The pairing of the session that comes first, else the one that the person has open, else a live one, else the
    newest that has ended."""
    known = [row for row in pairings if row.state is not PairingState.OFFERED]
    asked = (row for row in known if first and row.id == first.pairing_id)
    return next(asked, next((row for row in known if row.uuid == remembered), known[0]))


def _main_page(
    block: Any,
    participant: ParticipantRow,
    pairing: OwnPairing,
    everything: Sequence[OwnSession],
    zone: ZoneInfo,
    is_complete: bool,
) -> Mapping[str, Any]:
    sessions = _with_meetings(sessions_of(pairing, participant.id), everything, participant.role)
    moment = timezone.now()
    now = focus(pairing, sessions, is_complete, moment)
    here = [row for row in everything if row.pairing_id == pairing.id]
    past = [row for row in sessions.past if not row.is_called_off(moment)]
    past_count = sum(row.record.state is not SessionState.PLANNED and not row.is_called_off(moment) for row in here)
    actions = actions_of(pairing, participant.id)
    plan = _fields(_next_start(here, zone), block.minutes, "", zone)
    shown: dict[str, Any] = {
        "pairing": pairing,
        "now": now,
        "ahead": [row for row in sessions.planned if row.ends_at > moment and row is not now.session],
        "called_off": [row for row in reversed(sessions.past) if row.is_called_off(moment)],
        "overdue": [row for row in sessions.planned if row.ends_at <= moment],
        "past": past,
        "past_count": past_count,
        "is_cut": past_count > len(past),
        "held_count": sum(row.record.state is SessionState.HELD for row in here),
        "open_actions": [row for row in actions if row.done_at is None],
        "done_actions": [row for row in actions if row.done_at is not None],
        "plan_form": block.form(PlanForm, initial={**plan, "count": 1, "weeks": RHYTHM}, zone=zone),
        "log_form": block.form(LogForm, initial={"minutes": block.minutes}, zone=zone),
        "action_form": block.form(ActionForm),
        **_times(zone, pairing, [row.starts_at for row in sessions.planned]),
        **_topics(pairing),
    }
    if now.session and now.kind == "reflect":
        shown["session"] = now.session
        shown["reflection_form"] = _reflection_form(block, participant, now.session)
    elif now.session and now.kind == "log":
        shown["as_planned"] = _fields(now.session.starts_at, now.session.minutes, now.session.topic, zone)
    return shown


def _with_meetings(sessions: Sessions, everything: Sequence[OwnSession], role: Role) -> Sessions:
    """Mark what the mentor of a circle has written in another member's journal about the same meeting."""
    written = {session.uuid for session in everything if session.record.meeting and role in session.record.reflected}
    past = (replace(row, is_written_elsewhere=row.uuid in written and row.reflection is None) for row in sessions.past)
    return Sessions(sessions.planned, tuple(past)) if written else sessions


def _session_page(
    block: Any, participant: ParticipantRow, pairing: OwnPairing, session: SessionRow, zone: ZoneInfo
) -> Mapping[str, Any]:
    fields = _fields(session.starts_at, session.minutes, session.topic, zone)
    return {
        "pairing": pairing,
        "session": session,
        "is_over": session.ends_at <= timezone.now(),
        "earlier": earlier_reflections(session, participant.id),
        "move_form": block.form(MoveForm, initial=fields, zone=zone),
        "log_form": block.form(LogForm, initial=fields, zone=zone),
        "reflection_form": _reflection_form(block, participant, session),
        **_times(zone, pairing, [session.starts_at]),
        **_topics(pairing),
    }


def _reflection_form(block: Any, participant: ParticipantRow, session: SessionRow) -> ReflectionForm:
    last = session.reflection
    initial = {
        "revision": last.revision if last else 0,
        "what": last.what if last else "",
        "so_what": last.so_what if last else "",
        "now_what": last.now_what if last else "",
        "extract": last.extract if last else "",
    }
    form: ReflectionForm = block.form(ReflectionForm, initial=initial, role=participant.role)
    return form


def _fields(starts_at: datetime, minutes: int, topic: str, zone: ZoneInfo) -> Mapping[str, Any]:
    """A session in the form in which native date and time controls read and send it."""
    local = starts_at.astimezone(zone)
    return {"date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}", "minutes": minutes, "topic": topic}


def _next_start(here: Sequence[OwnSession], zone: ZoneInfo) -> datetime:
    """A first proposal: the pair's rhythm after their last session at the same time of day, or a morning in a week."""
    now = timezone.now().astimezone(zone)
    in_a_week = (now + timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
    if in_a_week.isoweekday() > FRIDAY:
        in_a_week += timedelta(days=FRIDAY + 3 - in_a_week.isoweekday())
    last = max((row.starts_at for row in here if row.record.state is not SessionState.CANCELLED), default=None)
    if last is None:
        return in_a_week.replace(hour=10)
    local = last.astimezone(zone)
    following = local + timedelta(weeks=RHYTHM)
    return following if following > now else in_a_week.replace(hour=local.hour, minute=local.minute)


def _times(zone: ZoneInfo, pairing: OwnPairing, moments: Sequence[datetime]) -> Mapping[str, Any]:
    """The reader's zone, and the partner's where their clocks differ."""
    theirs = ZoneInfo(pairing.partner_zone) if pairing.partner_zone in known_zones() else None
    differs = theirs is not None and any(
        moment.astimezone(theirs).utcoffset() != moment.astimezone(zone).utcoffset()
        for moment in (timezone.now(), *moments)
    )
    return {"zone": zone, "zone_name": str(zone), "partner_zone": theirs if differs else None}


def _topics(pairing: OwnPairing) -> Mapping[str, Any]:
    """What a session can be about: the topics that the mentee shows to the mentor, then every competence.

    To the mentor, while the two are together, also all else that the mentee has ticked.
    """
    language = get_language() or "en"
    names = _topic_names(language)
    picture = None
    if pairing.role is Role.MENTOR and pairing.is_active:
        picture = what_partner_sees(pairing.mentee_id)
        shared = picture.topics if picture else ()
    else:
        shared = topics_shared_with_partner(pairing.mentee_id)
    return {
        "shown_by_mentee": partner_lines(picture, bank_words(language)) if picture else None,
        "topic_names": names,
        "shared_topics": [(code, names[code]) for code in shared if code in names],
        **_other_topics(language, frozenset(shared)),
    }


@cache
def _topic_names(language: str) -> Mapping[str, str]:
    words = bank_words(language)
    return {code: words[f"competence.{code}.short"] for code in load_bank().competences}


@lru_cache(maxsize=256)  # the options are on the page several times, and people share the same few topics
def _other_topics(language: str, shared: frozenset[str]) -> Mapping[str, Any]:
    """Every competence that is not shared, as choices, and as options of which none is chosen."""
    others = [(code, name) for code, name in _topic_names(language).items() if code not in shared]
    return {"other_topics": others, "other_options": as_options(others, "")}

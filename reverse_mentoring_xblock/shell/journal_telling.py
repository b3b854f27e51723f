"""What an act in the journal is told as: to the person in a sentence, to the platform as events and scores."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain.journal_score import share
from ..services.acting import Taken
from ..services.logging_sessions import Said
from ..services.planning import Cancelled, Meeting, Moved, Planned
from ..services.reflecting import Saved
from ..services.standings import Standing
from .events import Event
from .handling import Done
from .reporting import Result


def planned(done: Planned) -> Done:
    """Sessions that are new in the plan."""
    number = len(done.new)
    say = ngettext("%(n)s session is planned.", "%(n)s sessions are planned.", number) % {"n": number}
    if not number:
        say = _("This was planned already. Nothing was added.")
    return Done(say, [_session("planned", session) for session in done.new])


def moved(done: Moved) -> Done:
    """A planned session with another time, length or topic."""
    was = {"before": done.session.before.isoformat()} if done.session.before else {}
    return Done(_("The change is saved."), [_session("moved", done.session, **was)] if done.is_changed else [])


def cancelled(done: Cancelled, required: int) -> Done:
    """A session that is off."""
    events = [_session("cancelled", done.session, was=str(done.was))] if done.is_changed else []
    return Done(
        _("The session is taken out. Nobody is asked for a reason."), events, _results(done.standings, required)
    )


def said(done: Said, name: str, required: int) -> Done:
    """A session that was ``logged``, ``confirmed`` or ``disputed``."""
    say = {
        "logged": _("The session is logged. Write about it while it is fresh."),
        "confirmed": _("Thank you, that is confirmed. Write about it while it is fresh."),
        "disputed": _("Noted. It counts for neither of you until one of you logs it again."),
    }[name]
    return Done(say, [_session(name, done.session)] if done.is_changed else [], _results(done.standings, required))


def logged_together(done: Sequence[Said], required: int) -> Done:
    """A session that a mentor has logged for everybody in a circle. The scores of all are as after the last log."""
    events = [_session("logged", one.session) for one in done if one.is_changed]
    standings = {standing.user_id: standing for one in done for standing in one.standings}
    say = _(
        "The session is logged for everybody in the circle; each of them is asked. Write about it while it is fresh."
    )
    return Done(say, events, _results(list(standings.values()), required))


def saved(done: Saved, session: str, required: int) -> Done:
    """A reflection."""
    say = _("Your reflection is saved.")
    if done.is_over_unseen:
        say = _(
            "Your reflection is saved. Another text was saved meanwhile, perhaps in another window; "
            "it is kept among the earlier versions of this session."
        )
    facts = {"session": session, "pairing": done.pairing, "revision": done.revision}
    events = [Event("reflection.saved", facts)] if done.is_changed else []
    return Done(say, events, _results([done.standing], required))


def added(done: Taken, has_due_day: bool) -> Done:
    """A next step taken on."""
    facts = {"action": done.action, "pairing": done.pairing, "has_due_day": has_due_day}
    return Done(_("The next step is on your list."), [Event("action.added", facts)] if done.is_changed else [])


def finished(done: Taken) -> Done:
    """A next step that is done."""
    facts = {"action": done.action, "pairing": done.pairing}
    return Done(_("Done."), [Event("action.finished", facts)] if done.is_changed else [])


def taken_back(done: Taken) -> Done:
    """A next step that was a mistake."""
    facts = {"action": done.action, "pairing": done.pairing}
    return Done(_("The next step is taken back. Neither of you sees it any more."), [Event("action.taken_back", facts)])


def _session(name: str, session: Meeting, **more: str) -> Event:
    facts = {
        "session": session.uuid,
        "pairing": session.pairing,
        "starts_at": session.starts_at.isoformat(),
        "minutes": session.minutes,
        "topic": session.topic,
    }
    return Event(f"session.{name}", {**facts, **more})


def _results(standings: Sequence[Standing], required: int) -> Sequence[Result]:
    """Scores of those whom an act concerns. What was complete once stays complete."""
    return [
        Result(
            standing.user_id,
            score=share(standing.counted, required),
            completion=1.0 if standing.counted >= required else None,
        )
        for standing in standings
    ]

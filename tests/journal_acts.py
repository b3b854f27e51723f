"""What people do in the journal, as a test says it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import factories

from reverse_mentoring_xblock.domain.states import PairingState, SessionState
from reverse_mentoring_xblock.standalone.models import CourseNode, Score

JOURNAL = "reverse_mentoring_journal"
NOW = datetime.now(UTC).replace(second=0, microsecond=0)
LONDON = ZoneInfo("Europe/London")


def days(number):
    """Noon so many days from now: an hour that clocks neither skip nor repeat, whatever the time is now."""
    return NOW.replace(hour=12, minute=0) + timedelta(days=number)


def moment(when, zone=LONDON, minutes=50, topic=""):
    local = when.astimezone(zone)
    return {
        "date": f"{local:%Y-%m-%d}",
        "time": f"{local:%H:%M}",
        "minutes": minutes,
        "topic": topic,
        "zone": str(zone),
    }


def held(pair, day=-3, **facts):
    return factories.session(pair, starts_at=days(day), **facts)


def planned(pair, day=3, **facts):
    return factories.session(pair, SessionState.PLANNED, starts_at=days(day), **facts)


def end(pair):
    pair.state, pair.closed_at, pair.mentor_slot, pair.mentee_slot = PairingState.ENDED, NOW, None, None
    pair.save()


def log(browser, pair, when=None, **more):
    return browser.do(JOURNAL, "log_session", pairing=pair.uuid, **{**moment(when or days(-3)), **more})


def facts_on(html):
    return html.split('name="facts" value="')[1].split('"')[0]


def write(browser, session, revision=0, **words):
    return browser.do(
        JOURNAL, "save_reflection", session=session.uuid, revision=revision, **{"what": "We filtered.", **words}
    )


def author_sets(**fields):
    node = CourseNode.objects.get(category=JOURNAL)
    node.fields = {**node.fields, **fields}
    node.save()


def score_of(account):
    return Score.objects.get(user=account).value

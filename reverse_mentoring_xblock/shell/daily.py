"""What has to be done every day in every programme: close overdue offers and requests, remind of offers that end soon,
and point out pairs that the organisation has brought too close."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .. import compat
from ..data import Place
from ..services.contention import with_retries
from ..services.flagging import flag_pairs
from ..services.lapsing import lapse_overdue
from ..services.lapsing_requests import lapse_requests
from ..services.mailing import Letter
from ..services.reminding import Reminder, remind
from .pairing_settings import rules_of
from .tags import when
from .topics import topic_name
from .zones import zone_of

log = logging.getLogger(__name__)
PAIRING = "reverse_mentoring_pairing"


@dataclass
class Day:
    """What a run came to, over all programmes."""

    programmes: int = 0
    lapsed: int = 0
    requests: int = 0
    reminded: int = 0
    flagged: int = 0
    cleared: int = 0
    failed: int = 0


def daily_work(places: Iterable[Place], now: datetime) -> Day:
    """Do it for each programme. One that fails is logged and counted, and keeps no other from its turn.

    A programme whose course has no pairing block any more has only its overdue offers closed. Safe to run twice and
    from two places at once.
    """
    day = Day(requests=with_retries(lambda: lapse_requests(now)))
    for place in places:
        day.programmes += 1
        try:
            _one(place, now, day)
        except Exception:
            log.exception("The daily work of %s, programme %s, was not finished.", place.context_key, place.slug)
            day.failed += 1
    return day


def _one(place: Place, now: datetime, day: Day) -> None:
    day.lapsed += with_retries(lambda: lapse_overdue(place, now))
    page = next((page for page in _pages(place) if page.settings.get("programme") == place.slug), None)
    if page is None:
        return
    found = flag_pairs(place, rules_of(page.settings))
    day.flagged += found.flagged
    day.cleared += found.cleared
    address = compat.whole_address(page.address)
    day.reminded += with_retries(lambda: remind(place, now, lambda due: _letters(due, address), compat.mail_sender()))


def _letters(due: Sequence[Reminder], address: str) -> Sequence[Letter]:
    languages = compat.languages_of([one.user_id for one in due])
    return [reminder(one, address, languages.get(one.user_id, settings.LANGUAGE_CODE)) for one in due]


def _pages(place: Place) -> Iterable[compat.BlockPage]:
    return compat.block_pages(place.context_key, [PAIRING]) or ()


def reminder(one: Reminder, address: str, language: str) -> Letter:
    """The letter that reminds somebody of an offer, in their language and time zone."""
    with translation.override(language), timezone.override(zone_of(one.time_zone)):
        facts: Mapping[str, Any] = {
            "name": one.name,
            "partner": one.partner,
            "topic": topic_name(one.circle_topic),
            "until": when(one.answer_by),
            "address": address,
        }
        body = _circle_waits() if one.circle_topic else _partner_waits()
        return Letter(one.user_id, one.address, _("An offer waits for your answer"), body % facts)


def _partner_waits() -> str:
    return _(
        "Hello %(name)s,\n\n"
        "%(partner)s is offered to you as a partner for reverse mentoring. Please answer by %(until)s. Accept "
        "or decline here; nobody is asked for a reason:\n\n"
        "%(address)s\n\n"
        "Without an answer the offer ends then, and you are both free for the next round."
    )


def _circle_waits() -> str:
    return _(
        "Hello %(name)s,\n\n"
        "A circle on “%(topic)s” is offered to you: one mentor and a few mentees who meet together. Please answer by "
        "%(until)s. Accept or decline here; nobody is asked for a reason:\n\n"
        "%(address)s\n\n"
        "Without an answer the offer ends then, and you are free for the next round."
    )

"""Template filters of the blocks: dates in the reader's words and zone, authored text as safe HTML."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

import markdown as markdown_library
import nh3
from django import template
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .choices import as_boxes, as_cells, as_options, as_points, as_radios, as_weighted
from .forms.profile_choices import channels
from .languages import language_name
from .numbers import grouped
from .topics import topic_name, topics_said

register = template.Library()

for tag, choices in {
    "boxes": as_boxes,
    "cells": as_cells,
    "options": as_options,
    "points": as_points,
    "radios": as_radios,
    "weighted": as_weighted,
}.items():
    register.simple_tag(choices, name=tag)

ALLOWED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "blockquote", "br", "code", "a"}


@register.filter
@lru_cache(maxsize=256)  # the shipped texts in several languages, and what authors set; never what learners write
def authored(text: str) -> SafeString:
    """Markdown from our own content as HTML that can hold nothing but text marks."""
    html = nh3.clean(markdown_library.markdown(text), tags=ALLOWED_TAGS, attributes={"a": {"href"}}, link_rel=None)
    return mark_safe(html)  # noqa: S308 - cleaned on the line above


@register.filter
def when(moment: datetime | None) -> str:
    """A moment as a person says it: "Thursday 4 March, 15:00, in 3 days", in the zone of the page."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    form = _(  # Translators: a day with its weekday, for example "Thursday 4 March"; see Django's date format letters.
        "l j F"
    )
    return _("%(day)s, %(clock)s, %(distance)s") % {
        "day": _day_in_words(local.date(), form, get_language()),
        "clock": f"{local:%H:%M}",
        "distance": _distance((local.date() - timezone.localdate()).days),
    }


@register.filter
def clock(moment: datetime) -> str:
    """A time of day, "15:00", in the zone of the page."""
    return f"{timezone.localtime(moment):%H:%M}"


@register.filter
def minutes(number: int) -> str:
    """A length: "50 minutes"."""
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", number) % {"minutes": number}


@register.filter
def day(moment: date | None) -> str:
    """A date with its weekday: "Thursday 4 March 2027"."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment).date()
    return _day_in_words(moment, _("l j F Y"), get_language())


@lru_cache(maxsize=2000)  # a page with lists says the same days again and again
def _day_in_words(moment: date, form: str, language: str | None) -> str:
    return formats.date_format(moment, form)


def _distance(days: int) -> str:
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if days > 0:
        return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}
    return ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": -days}


@register.filter
def number(value: int) -> str:
    """A whole number with its thousands set apart; empty text for none."""
    return "" if value is None else grouped(value)


@register.filter
def percent(share: float | None) -> str:
    """A share from 0 to 1 in whole per cent."""
    return "" if share is None else formats.number_format(round(share * 100)) + "\u00a0%"


@register.filter
def lookup(mapping: dict, key: str) -> object:
    """The entry of a mapping whose key is only known in the template; empty text when there is none."""
    return mapping.get(key, "")


@register.filter
def topic(code: str) -> str:
    """The short name of a competence by its code."""
    return topic_name(code)


@register.filter
def topics(codes: Sequence[str]) -> str:
    """Several of them in one line."""
    return topics_said(codes)


@register.filter
def language(code: str) -> str:
    """The name of a working language by its code."""
    return language_name(code)


@register.filter
def channel(code: str) -> str:
    """A way to talk by its code; the code itself when it is not known."""
    return dict(channels()).get(code, code)

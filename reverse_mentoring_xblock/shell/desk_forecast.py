"""The page of the desk on which a coordinator looks ahead: what a round would bring, and what the points do."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from ..content.loading import load_bank
from ..data import Place
from ..domain.matching import Forecast, Policy, Utility, Weighing, outlook
from ..domain.pairing_rules import PairingRules
from ..selectors.forecasts import SEED, ready_forecast, tried_weights
from ..selectors.pairings import people_by_id
from ..selectors.roster import role_counts
from .forecast_words import relaxed, what_binds, why_waiting
from .forms import BlockForm
from .forms.forecast import HeadsForm, SharesForm
from .handling import Done, handles
from .topics import topic_name
from .viewer import Viewer

PAGE = "forecast"
MANY = 100
"""People on one side from whom on a forecast takes noticeably long."""
MOST_NAMED = 50


class ForecastDesk:
    """For a block with ``place``, ``rules`` and ``form``. What was worked out lives as long as the request."""

    place: Place
    rules: PairingRules
    desk_at: Any
    form: Any

    _asked: BlockForm | None = None
    _worked_out: Mapping[str, Any] = {}

    def forecast_page(self) -> Mapping[str, Any]:
        """Three things to ask, and the answer to the one that was asked just now. One query without an answer."""
        counts = role_counts(self.place, self.rules)
        asked = {form.name: form for form in (self._asked,) if form}
        return {
            "counts": counts,
            "has_both": all(row.ready for row in counts),
            "takes_long": any(row.ready > MANY for row in counts),
            "heads_form": asked.get(HeadsForm.name) or self.form(HeadsForm),
            "shares_form": asked.get(SharesForm.name) or self._shares_form(initial=asdict(self.rules.shares)),
            **self._worked_out,
        }

    @handles(region="desk")
    def forecast_ready(self, viewer: Viewer, data: QueryDict) -> Done:
        """Work out what a round of the people who are ready now would bring."""
        self.desk_at = PAGE
        found = ready_forecast(self.place, self.rules, timezone.now().date())
        ready = [row.ready for row in role_counts(self.place, self.rules)]
        self._worked_out = {"ready": {**self._shown(found, *ready), "names": _names(found)}}
        return Done(say=_("The forecast stands below."))

    @handles(region="desk")
    def forecast_invented(self, viewer: Viewer, data: QueryDict) -> Done:
        """Work out what a round of invented people would bring."""
        self.desk_at = PAGE
        self._asked = form = self.form(HeadsForm, data)
        found = outlook(form.heads(), load_bank().competences, self._policy, SEED)
        heads = found.heads
        shown = self._shown(found.forecast, heads.mentors, heads.mentees)
        self._worked_out = {"invented": {**shown, "outlook": found}}
        return Done(say=_("The forecast stands below."))

    @handles(region="desk")
    def try_points(self, viewer: Viewer, data: QueryDict) -> Done:
        """Show what other weights would change among the people who are ready now."""
        self.desk_at = PAGE
        self._asked = form = self._shares_form(data)
        found = tried_weights(self.place, self.rules, form.shares(), timezone.now().date())
        self._worked_out = {"weighing": found, "weighed": _weighed(found)}
        return Done(say=_("What would change stands below."))

    def _shares_form(self, *data: QueryDict, **options: Any) -> SharesForm:
        form: SharesForm = self.form(SharesForm, *data, waiting=self.rules.shares.queue, **options)
        return form

    @property
    def _policy(self) -> Policy:
        return self.rules.policy(timezone.now().date())

    def _shown(self, found: Forecast, mentors: int, mentees: int) -> Mapping[str, Any]:
        """A forecast in words, of so many people, some of whom may not have been drawn."""
        circles = {one.topic: one for one in found.circles}
        return {
            "found": found,
            "all_mentors": mentors,
            "all_mentees": mentees,
            "is_drawn": (found.mentors, found.mentees) != (mentors, mentees),
            "gains": [(relaxed(gain, self._policy), gain.more) for gain in found.gains],
            "binding": what_binds(found.binding.rule) if found.binding else "",
            "topics": [(topic_name(topic.code), topic, circles.get(topic.code)) for topic in found.topics],
            "has_circles": bool(circles),
            "groups": [(group, why_waiting(group)) for group in found.groups],
        }


def _names(found: Forecast) -> list[tuple[Any, str, str]]:
    """The first of those who would wait, mentees before mentors."""
    first = sorted(found.waiting, key=lambda one: one.role)[:MOST_NAMED]
    people = people_by_id([one.id for one in first])
    return [(people[one.id], one.role, why_waiting(one)) for one in first if one.id in people]


def _weighed(found: Weighing) -> list[tuple[Any, ...]]:
    """Pairs with their points by part, under the weights as they are and under those tried."""
    people = people_by_id([id_ for one in found.pairs for id_ in (one.mentor, one.mentee)])
    return [
        (
            people[one.mentor],
            people[one.mentee],
            _points(one.now),
            _points(one.tried),
            one.stays,
        )
        for one in found.pairs
        if one.mentor in people and one.mentee in people
    ]


def _points(worth: Utility) -> tuple[int, ...]:
    """In the order of the columns; nobody has waited here."""
    parts = worth.parts
    return (worth.total, parts.cover, parts.interests, parts.wishes, parts.department, parts.site, parts.style)

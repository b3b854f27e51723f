"""The desk's page about circles: where one would help, the one that is being made, and those that there are."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..data import Place
from ..domain.circles import LEAST_MENTEES, MOST_MENTEES
from ..domain.pairing_rules import PairingRules
from ..selectors.circles import Choice, choices_for, circles_page, scarce_topics
from ..services.offering_circles import end_circle, offer_circle
from .events import Event
from .forms.circles import CircleForm, CirclesForm, OfferCircleForm
from .handling import Done, handles
from .viewer import Viewer


class CirclesDesk:
    """For a block with ``place``, ``rules``, ``form`` and ``circles_at``."""

    place: Place
    rules: PairingRules
    form: Any
    circles_at: Any

    def circles_page(self) -> Mapping[str, Any]:
        """Five queries, and more only while a circle is being made."""
        opened = self.circles_at or {}
        topic = opened.get("topic", "")
        shown: dict[str, Any] = {
            "circles": circles_page(self.place, opened.get("page") or 1),
            "scarce": scarce_topics(self.place, self.rules),
            "least": LEAST_MENTEES,
            "most": MOST_MENTEES,
        }
        if topic:
            choices = choices_for(self.place, self.rules, topic, timezone.now())
            chosen = next((one for one in choices if one.mentor.uuid == opened.get("mentor")), None)
            shown.update(topic=topic, choices=choices, chosen=chosen, boxes=_boxes(chosen) if chosen else ())
        return shown

    @handles(region="desk")
    def open_circles(self, viewer: Viewer, data: QueryDict) -> Done:
        """Look at a topic, at a mentor for it, or at a page of circles."""
        sent = self.form(CirclesForm, data).read()
        self.circles_at = {
            "topic": sent["topic"],
            "mentor": str(sent["mentor"] or ""),
            "page": sent["page"] or 1,
        }
        return Done(say="")

    @handles(region="desk")
    def offer_circle(self, viewer: Viewer, data: QueryDict) -> Done:
        """Offer a circle to its mentor and its mentees."""
        sent = self.form(OfferCircleForm, data).read()
        made = offer_circle(self.place, viewer.user_id, sent["topic"], sent["mentor"], sent["mentees"], self.rules)
        self.circles_at = {}
        facts = {"circle": made.circle, "mentees": made.mentees}
        return Done(
            say=ngettext(
                "The circle is offered to its mentor and %(n)s mentee.",
                "The circle is offered to its mentor and %(n)s mentees.",
                made.mentees,
            )
            % {"n": made.mentees},
            events=[Event("circle.offered", facts)] if made.is_changed else [],
        )

    @handles(region="desk")
    def end_circle(self, viewer: Viewer, data: QueryDict) -> Done:
        """End a circle for everybody in it."""
        made = end_circle(self.place, viewer.user_id, self.form(CircleForm, data).read()["circle"])
        facts = {"circle": made.circle, "pairings": made.mentees}
        return Done(
            say=_("The circle has ended. Nobody in it is asked for a reason."),
            events=[Event("circle.ended", facts)] if made.is_changed else [],
        )


def _boxes(choice: Choice) -> list[tuple[str, str]]:
    return [(one.uuid, f"{one.name}, {one.department}" if one.department else one.name) for one in choice.mentees]

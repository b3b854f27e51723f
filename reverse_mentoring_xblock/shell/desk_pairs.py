"""The desk's page "pairs": live offers and pairs, and what a coordinator decides about one of them."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..data import Place
from ..domain.offers import EXTRA_DAYS
from ..domain.pairing_rules import PairingRules
from ..selectors.declines import declines
from ..selectors.live_pairs import LivePairRow, PairsShown, live_pair, live_pairs_page
from ..selectors.replacements import Replacements, replacements
from ..services.handing_over import hand_over
from ..services.overseeing import (
    Overseen,
    end_for_both,
    extend_offer,
    part,
    pause_for,
    resume_for,
    withdraw_offer,
)
from .events import Event
from .forms.declining import reasons_to_decline
from .forms.desk_pairs import (
    ExtendForm,
    FindMentorForm,
    HandOverForm,
    OnBehalfForm,
    OpenPairForm,
    PairsForm,
    lists_of_pairs,
)
from .forms.pairing import PairingForm
from .handling import Done, handles
from .pairing_words import why_this_pair
from .viewer import Viewer


class PairsDesk:
    """For a block with ``place``, ``rules``, ``form`` and the fields of the page.

    ``mentor_sought`` is what the coordinator looks for in the list of mentors, None when no list is asked for.
    """

    place: Place
    rules: PairingRules
    form: Any
    pairs_shown: Any
    pairs_search: Any
    pairs_at: Any
    pair_open: Any
    mentor_sought: Any
    shown_part: str

    def pairs_page(self) -> Mapping[str, Any]:
        """The list, and above it the pair that is open. Five queries, and a bounded number more for other mentors."""
        now = timezone.now()
        opened = live_pair(self.place, now, UUID(self.pair_open)) if self.pair_open else None
        known = {shown.value for shown in PairsShown}
        shown = PairsShown(self.pairs_shown if self.pairs_shown in known else PairsShown.ALL)
        page = live_pairs_page(self.place, now, shown, self.pairs_search or "", self.pairs_at or 1)
        declined = declines(self.place)
        return {
            "page": page,
            "shown": shown.value,
            "search": self.pairs_search or "",
            "lists": [(value, f"{words} ({page.counts[PairsShown(value)]})") for value, words in lists_of_pairs()],
            "opened": opened,
            "extra_days": [(days, _days(days)) for days in EXTRA_DAYS],
            "declined": declined,
            "why_declined": [
                (words, declined.classes[value]) for value, words in reasons_to_decline() if value in declined.classes
            ],
            **(self._others(opened) if opened and self.mentor_sought is not None else {}),
        }

    def _others(self, opened: LivePairRow) -> Mapping[str, Any]:
        found: Replacements = replacements(
            self.place, self.rules, UUID(opened.uuid), self.mentor_sought, timezone.now().date()
        )
        return {
            "sought": self.mentor_sought,
            "others": [(row.mentor, row.reason, why_this_pair(row.reason)) for row in found.rows],
            "has_more": found.has_more,
            "is_seeking": True,
        }

    @handles(region="desk")
    def show_pairs(self, viewer: Viewer, data: QueryDict) -> Done:
        """Narrow the list, search in it, or turn its page."""
        said = self.form(PairsForm, data).read()
        self.pairs_shown, self.pairs_search = said["shown"].value, said["search"]
        self.pairs_at = said["page"] or 1
        self.close_pair()
        self.shown_part = "pairs"
        return Done(say="")

    @handles(region="desk")
    def open_pair(self, viewer: Viewer, data: QueryDict) -> Done:
        """Show what can be done about one pair, or go back to the list."""
        pairing = self.form(OpenPairForm, data).read()["pairing"]
        self.close_pair()
        self.pair_open = str(pairing or "")
        return Done(say="")

    @handles(region="desk")
    def withdraw_offer(self, viewer: Viewer, data: QueryDict) -> Done:
        """Take an offer back."""
        done = self._on_pair(withdraw_offer, viewer, data)
        return self._settled(done, "offer_withdrawn", _("The offer is withdrawn. Both are free for the next round."))

    @handles(region="desk")
    def extend_offer(self, viewer: Viewer, data: QueryDict) -> Done:
        """Let an offer wait longer."""
        said = self.form(ExtendForm, data).read()
        done = extend_offer(self.place, viewer.user_id, said["pairing"], said["days"], said["seen"])
        facts = {"pairing": done.pairing, "days": said["days"]}
        return Done(
            say=_("The offer waits longer. Both see the new day."),
            events=[Event("pairing.offer_extended", facts)] if done.is_changed else [],
        )

    @handles(region="desk")
    def end_for_both(self, viewer: Viewer, data: QueryDict) -> Done:
        """End a pair."""
        done = self._on_pair(end_for_both, viewer, data)
        return self._settled(done, "ended_for_both", _("The pair has ended. Both are free for the next round."))

    @handles(region="desk")
    def part_pair(self, viewer: Viewer, data: QueryDict) -> Done:
        """Look for somebody else for both."""
        done = self._on_pair(part, viewer, data)
        return self._settled(done, "parted", _("It has ended. Both stand at the head of the queue for the next round."))

    @handles(region="desk")
    def find_mentor(self, viewer: Viewer, data: QueryDict) -> Done:
        """List the mentors whom the open pair's mentee could work with instead."""
        self.mentor_sought = self.form(FindMentorForm, data).read()["search"]
        self.shown_part = "mentors"
        return Done(say="")

    @handles(region="desk")
    def hand_over(self, viewer: Viewer, data: QueryDict) -> Done:
        """Give a mentee another mentor."""
        said = self.form(HandOverForm, data).read()
        done = hand_over(self.place, viewer.user_id, said["pairing"], said["mentor"], self.rules)
        return self._settled(
            done, "handed_over", _("The pair has ended, and the other mentor is offered. Both accept or decline.")
        )

    @handles(region="desk")
    def pause_for(self, viewer: Viewer, data: QueryDict) -> Done:
        """Take somebody out of the next rounds."""
        whom = self.form(OnBehalfForm, data).read()["participant"]
        changed = pause_for(self.place, viewer.user_id, whom)
        events = [Event("pairing.paused_for", {"participant": str(whom)})] if changed else []
        return Done(say=_("They are paused. Their pairs go on."), events=events)

    @handles(region="desk")
    def resume_for(self, viewer: Viewer, data: QueryDict) -> Done:
        """Let somebody take part again."""
        whom = self.form(OnBehalfForm, data).read()["participant"]
        changed = resume_for(self.place, viewer.user_id, whom)
        events = [Event("pairing.resumed_for", {"participant": str(whom)})] if changed else []
        return Done(say=_("They take part again."), events=events)

    def _on_pair(self, act: Callable[[Place, int, UUID], Overseen], viewer: Viewer, data: QueryDict) -> Overseen:
        return act(self.place, viewer.user_id, self.form(PairingForm, data).read()["pairing"])

    def _settled(self, done: Overseen, act: str, say: str) -> Done:
        """Back to the list; what was over before is said so, without a word of how it came."""
        self.close_pair()
        if not done.is_changed:
            return Done(say=_("That was settled before. Nothing was changed now."))
        return Done(say=say, events=[Event(f"pairing.{act}", {"pairing": done.pairing})])

    def close_pair(self) -> None:
        """Go back to the list."""
        self.pair_open, self.mentor_sought = "", None


def _days(days: int) -> str:
    return ngettext("%(n)s more day", "%(n)s more days", days) % {"n": days}

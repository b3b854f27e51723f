"""The coordinator's side of the pairing block."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..domain.states import RunState
from ..selectors.proposals import RunRow, open_run
from ..selectors.roster import role_counts, roster_page
from ..services.releasing import Released, discard, release
from .desk_rounds import RoundDesk
from .desk_tabs import DESK_PAGES, DeskPageForm, desk_tabs
from .events import Event
from .forms.pairing import RosterPageForm, RunForm
from .handling import Done, handles
from .pairing_words import still_needed, why_nobody, why_this_pair
from .viewer import Viewer


class PairingDesk(RoundDesk):
    """The pages of the desk, one of which is open. For a block with ``place``, ``rules`` and the fields of the desk."""

    place: Place
    rules: PairingRules
    desk_at: Any
    roster_at: Any

    def desk(self, viewer: Viewer) -> Mapping[str, Any]:
        """The page of the desk that the coordinator has open."""
        name = self.desk_at if self.desk_at in DESK_PAGES else DESK_PAGES[0]
        pages: Mapping[str, Callable[[], Mapping[str, Any]]] = {"round": self.round_page, "people": self.people_page}
        return {
            "tabs": desk_tabs(name),
            "desk_page": f"reverse_mentoring_xblock/pairing/desk/{name}.html",
            **pages[name](),
        }

    def round_page(self) -> Mapping[str, Any]:
        """The round that is shown, or what it takes to have one worked out. Five queries."""
        counts = role_counts(self.place, self.rules)
        frame = self.round_frame()
        shown = frame["shown"]
        run = open_run(self.place, shown.uuid) if shown and shown.state is RunState.PROPOSED else None
        return {
            "counts": counts,
            "in_all": sum(row.people for row in counts),
            "may_propose": all(row.ready for row in counts),
            **frame,
            **(_proposal(run) if run else {}),
        }

    def people_page(self) -> Mapping[str, Any]:
        """Who is in the programme, and what each still needs. Two queries."""
        counts = role_counts(self.place, self.rules)
        roster = roster_page(self.place, self.rules, self.roster_at or 1, sum(row.people for row in counts))
        return {"roster": roster, "people": [(row, still_needed(row.missing)) for row in roster.rows]}

    @handles(region="desk")
    def open_desk_page(self, viewer: Viewer, data: QueryDict) -> Done:
        """Go to another page of the desk."""
        self.desk_at = self.form(DeskPageForm, data).read()["page"]
        return Done(say="")

    @handles(region="desk")
    def release(self, viewer: Viewer, data: QueryDict) -> Done:
        """Offer the proposed pairs to their people."""
        run = self.form(RunForm, data).read()["run"]
        made = release(self.place, viewer.user_id, run, self.rules)
        facts = {"run": made.run, "pairs": made.pairs, "dropped": made.dropped}
        events = [Event("pairing.released", facts)] if made.is_changed else []
        return Done(
            say=_released(made),
            events=[*events, *(Event("pairing.discarded", {"run": other}) for other in made.others)],
        )

    @handles(region="desk")
    def discard(self, viewer: Viewer, data: QueryDict) -> Done:
        """Drop a proposal."""
        run = self.form(RunForm, data).read()["run"]
        changed = discard(self.place, viewer.user_id, run)
        return Done(
            say=_("The proposal is discarded. Nobody was told of it."),
            events=[Event("pairing.discarded", {"run": str(run)})] if changed else [],
        )

    @handles(region="desk")
    def turn_roster_page(self, viewer: Viewer, data: QueryDict) -> Done:
        """Go to another page of the roster."""
        self.roster_at = self.form(RosterPageForm, data).read()["page"]
        return Done(say="")


def _proposal(run: RunRow) -> Mapping[str, Any]:
    """A proposal with its reasons in words."""
    return {
        "run": run,
        "pairs": [(row, why_this_pair(row.reason)) for row in run.pairs],
        "left_out": [(row, why_nobody(row.role, row.reason)) for row in run.left_out],
    }


def _released(made: Released) -> str:
    offered = ngettext(
        "%(n)s pair is offered. Both people see it here and accept or decline.",
        "%(n)s pairs are offered. Both people of each see it here and accept or decline.",
        made.pairs,
    ) % {"n": made.pairs}
    if not made.pairs:
        offered = _("No pair is offered.")
    if not made.dropped:
        return offered
    dropped = ngettext(
        "%(n)s proposed pair was left out: since then something about one of the two has changed.",
        "%(n)s proposed pairs were left out: since then something about one of the two has changed.",
        made.dropped,
    ) % {"n": made.dropped}
    return f"{offered} {dropped}"

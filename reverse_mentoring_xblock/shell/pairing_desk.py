"""The coordinator's side of the pairing block."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..domain.states import RunState
from ..selectors.live_pairs import flagged_pairs
from ..selectors.roster import role_counts
from ..services.releasing import discard, release
from .desk_apart import ApartDesk
from .desk_circles import CirclesDesk
from .desk_forecast import ForecastDesk
from .desk_history import HistoryDesk
from .desk_overrides import OverrideDesk
from .desk_pairs import PairsDesk
from .desk_people import PeopleDesk
from .desk_review import ReviewDesk, released_events, released_in_words
from .desk_roster_file import RosterFileDesk
from .desk_rounds import RoundDesk
from .desk_tabs import DESK_PAGES, DeskPageForm, desk_tabs
from .events import Event
from .forms.pairing import ReleaseForm, RunForm
from .handling import Done, handles
from .viewer import Viewer


class PairingDesk(
    RoundDesk,
    ReviewDesk,
    OverrideDesk,
    RosterFileDesk,
    PeopleDesk,
    ApartDesk,
    ForecastDesk,
    PairsDesk,
    CirclesDesk,
    HistoryDesk,
):
    """The pages of the desk, one of which is open. For a block with ``place``, ``rules`` and the fields of the desk."""

    place: Place
    rules: PairingRules
    form: Any
    desk_at: Any
    shown_part = ""
    """The part of the page that was asked for: it gets the focus, not the top of the page."""

    def desk(self, viewer: Viewer) -> Mapping[str, Any]:
        """The page of the desk that the coordinator has open."""
        name = self.desk_at if self.desk_at in DESK_PAGES else DESK_PAGES[0]
        pages: Mapping[str, Callable[[], Mapping[str, Any]]] = {
            "round": self.round_page,
            "people": self.people_page,
            "forecast": self.forecast_page,
            "pairs": self.pairs_page,
            "circles": self.circles_page,
            "history": self.history_page,
        }
        return {
            "tabs": desk_tabs(name, {"pairs": flagged_pairs(self.place)}),
            "shown_part": self.shown_part,
            "desk_page": f"reverse_mentoring_xblock/pairing/desk/{name}.html",
            **pages[name](),
        }

    def round_page(self) -> Mapping[str, Any]:
        """The round that is shown, or what it takes to have one worked out. Thirteen queries at most."""
        counts = role_counts(self.place, self.rules)
        frame = self.round_frame()
        shown = frame["shown"]
        run = shown if shown and shown.state is RunState.PROPOSED else None
        return {
            "counts": counts,
            "in_all": sum(row.people for row in counts),
            "may_propose": all(row.ready for row in counts),
            **frame,
            "run": run,
            **(self.review(run) if run else {}),
            **self.overrides(run),
        }

    def people_page(self) -> Mapping[str, Any]:
        """The file that waits, the roster, and who is kept apart. Six queries."""
        return {**self.file_part(), **self.people_part(), **self.apart_part()}

    @handles(region="desk")
    def open_desk_page(self, viewer: Viewer, data: QueryDict) -> Done:
        """Go to another page of the desk."""
        self.desk_at = self.form(DeskPageForm, data).read()["page"]
        self.close_pair()
        return Done(say="")

    @handles(region="desk")
    def release(self, viewer: Viewer, data: QueryDict) -> Done:
        """Offer the proposed pairs to their people."""
        said = self.form(ReleaseForm, data).read()
        made = release(self.place, viewer.user_id, said["run"], self.rules, seen=said["seen"])
        return Done(say=released_in_words(made), events=released_events(made))

    @handles(region="desk")
    def discard(self, viewer: Viewer, data: QueryDict) -> Done:
        """Drop a proposal."""
        run = self.form(RunForm, data).read()["run"]
        changed = discard(self.place, viewer.user_id, run)
        return Done(
            say=_("The proposal is discarded. Nobody was told of it."),
            events=[Event("pairing.discarded", {"run": str(run)})] if changed else [],
        )

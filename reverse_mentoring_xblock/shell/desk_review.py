"""The desk's table of a proposal: arranged as the coordinator likes, released as a whole or in parts."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..data import Place
from ..domain.errors import Conflict
from ..domain.pairing_rules import PairingRules
from ..selectors.review import FILTERS, SORTS, Table, left_out_page, pair_counts, pairs_page, pairs_shown, run_id_of
from ..selectors.runs import RunRow
from ..services.releasing import Released, finish_round, release
from .events import Event
from .forms.pairing import PageForm, RunForm
from .forms.review import PartForm, TableForm
from .handling import Done, handles
from .pairing_words import why_nobody
from .review_words import FILTER_WORDS, SORT_WORDS, next_best, points_in_parts, rules_that_hold, why_in_full
from .viewer import Viewer


class ReviewDesk:
    """The table of pairs and the list of those left out. For a block with ``place``, ``rules`` and ``table_at``."""

    place: Place
    rules: PairingRules
    form: Any
    table_at: Any
    ticked: frozenset[str] = frozenset()
    shown_part: str

    def review(self, run: RunRow) -> Mapping[str, Any]:
        """What the table of a proposal shows. Five queries at most, whatever its size."""
        table, counts = self.table, pair_counts(run.id)
        page = pairs_page(run.id, table, counts)
        left = left_out_page(run.id, self.table_at.get("left", 1))
        return {
            "table": table,
            "table_form": self.form(TableForm, initial={"search": table.search}),
            "sorts": [(name, words()) for name, words in SORT_WORDS.items()],
            "filters": [(name, f"{FILTER_WORDS[name]()} ({counts.waiting[name]})") for name in FILTERS],
            "is_arranged": table.show != "all" or bool(table.search),
            "waiting": counts.waiting["all"],
            "released": counts.released,
            "ticked": self.ticked,
            "pairs_at": page.at,
            "pairs": [(row, why_in_full(row), points_in_parts(row.parts), next_best(row)) for row in page.rows],
            "rules_that_hold": rules_that_hold(self.rules),
            "weights": self.rules.on(run.basis).shares.weights(),
            "left_at": left.at,
            "left_out": [(row, why_nobody(row.role, row.reason)) for row in left.rows],
        }

    @property
    def table(self) -> Table:
        """The table as the coordinator has arranged it."""
        kept = self.table_at
        sort, show = kept.get("sort"), kept.get("show")
        return Table(
            sort=sort if sort in SORTS else "points_up",
            show=show if show in FILTERS else "all",
            search=kept.get("search", ""),
            page=kept.get("page", 1),
        )

    @handles(region="desk")
    def arrange_pairs(self, viewer: Viewer, data: QueryDict) -> Done:
        """Order, filter or search the table; it starts again at its first page."""
        said = self.form(TableForm, data).read()
        self.table_at = {**said, "search": " ".join(said["search"].split()), "left": self.table_at.get("left", 1)}
        self.shown_part = "pairs"
        return Done(say="")

    @handles(region="desk")
    def turn_pairs_page(self, viewer: Viewer, data: QueryDict) -> Done:
        """Go to another page of the table."""
        self.table_at = {**self.table_at, "page": self.form(PageForm, data).read()["page"]}
        self.shown_part = "pairs"
        return Done(say="")

    @handles(region="desk")
    def turn_left_out_page(self, viewer: Viewer, data: QueryDict) -> Done:
        """Go to another page of those left out."""
        self.table_at = {**self.table_at, "left": self.form(PageForm, data).read()["page"]}
        self.shown_part = "left_out"
        return Done(say="")

    @handles(region="desk")
    def release_part(self, viewer: Viewer, data: QueryDict) -> Done:
        """Offer the ticked pairs, or all that the filter lets through, to their people; the rest stays open."""
        self.ticked = frozenset(data.getlist("pairs"))
        said = self.form(PartForm, data).read()
        only = said["pairs"]
        if said["shown"]:
            only, waiting = pairs_shown(run_id_of(self.place, said["run"]), self.table)
            if waiting and waiting != said["shown"]:
                raise Conflict("pairs_changed")
        made = release(self.place, viewer.user_id, said["run"], self.rules, only=only, seen=said["seen"])
        self.ticked = frozenset()
        return Done(say=released_in_words(made), events=released_events(made))

    @handles(region="desk")
    def finish_round(self, viewer: Viewer, data: QueryDict) -> Done:
        """Close a proposal of which a part is released."""
        run = self.form(RunForm, data).read()["run"]
        changed = finish_round(self.place, viewer.user_id, run)
        return Done(
            say=_("The round is finished. Those without a partner move up the queue for the next one."),
            events=[Event("pairing.finished", {"run": str(run)})] if changed else [],
        )


def released_events(made: Released) -> list[Event]:
    """What the platform is told of a release."""
    facts = {"run": made.run, "pairs": made.pairs, "dropped": made.dropped, "closed": made.is_closed}
    released = [Event("pairing.released", facts)] if made.is_changed else []
    return [*released, *(Event(other.act, {"run": other.run}) for other in made.others)]


def released_in_words(made: Released) -> str:
    """How many pairs are offered, and how many could not be."""
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

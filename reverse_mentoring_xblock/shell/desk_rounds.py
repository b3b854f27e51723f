"""The frame of a round on the desk: ask for one, see how far it is, call it off, choose between two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from xblock.fields import Scope, String

from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..domain.states import RunBasis, RunState
from ..selectors.runs import RunRow, compared, open_runs
from ..services.closing import cancel_search
from ..services.proposing import Proposed, look_at_search, propose
from .events import Event
from .forms.base import BlockForm
from .forms.pairing import RunForm
from .handling import Done, handles
from .round_words import BASIS, step_in_words, why_it_failed
from .viewer import Viewer

COMPARE = "compare"
FRESH = timedelta(seconds=20)
"""After so long a search is looked at less often: a small one is done by then."""


class BasisForm(BlockForm):
    """What a round is to put first; the author's own weights when nothing is said."""

    name = "basis"
    basis = forms.ChoiceField(choices=[(b.value, b.value) for b in RunBasis], required=False)


class RoundViewForm(BlockForm):
    """One of two rounds to look at, or both side by side."""

    name = "round_view"
    view = forms.ChoiceField(choices=[(name, name) for name in (*RunBasis, COMPARE)])


@dataclass(frozen=True)
class View:
    """A way to look at the rounds on the desk."""

    value: str
    title: str
    is_open: bool


class RoundDesk:
    """For the desk of a block with ``place`` and ``rules``."""

    place: Place
    rules: PairingRules

    round_at = String(
        default="", scope=Scope.user_state, help="Which of two rounds the coordinator looks at, or that they compare."
    )

    def round_frame(self) -> Mapping[str, Any]:
        """Which round is shown and how far it is. One query; six when two are compared."""
        runs = open_runs(self.place)
        shown = self._round_shown(runs)
        frame = {
            "shown": shown,
            "views": self._views(runs, shown),
            "asks_wishes": self.rules.ask_wishes,
            "second": _second(runs, shown) if self.rules.ask_wishes else None,
        }
        if shown is None and runs:
            return {**frame, "compared": compared(runs[0], runs[1]), "basis_titles": _titles()}
        if shown and shown.state is RunState.WORKING:
            return {**frame, "step": step_in_words(shown), "again": 2 if _is_fresh(shown) else 5}
        if shown and shown.state is RunState.FAILED:
            return {**frame, "failure": why_it_failed(shown.phase)}
        return frame

    @handles(region="desk")
    def propose(self, viewer: Viewer, data: QueryDict) -> Done:
        """Have a round worked out."""
        basis = RunBasis(self.form(BasisForm, data).read()["basis"] or RunBasis.SCORE)
        made = propose(self.place, viewer.user_id, self.rules, basis)
        self.round_at = basis.value
        if made.state is RunState.WORKING:
            facts = {"run": made.run, "basis": basis.value}
            return Done(
                say=_("The search has begun. You may leave this page; it goes on without you."),
                events=[Event("pairing.search_started", facts)],
            )
        return _outcome(made)

    @handles(region="desk")
    def look_at_search(self, viewer: Viewer, data: QueryDict) -> Done:
        """See how far a search is. The page asks by itself; it is told nothing while nothing has come of it."""
        made = look_at_search(self.place, self.form(RunForm, data).read()["run"])
        return Done(say="") if made.state is RunState.WORKING else _outcome(made)

    @handles(region="desk")
    def cancel_search(self, viewer: Viewer, data: QueryDict) -> Done:
        """Call off a search."""
        run = self.form(RunForm, data).read()["run"]
        changed = cancel_search(self.place, viewer.user_id, run)
        return Done(
            say=_("The search is cancelled. Nothing of it was kept, and nobody was told."),
            events=[Event("pairing.search_cancelled", {"run": str(run)})] if changed else [],
        )

    @handles(region="desk")
    def show_round(self, viewer: Viewer, data: QueryDict) -> Done:
        """Look at the other of two rounds, or at both side by side."""
        self.round_at = self.form(RoundViewForm, data).read()["view"]
        return Done(say="")

    def _round_shown(self, runs: Sequence[RunRow]) -> RunRow | None:
        """The round to show; None when there is none, or when two are to be compared."""
        if self.round_at == COMPARE and _can_compare(runs):
            return None
        chosen = [run for run in runs if run.basis == self.round_at]
        decidable = [run for run in runs if run.state is RunState.PROPOSED]
        return next(iter([*chosen, *decidable, *runs]), None)

    def _views(self, runs: Sequence[RunRow], shown: RunRow | None) -> Sequence[View]:
        if len(runs) < 2:
            return []
        views = [View(run.basis.value, _view_title(run), run is shown) for run in runs]
        return [*views, View(COMPARE, _("Compare the two"), shown is None)] if _can_compare(runs) else views


def _can_compare(runs: Sequence[RunRow]) -> bool:
    return len(runs) == len(RunBasis) and all(run.state is RunState.PROPOSED for run in runs)


def _second(runs: Sequence[RunRow], shown: RunRow | None) -> RunBasis | None:
    """What a second proposal would put first, while there is one alone."""
    return shown.basis.other if shown and shown.state is RunState.PROPOSED and len(runs) == 1 else None


def _is_fresh(run: RunRow) -> bool:
    return timezone.now() - run.asked_at < FRESH


def _titles() -> Mapping[str, str]:
    return {basis.value: BASIS[basis]() for basis in RunBasis}


def _view_title(run: RunRow) -> str:
    """Translators: {basis} is "By score" or "By wishes first"."""
    title = {"basis": BASIS[run.basis]()}
    if run.state is RunState.WORKING:
        return _("%(basis)s: being worked out") % title
    if run.state is RunState.FAILED:
        return _("%(basis)s: no answer") % title
    return ngettext("%(basis)s: %(n)s pair", "%(basis)s: %(n)s pairs", run.pairs) % {**title, "n": run.pairs}


def _outcome(made: Proposed) -> Done:
    """What a search has come to."""
    if made.state is RunState.FAILED:
        return Done(say=why_it_failed(made.failure))
    if made.state is not RunState.PROPOSED:
        return Done(say=_("Somebody has decided about this round meanwhile. Here is how things stand."))
    facts = {"run": made.run, "pairs": made.pairs, "left_out": made.left_out, "certified": made.is_certified}
    return Done(
        say=ngettext(
            "%(n)s pair is proposed. Nobody is told until you release it.",
            "%(n)s pairs are proposed. Nobody is told until you release them.",
            made.pairs,
        )
        % {"n": made.pairs},
        events=[Event("pairing.proposed", facts)] if made.is_news else [],
    )

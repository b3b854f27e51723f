"""Conflicts of interest and the names on the cards, on the coordinator's desk."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..selectors.apart import FITTING, MOST, conflict_rows, people_called
from ..selectors.programmes import names_shown_since
from ..services.card_names import show_names
from ..services.flagging import flag_pairs
from ..services.keeping_apart import declare_conflict, take_back_conflict
from .events import Event
from .forms import FormRefused
from .forms.roster import ConflictForm, ConflictRowForm, ShowNamesForm
from .handling import Done, handles
from .viewer import Viewer


class ApartDesk:
    """What a coordinator settles about who meets whom before a round. For a block with ``place`` and ``rules``."""

    place: Place
    rules: PairingRules
    form: Any

    def apart_part(self) -> Mapping[str, Any]:
        """Declared conflicts, and whether cards show names. Two queries."""
        conflicts = conflict_rows(self.place)
        return {
            "conflicts": conflicts[:MOST],
            "has_more_conflicts": len(conflicts) > MOST,
            "conflict_form": self.form(ConflictForm),
            "names_shown_since": names_shown_since(self.place),
        }

    @handles(region="desk")
    def declare_conflict(self, viewer: Viewer, data: QueryDict) -> Done:
        """Keep two people apart."""
        form = self.form(ConflictForm, data)
        said = form.read()
        found = {name: self._person(form, name, said[name]) for name in ("one", "other")}
        if form.errors:
            raise FormRefused(form)
        new = declare_conflict(self.place, viewer.user_id, (found["one"], found["other"]))
        flag_pairs(self.place, self.rules)
        say = _("The conflict is declared. The two are not paired as long as it stands. They are not told.")
        return Done(say=say, events=[Event("conflict.declared", {})] if new else [])

    @handles(region="desk")
    def take_back_conflict(self, viewer: Viewer, data: QueryDict) -> Done:
        """Let two people be paired again."""
        conflict = self.form(ConflictRowForm, data).read()["conflict"]
        changed = take_back_conflict(self.place, viewer.user_id, conflict)
        flag_pairs(self.place, self.rules)
        say = _("The conflict is taken back. The two can be paired again from the next round on.")
        return Done(say=say, events=[Event("conflict.taken_back", {})] if changed else [])

    @handles(region="desk")
    def show_names(self, viewer: Viewer, data: QueryDict) -> Done:
        """Show names on the cards, or hide them."""
        shown = self.form(ShowNamesForm, data).read()["shown"]
        changed = show_names(self.place, viewer.user_id, shown=shown)
        say = _("The cards show names now.") if shown else _("The cards show no names now.")
        name = "roster.names_shown" if shown else "roster.names_hidden"
        return Done(say=say, events=[Event(name, {})] if changed else [])

    def _person(self, form: ConflictForm, field: str, text: str) -> UUID:
        """The one person of this name; otherwise the form says what to do, and nobody is returned."""
        found = people_called(self.place, text)
        if len(found) == 1:
            return found[0].uuid
        if not found:
            form.add_error(field, _("Nobody in the programme has this name or username."))
        else:
            names = ", ".join(f"{row.name} ({row.username})" for row in found[: FITTING - 1])
            form.add_error(field, _("Several people fit. Give the username: %(names)s.") % {"names": names})
        return UUID(int=0)

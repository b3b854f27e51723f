"""The roster as a file, on the coordinator's desk: sent, looked at, taken in or dropped; and written."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from ..data import Place
from ..domain.errors import Invalid
from ..domain.pairing_rules import PairingRules
from ..selectors.roster_file import open_roster_file, roster_rows
from ..selectors.states_export import people_count
from ..services.flagging import flag_pairs
from ..services.roster_files import drop_roster, send_roster, take_in
from .events import Event
from .forms import FormRefused
from .forms.roster import DecideRosterForm, SendRosterForm
from .handling import Done, Export, exports, handles
from .roster_words import preview_of, roster_lines
from .sentences import sentence_for
from .sentences.roster import taken_in
from .viewer import Viewer

#: A packed file of 50,000 people has about half of it; at two and a half million bytes Django itself refuses.
LONGEST_FILE = 2_400_000


class RosterFileDesk:
    """Taking the roster in from a file, and sending it as one. For a block with ``place`` and ``rules``."""

    place: Place
    rules: PairingRules
    form: Any

    def file_part(self) -> Mapping[str, Any]:
        """The file that waits, or the form to send one. One query."""
        file = open_roster_file(self.place)
        return {
            "preview": preview_of(file) if file else None,
            "send_form": self.form(SendRosterForm),
            "decide_form": self.form(DecideRosterForm),
        }

    @handles(region="desk", longest=LONGEST_FILE)
    def send_roster(self, viewer: Viewer, data: QueryDict) -> Done:
        """Look at what a file would change."""
        form = self.form(SendRosterForm, data)
        content = form.content()
        try:
            send_roster(self.place, viewer.user_id, content)
        except Invalid as error:
            form.add_error(None, sentence_for(error))
            raise FormRefused(form) from error
        return Done(say=_("This is what the file would change. Nothing is taken in yet."))

    @handles(region="desk")
    def take_in_roster(self, viewer: Viewer, data: QueryDict) -> Done:
        """Do what the file says."""
        said = self.form(DecideRosterForm, data).read()
        made = take_in(self.place, viewer.user_id, said["file"], said["digest"], leave_out=said["leave_out"])
        flag_pairs(self.place, self.rules)
        facts = {"new": made.new, "changed": made.changed, "left_out": made.left_out}
        return Done(
            say=taken_in(made.new, made.changed, made.left_out),
            events=[Event("roster.taken_in", facts)] if made.is_changed else [],
        )

    @handles(region="desk")
    def drop_roster(self, viewer: Viewer, data: QueryDict) -> Done:
        """Forget a file."""
        drop_roster(self.place, viewer.user_id, self.form(DecideRosterForm, data).read()["file"])
        return Done(say=_("The file is dropped. Nothing of it was taken in."))

    @exports
    def export_roster(self, viewer: Viewer) -> Export:
        """Everybody, in the columns in which a file is taken in."""
        return Export(
            file_name=f"roster-{timezone.now():%Y-%m-%d}.csv",
            lines=roster_lines(roster_rows(self.place)),
            events=[Event("roster.exported", {"people": people_count(self.place)})],
        )

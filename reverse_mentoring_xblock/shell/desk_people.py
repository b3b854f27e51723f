"""The people of the programme, on the coordinator's desk: found, looked at, invited, reminded, removed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import compat
from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..selectors.roster import RosterRow, acts_for, roster_page, roster_person
from ..selectors.roster_choice import Chosen, ChosenCounts, chosen_counts
from ..services.inviting import AT_ONCE, Call, Called, call
from ..services.removing import remove
from .events import Event
from .forms.pairing import PageForm
from .forms.roster import ChosenForm, PersonForm, WhomForm
from .handling import Done, handles
from .letters import writer
from .pairing_words import still_needed
from .viewer import Viewer


class PeopleDesk:
    """The roster in pages. For a block with ``place``, ``rules`` and the fields of the desk."""

    place: Place
    rules: PairingRules
    form: Any
    roster_at: Any
    roster_shown: Any

    def people_part(self) -> Mapping[str, Any]:
        """A page of those whom the coordinator looks at, and the person who is open. Two or three queries."""
        chosen = self._chosen()
        counts = chosen_counts(self.place, self.rules, chosen, timezone.now())
        roster = roster_page(self.place, self.rules, self.roster_at or 1, counts.people, chosen)
        person = self._open_person()
        said = {"standing": chosen.standing, "role": chosen.role or "", "text": chosen.text}
        return {
            "roster": roster,
            "people": [(row, still_needed(row.missing)) for row in roster.rows],
            "chosen_form": self.form(ChosenForm, initial=said),
            "chosen": said,
            "is_choosing": chosen != Chosen(),
            "due": _due(counts),
            "at_once": AT_ONCE,
            "person": person,
            "person_needs": still_needed(person.missing) if person else (),
            "person_can": acts_for(person, timezone.now()) if person else {},
        }

    @handles(region="desk")
    def turn_roster_page(self, viewer: Viewer, data: QueryDict) -> Done:
        """Go to another page of the roster."""
        self.roster_at = self.form(PageForm, data).read()["page"]
        self.roster_shown = {**(self.roster_shown or {}), "person": ""}
        return Done(say="")

    @handles(region="desk")
    def choose_people(self, viewer: Viewer, data: QueryDict) -> Done:
        """Look at some of the people, or at everybody again."""
        chosen = self.form(ChosenForm, data).chosen()
        self.roster_shown = {"standing": chosen.standing.value, "role": chosen.role or "", "text": chosen.text}
        self.roster_at = 1
        people = chosen_counts(self.place, self.rules, chosen, timezone.now()).people
        return Done(say=ngettext("%(n)s person found.", "%(n)s people found.", people) % {"n": people})

    @handles(region="desk")
    def open_person(self, viewer: Viewer, data: QueryDict) -> Done:
        """Show one person, or nobody."""
        person = self.form(PersonForm, data).read()["person"]
        self.roster_shown = {**(self.roster_shown or {}), "person": str(person or "")}
        return Done(say="")

    @handles(region="desk")
    def invite(self, viewer: Viewer, data: QueryDict) -> Done:
        """Write to people who are invited and have not come in."""
        return self._call(Call.INVITE, viewer, data)

    @handles(region="desk")
    def remind(self, viewer: Viewer, data: QueryDict) -> Done:
        """Write to people who have something left to do."""
        return self._call(Call.REMIND, viewer, data)

    @handles(region="desk")
    def remove_people(self, viewer: Viewer, data: QueryDict) -> Done:
        """Take people off the roster on whom nobody counts."""
        removed = remove(self.place, viewer.user_id, self.form(WhomForm, data).whom(), self.rules)
        return Done(
            say=ngettext("%(n)s person is removed.", "%(n)s people are removed.", removed) % {"n": removed},
            events=[Event("roster.removed", {"people": removed})],
        )

    def _call(self, kind: Call, viewer: Viewer, data: QueryDict) -> Done:
        whom = self.form(WhomForm, data).whom()
        write = writer(self.place, kind)
        called = call(self.place, viewer.user_id, kind, whom, self.rules, write, compat.mail_sender())
        name = "roster.invited" if kind is Call.INVITE else "roster.reminded"
        facts = {"people": called.sent, "failed": called.failed}
        return Done(say=_called(called), events=[Event(name, facts)] if called.sent else [])

    def _chosen(self) -> Chosen:
        """What the coordinator looks at; the stored choice of an older page is looked at as far as it is one."""
        form = self.form(ChosenForm, dict(self.roster_shown or {}))
        return form.chosen() if form.is_valid() else Chosen()

    def _open_person(self) -> RosterRow | None:
        shown = (self.roster_shown or {}).get("person")
        return roster_person(self.place, self.rules, UUID(shown)) if shown else None


def _due(counts: ChosenCounts) -> Mapping[str, int]:
    """How many people each act would reach by one click, and how many there are for it."""
    return {
        "invite": min(counts.to_invite, AT_ONCE),
        "invite_all": counts.to_invite,
        "remind": min(counts.to_remind, AT_ONCE),
        "remind_all": counts.to_remind,
        "remove": counts.to_remove,
    }


def _called(called: Called) -> str:
    sent = ngettext("%(n)s mail was sent.", "%(n)s mails were sent.", called.sent) % {"n": called.sent}
    sentences = [sent if called.sent else _("No mail was sent.")]
    if called.failed:
        failed = ngettext(
            "%(n)s could not be sent: there is no address, or the mail server did not take it. It does not count.",
            "%(n)s could not be sent: there is no address, or the mail server did not take them. They do not count.",
            called.failed,
        )
        sentences.append(failed % {"n": called.failed})
    left = called.left - called.failed
    if left > 0:
        more = ngettext("%(n)s person is left for the next mails.", "%(n)s people are left for the next mails.", left)
        sentences.append(more % {"n": left})
    return " ".join(sentences)

"""The journal block: a pair's sessions, each person's private reflections on them, and next steps."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Float, Integer, Scope, String

from .domain.journal_score import MOST_REQUIRED
from .domain.states import Role
from .selectors.journal_desk import journal_desk
from .selectors.own_pairings import own_pairing, pairing_of_session
from .selectors.participants import ParticipantRow
from .services import acting, circle_sessions, logging_sessions, planning, reflecting
from .shell import journal_telling as telling
from .shell.base import ProgrammeBlock
from .shell.forms import journal as forms
from .shell.forms import journal_writing as writing
from .shell.handling import Done, handles
from .shell.journal_page import journal_page
from .shell.preview import sample_participant
from .shell.viewer import Viewer
from .shell.zones import zone_of


class JournalXBlock(ProgrammeBlock):
    """Sessions and journal. Own confirmed and reflected sessions go to the gradebook, of those that are required."""

    area = "journal"
    has_score = True
    icon_class = "problem"
    editable_fields = ("display_name", "programme", "required_sessions", "session_minutes", "weight")

    display_name = String(
        display_name=gettext_lazy("Title"),
        default="Sessions and journal",
        scope=Scope.settings,
        help=gettext_lazy("Shown above the block and in the course outline."),
    )
    required_sessions = Integer(
        display_name=gettext_lazy("Sessions required"),
        help=gettext_lazy("How many sessions a learner confirms and writes about for the full score, from 1 to 24."),
        default=6,
        scope=Scope.settings,
    )
    session_minutes = Integer(
        display_name=gettext_lazy("Minutes of a session"),
        help=gettext_lazy("Proposed when learners plan a session. They can change it for each session."),
        default=50,
        scope=Scope.settings,
    )
    weight = Float(
        display_name=gettext_lazy("Points in the gradebook"),
        help=gettext_lazy("What the journal is worth. 0 keeps it out of the grade."),
        default=1.0,
        scope=Scope.settings,
    )
    pairing = String(default="", scope=Scope.user_state, help="The pairing that the learner has open.")
    session = String(default="", scope=Scope.user_state, help="The session that the learner has open.")

    is_arrival = False
    """Whether the person has just come to the page, rather than acted on it."""

    @XBlock.supports("multi_device")
    def student_view(self, context: Any = None) -> Fragment:
        """As in every block. Who comes while something is asked of them finds that, not the session they left open."""
        self.is_arrival = True
        return super().student_view(context)

    @property
    def required(self) -> int:
        """How many sessions make the full score. A course that was imported may hold anything."""
        return max(1, min(self.required_sessions or 1, MOST_REQUIRED))

    @property
    def minutes(self) -> int:
        """How long a session is proposed to be."""
        return max(forms.SHORTEST, min(self.session_minutes or forms.SHORTEST, forms.LONGEST))

    def sample(self) -> ParticipantRow | None:
        """Studio shows the mentee's side."""
        return sample_participant(Role.MENTEE)

    def journey(self, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
        """The journal of the pairing that is open, or the one session that is."""
        return journal_page(self, viewer, participant)

    def desk(self, viewer: Viewer) -> Mapping[str, Any]:
        """How the pairs are getting on, in numbers and dates."""
        return journal_desk(self.place)

    @handles(region="journey")
    def open_pairing(self, viewer: Viewer, data: QueryDict) -> Done:
        """Show the journal of another of one's pairings."""
        sent = self.form(forms.PairingForm, data).read()
        self._show(own_pairing(self.place, viewer.user_id, sent["pairing"]))
        return Done(say="")

    @handles(region="journey")
    def open_session(self, viewer: Viewer, data: QueryDict) -> Done:
        """Show one session, or go back to the journal."""
        session = self.form(forms.OpenSessionForm, data).read()["session"]
        pairing = pairing_of_session(self.place, viewer.user_id, session) if session else self.pairing
        self._show(pairing, session)
        return Done(say="")

    @handles(region="journey")
    def plan_session(self, viewer: Viewer, data: QueryDict) -> Done:
        """Plan a session, or several at a rhythm."""
        pairing = self.form(forms.PairingForm, data).read()["pairing"]
        self._show(pairing)
        form = self.form(forms.PlanForm, data, zone=zone_of(viewer.time_zone))
        sent = form.read()
        plan = circle_sessions.plan_for_circle if form.is_for_circle else planning.plan_sessions
        return telling.planned(plan(self.place, viewer.user_id, pairing, **sent))

    @handles(region="journey")
    def move_session(self, viewer: Viewer, data: QueryDict) -> Done:
        """Give a planned session another time, length or topic."""
        session = self._session(data)
        sent = self.form(forms.MoveForm, data, zone=zone_of(viewer.time_zone)).read()
        done = planning.move_session(self.place, viewer.user_id, session, **sent)
        self._show(done.session.pairing)
        return telling.moved(done)

    @handles(region="journey")
    def cancel_session(self, viewer: Viewer, data: QueryDict) -> Done:
        """Take a session out of the plan, or out of the journal."""
        done = planning.cancel_session(self.place, viewer.user_id, self._session(data))
        self._show(done.session.pairing)
        return telling.cancelled(done, self.required)

    @handles(region="journey")
    def log_session(self, viewer: Viewer, data: QueryDict) -> Done:
        """Log a session that took place."""
        pairing = self.form(forms.PairingForm, data).read()["pairing"]
        session = self.form(forms.OpenSessionForm, data).read()["session"]
        self._show(pairing, session)
        form = self.form(forms.LogForm, data, zone=zone_of(viewer.time_zone))
        sent = form.read()
        if form.is_for_circle:
            together = circle_sessions.log_for_circle(self.place, viewer.user_id, pairing, session=session, **sent)
            self._show(pairing)
            return telling.logged_together(together, self.required)
        done = logging_sessions.log_session(self.place, viewer.user_id, pairing, session=session, **sent)
        self._show(done.session.pairing)
        return telling.said(done, "logged", self.required)

    @handles(region="journey")
    def confirm_session(self, viewer: Viewer, data: QueryDict) -> Done:
        """Say that a session took place."""
        sent = self.form(forms.AnswerForm, data).read()
        done = logging_sessions.confirm_session(self.place, viewer.user_id, sent["session"], sent["facts"])
        self._show(done.session.pairing)
        return telling.said(done, "confirmed", self.required)

    @handles(region="journey")
    def dispute_session(self, viewer: Viewer, data: QueryDict) -> Done:
        """Say that a session did not take place as it was logged."""
        sent = self.form(forms.AnswerForm, data).read()
        done = logging_sessions.dispute_session(self.place, viewer.user_id, sent["session"], sent["facts"])
        self._show(done.session.pairing)
        return telling.said(done, "disputed", self.required)

    @handles(region="journey")
    def save_reflection(self, viewer: Viewer, data: QueryDict) -> Done:
        """Keep a reflection as a new revision."""
        session = self._session(data)
        person = self.participant(viewer)
        sent = self.form(writing.ReflectionForm, data, role=person.role if person else Role.MENTEE).read()
        words = reflecting.Words(sent["what"], sent["so_what"], sent["now_what"], sent["extract"])
        done = reflecting.save_reflection(self.place, viewer.user_id, session, sent["revision"], words)
        self._show(done.pairing)
        return telling.saved(done, str(session), self.required)

    @handles(region="journey")
    def add_action(self, viewer: Viewer, data: QueryDict) -> Done:
        """Take on a next step."""
        pairing = self.form(forms.PairingForm, data).read()["pairing"]
        self._show(pairing)
        sent = self.form(writing.ActionForm, data).read()
        done = acting.add_action(self.place, viewer.user_id, pairing, sent["text"], sent["due_on"])
        return telling.added(done, has_due_day=sent["due_on"] is not None)

    @handles(region="journey")
    def finish_action(self, viewer: Viewer, data: QueryDict) -> Done:
        """Say that one's own next step is done."""
        sent = self.form(writing.ActionIdForm, data).read()
        done = acting.finish_action(self.place, viewer.user_id, sent["action"])
        self._show(done.pairing)
        return telling.finished(done)

    @handles(region="journey")
    def take_back_action(self, viewer: Viewer, data: QueryDict) -> Done:
        """Remove one's own next step that is open."""
        sent = self.form(writing.ActionIdForm, data).read()
        done = acting.take_back_action(self.place, viewer.user_id, sent["action"])
        self._show(done.pairing)
        return telling.taken_back(done)

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """The author's settings."""
        super().validate_field_data(validation, data)
        if not 1 <= (data.required_sessions or 0) <= MOST_REQUIRED:
            self.refuse(validation, _("Sessions required: give a whole number from 1 to 24."))
        if not forms.SHORTEST <= (data.session_minutes or 0) <= forms.LONGEST:
            self.refuse(validation, _("Minutes of a session: give a whole number from 5 to 480."))
        if data.weight is None or not 0 <= data.weight <= 1000:
            self.refuse(validation, _("Points: give a number from 0 to 1000; 0 keeps the journal out of the grade."))

    def _show(self, pairing: UUID | str, session: UUID | None = None) -> None:
        """What the answer shows: a pairing's journal, or one session of it. A refused form is shown where it stood."""
        self.pairing = str(pairing)
        self.session = str(session or "")

    def _session(self, data: QueryDict) -> UUID:
        """The session that a form on its own page is about."""
        session: UUID = self.form(forms.SessionForm, data).read()["session"]
        self.session = str(session)
        return session

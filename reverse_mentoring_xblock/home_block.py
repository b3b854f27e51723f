"""The programme home: a learner's next step, and a coordinator's view of how the programme is going."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xblock.completable import XBlockCompletionMode
from xblock.fields import Integer, Scope, String

from .domain.next_step import next_step
from .domain.states import ParticipantState, Role
from .selectors.dashboard import funnel, needs_help
from .selectors.journal import pair_rows
from .selectors.journey import journey_of
from .selectors.participants import ParticipantRow
from .selectors.states_export import people_count, state_rows
from .services.joining import change_role
from .shell.base import ProgrammeBlock
from .shell.course_parts import CourseParts, parts_of
from .shell.events import Event
from .shell.forms import RoleForm
from .shell.handling import Done, Export, exports, handles
from .shell.home_words import help_cards, rule_words, states_file
from .shell.preview import sample_participant
from .shell.sentences.next_steps import words_of
from .shell.viewer import Viewer

MOST_PAIRS = 50


class ProgrammeHomeXBlock(ProgrammeBlock):
    """Shows and asks nothing to be done here, so it has neither score nor completion."""

    area = "home"
    has_score = False
    completion_mode = XBlockCompletionMode.EXCLUDED
    editable_fields = ("display_name", "programme", "coordinator_contact", "cadence_days")

    display_name = String(
        display_name=gettext_lazy("Title"),
        default="Your programme",
        scope=Scope.settings,
        help=gettext_lazy("Shown above the block and in the course outline."),
    )
    coordinator_contact = String(
        display_name=gettext_lazy("Whom to turn to"),
        default="",
        scope=Scope.settings,
        help=gettext_lazy(
            "Every learner sees this: a name and an address, for example “Ingrid Solheim, ingrid@example.org”."
        ),
    )
    cadence_days = Integer(
        display_name=gettext_lazy("Days between sessions"),
        default=28,
        scope=Scope.settings,
        help=gettext_lazy(
            "How often pairs meet. You are told of a pair that has not met for one and a half times as long and has "
            "planned nothing. Learners do not see this number."
        ),
    )

    @property
    def cadence(self) -> int:
        """Days between sessions, in the range that Studio allows; a course file may hold anything."""
        return max(1, min(self.cadence_days or 28, 365))

    def sample(self) -> ParticipantRow | None:
        """Studio shows somebody who has just joined."""
        return sample_participant(Role.MENTEE)

    def journey(self, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
        """The next step and the state of each part."""
        course = CourseParts() if viewer.is_preview else parts_of(self.place, participant.role)
        now = timezone.now()
        row = journey_of(participant, now)
        step = next_step(row.facts(course.parts, course.sessions_wanted), now)
        return {
            "row": row,
            "course": course,
            "step": step,
            "words": words_of(step, row),
            "address": course.addresses.get(step.part, "") if step.part else "",
            "may_change_role": participant.state is ParticipantState.JOINED and not row.partners,
        }

    def desk(self, viewer: Viewer) -> Mapping[str, Any]:
        """What needs a decision first, then the numbers."""
        now = timezone.now()
        wanted = CourseParts() if viewer.is_preview else parts_of(self.place, Role.MENTEE)
        found = needs_help(self.place, now, self.cadence, wanted.sessions_wanted)
        return {
            "now": now,
            "help": found,
            "cards": help_cards(found, self.cadence),
            "rules": rule_words(self.cadence),
            "funnel": funnel(self.place),
            "pairs": pair_rows(self.place, MOST_PAIRS),
            "most_pairs": MOST_PAIRS,
        }

    @handles(region="journey")
    def change_role(self, viewer: Viewer, data: QueryDict) -> Done:
        """Take part in the other role."""
        role = Role(self.form(RoleForm, data).read()["role"])
        changed = change_role(self.place, viewer.user_id, role)
        events = [Event("participant.role_changed", {"role": str(role)})] if changed else []
        return Done(say=_("Your role is changed."), events=events)

    @exports
    def export_states(self, viewer: Viewer) -> Export:
        """States and dates of everybody, for a spreadsheet."""
        return Export(
            file_name=f"reverse-mentoring-{timezone.now():%Y-%m-%d}.csv",
            lines=states_file(state_rows(self.place)),
            events=[Event("programme.exported", {"people": people_count(self.place)})],
        )

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """The author's settings."""
        super().validate_field_data(validation, data)
        if len(data.coordinator_contact or "") > 200:
            self.refuse(validation, _("Whom to turn to: use at most 200 characters."))
        if data.cadence_days is None or not 1 <= data.cadence_days <= 365:
            self.refuse(validation, _("Days between sessions: give a whole number from 1 to 365."))

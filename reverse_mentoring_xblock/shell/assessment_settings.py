"""What an author sets for a self-assessment."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xblock.core import XBlock
from xblock.fields import Boolean, DateTime, Float, Scope, String

from .assessment_setup import DEFAULT_SET, OWN_SET, wrong_settings
from .bank_editor import answer_bank_editor, bank_editor
from .base import ProgrammeBlock
from .files import add_files

PHASES = ("start", "end")


class AssessmentSettings(ProgrammeBlock):
    """The fields of the assessment block, and what Studio says of them."""

    editable_fields = (
        "display_name",
        "programme",
        "phase",
        "competence_set",
        "own_competences",
        "role_targets",
        "emphasis",
        "scenarios",
        "terms",
        "opens",
        "closes",
        "weight",
    )

    display_name = String(
        display_name=gettext_lazy("Title"),
        default="Digital skills: where you stand",
        scope=Scope.settings,
        help=gettext_lazy("Shown above the block and in the course outline."),
    )
    phase = String(
        display_name=gettext_lazy("Round"),
        help=gettext_lazy(
            "The start round gives mentees their topics and helps to find partners who fit. The end round asks the "
            "same skills again, at least six weeks later, and shows what has changed. Place the block twice, once for "
            "each round."
        ),
        values=[
            {"display_name": gettext_lazy("Start, before people are paired"), "value": "start"},
            {"display_name": gettext_lazy("End, after the last sessions"), "value": "end"},
        ],
        default="start",
        scope=Scope.settings,
    )
    competence_set = String(
        display_name=gettext_lazy("Skills"),
        help=gettext_lazy(
            "What learners are asked about. Somebody who has begun keeps what they began with, and the end round asks "
            "what the start round asked."
        ),
        values=[
            {"display_name": gettext_lazy("Twelve skills, about 12 minutes"), "value": DEFAULT_SET},
            {"display_name": gettext_lazy("All twenty-one skills, about 16 minutes"), "value": "all-21"},
            {"display_name": gettext_lazy("My own set, written below"), "value": OWN_SET},
        ],
        default=DEFAULT_SET,
        scope=Scope.settings,
    )
    own_competences = String(
        display_name=gettext_lazy("Own set of skills"),
        help=gettext_lazy(
            "Codes apart by commas, at least two of each of the five areas. For example: 1.2, 1.3, 2.1, 2.4, 3.1, "
            "3.4, 4.1, 4.2, 5.1, 5.2. Read only when “My own set” is chosen above."
        ),
        default="",
        scope=Scope.settings,
    )
    role_targets = String(
        display_name=gettext_lazy("Levels by role"),
        help=gettext_lazy(
            "The level to aim for, one role a line; a mentee chooses the role that comes nearest. For example: "
            "“Team leads: intermediate, 4.1 advanced”. Empty, there are two: most roles, with Intermediate everywhere, "
            "and roles that set direction or sign things off, with Advanced in 1.2 and 4.1."
        ),
        multiline_editor=True,
        default="",
        scope=Scope.settings,
    )
    emphasis = String(
        display_name=gettext_lazy("Emphasis of the programme"),
        help=gettext_lazy(
            "Skills that the programme wants to bring forward, or leave to others: one a line, a code and a number "
            "from 0.5 to 1.5. “4.1: 1.5” gives that skill half as much weight again when topics are chosen."
        ),
        multiline_editor=True,
        default="",
        scope=Scope.settings,
    )
    scenarios = Boolean(
        display_name=gettext_lazy("Scenarios"),
        help=gettext_lazy(
            "Short situations with one right answer, two of each area and ten or twelve in all. They make the picture "
            "more honest and take about seven minutes. Mentors are not asked them."
        ),
        default=True,
        scope=Scope.settings,
    )
    terms = Boolean(
        display_name=gettext_lazy("List of terms"),
        help=gettext_lazy(
            "Eight terms, two of them invented, and the question whether one has met them. It adds a minute, is not "
            "scored, and comes back as a remark that only the mentee reads. Some senior people find it a trick."
        ),
        default=False,
        scope=Scope.settings,
    )
    opens = DateTime(
        display_name=gettext_lazy("Opens"),
        help=gettext_lazy(
            "Before this moment (UTC) nobody can begin. A date alone means its first minute. Empty: it is open from "
            "the first day."
        ),
        default=None,
        scope=Scope.settings,
    )
    closes = DateTime(
        display_name=gettext_lazy("Closes"),
        help=gettext_lazy(
            "From this moment (UTC) nobody can begin, answer or hand in; answers so far are kept, and reports stay. "
            "A date alone means its first minute. Empty: it stays open."
        ),
        default=None,
        scope=Scope.settings,
    )
    weight = Float(
        display_name=gettext_lazy("Points for taking part"),
        help=gettext_lazy(
            "Everybody who hands in the answers gets all of these points, whatever the answers are. "
            "0 keeps it out of the grade."
        ),
        default=0.0,
        scope=Scope.settings,
    )
    own_bank = String(
        display_name=gettext_lazy("Own questions"),
        help=gettext_lazy("A question bank of your own, the whole file. It has an editor of its own in Studio."),
        default="",
        scope=Scope.settings,
    )

    @property
    def round_phase(self) -> str:
        """Which of the two rounds this block is; a value that does not exist counts as the start."""
        return self.phase if self.phase in PHASES else "start"

    def studio_view(self, context: Any) -> Any:
        """Studio's form, and below it the editor of an own question bank."""
        fragment = super().studio_view(context)
        fragment.add_content(bank_editor(self))
        add_files(self, fragment)
        fragment.initialize_js("ReverseMentoringStudio")
        return fragment

    @XBlock.handler
    def save_bank(self, request: Any, suffix: str = "") -> Any:
        """Use the questions that were sent, if they can be read; the answer is the editor with what is wrong."""
        return answer_bank_editor(self, request)

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """The author's settings."""
        super().validate_field_data(validation, data)
        if data.phase not in PHASES:
            self.refuse(validation, _("Round: choose start or end."))
        if data.weight is None or not 0 <= data.weight <= 1000:
            self.refuse(validation, _("Points: give a number from 0 to 1000; 0 keeps it out of the grade."))
        for sentence in wrong_settings(data):
            self.refuse(validation, sentence)

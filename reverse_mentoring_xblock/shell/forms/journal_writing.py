"""Reading what people write in the journal: reflections and next steps."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...domain.states import Role
from .base import BlockForm
from .journal import FURTHEST


class ProseField(forms.CharField):
    """Text with line breaks, counted as the person's browser counts it: a break is one character."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or ""


def _writing(label: Any, longest: int) -> ProseField:
    return ProseField(
        label=label,
        max_length=longest,
        required=False,
        error_messages={
            "max_length": _(
                "This has %(show_value)d characters; %(limit_value)d fit. Shorten it, or continue in another box."
            )
        },
    )


class ReflectionForm(BlockForm):
    """What, so what, now what; and what the partner may read. The prompts are those of the writer's role."""

    name = "reflection"
    session = forms.UUIDField()
    revision = forms.IntegerField(min_value=0, max_value=30000)
    what = _writing(_("What happened"), 4000)
    so_what = _writing(_("So what"), 4000)
    now_what = _writing(_("Now what"), 4000)
    extract = _writing(_("One thing you want your partner to read"), 600)

    def __init__(self, *arguments: Any, role: Role, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field, prompt in PROMPTS[role].items():
            self.fields[field].help_text = prompt

    def clean(self) -> dict[str, Any]:
        """One box with something in it is a reflection."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(said[field] for field in ("what", "so_what", "now_what")):
            raise ValidationError({"what": _("Write in at least one of the three boxes.")})
        return said


PROMPTS = {
    Role.MENTOR: {
        "what": _("What did you work on, and what did your mentee do alone by the end?"),
        "so_what": _("What does it tell you about how you explain, or how you speak up to somebody senior?"),
        "now_what": _("What will you prepare or do differently next time? What would you like to ask your mentee?"),
    },
    Role.MENTEE: {
        "what": _("What did you try yourself? Where did it work, and where did it get stuck?"),
        "so_what": _("What does it change in how you work, or in how you see your mentor's side of the organisation?"),
        "now_what": _("What will you practise before the next session, on which piece of work, and when?"),
    },
}


class ActionForm(BlockForm):
    """A next step of one's own."""

    name = "action"
    pairing = forms.UUIDField()
    text = forms.CharField(
        label=_("What will you do?"),
        max_length=300,
        help_text=_("Small and checkable: “Filter the monthly report by region without help.”"),
        error_messages={"required": _("Write what you will do.")},
    )
    due_on = forms.DateField(
        label=_("By when, if there is a day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Give a day of the calendar, or leave it empty.")},
    )

    def clean_due_on(self) -> date | None:
        """A day to come, and not beyond all planning."""
        due_on: date | None = self.cleaned_data["due_on"]
        today = timezone.localdate()
        # A day's leeway: the person's own day may have ended or begun elsewhere.
        if due_on is not None and not today - timedelta(days=1) <= due_on <= today + FURTHEST:
            raise ValidationError(_("Choose a day from today on, within two years."))
        return due_on


class ActionIdForm(BlockForm):
    """A next step that is done, or that is taken back."""

    name = "action-id"
    action = forms.UUIDField()

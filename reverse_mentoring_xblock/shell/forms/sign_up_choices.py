"""The steps of sign-up that are about the work together: topics, way of working, time; and the last page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...domain.pairing_rules import MOST_TOPICS
from ...domain.profile import STYLE_QUESTIONS, Step
from ...domain.states import Role
from ..working_style import StyleWords, style_choices, style_words
from . import profile_choices
from .base import BlockForm
from .profile_choices import Group
from .sign_up_steps import ApartForm, HoursForm, MeetingForm, StepForm, WorkForm

USUAL_WEIGHT = 2
"""How much a topic matters to somebody who does not say, or how gladly a mentor helps with it."""


class TopicsForm(StepForm):
    """What it should be about. A mentee says how much each topic matters, a mentor how gladly they help with it."""

    step = Step.TOPICS
    name = "step_topics"
    topics = forms.MultipleChoiceField(choices=profile_choices.topics)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["topics"].label = self._label()
        self.fields["topics"].help_text = self._hint()
        self.fields["topics"].error_messages["required"] = _("Choose at least one topic.")
        for code, words in profile_choices.topics():
            self.fields[_weight(code)] = forms.TypedChoiceField(
                label=self._weight_label() % {"topic": words},
                choices=profile_choices.weights(self.asker.role),
                coerce=int,
                required=False,
                empty_value=USUAL_WEIGHT,
                initial=USUAL_WEIGHT,
            )

    @property
    def topic_groups(self) -> Sequence[tuple[Group, Sequence[BoundField]]]:
        """Topics under their areas, with the fields of their weights."""
        return [
            (group, [self[_weight(code)] for code, _words in group.choices]) for group in profile_choices.topic_groups()
        ]

    def clean_topics(self) -> list[str]:
        """Mentees choose a few; mentors as many as they like."""
        topics: list[str] = self.cleaned_data["topics"]
        if self.asker.role is Role.MENTEE and len(topics) > MOST_TOPICS:
            raise forms.ValidationError(
                ngettext(
                    "Choose at most %(most)s topic; you have ticked %(n)s.",
                    "Choose at most %(most)s topics; you have ticked %(n)s.",
                    MOST_TOPICS,
                )
                % {"most": MOST_TOPICS, "n": len(topics)}
            )
        return topics

    def kept(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Each topic with its weight."""
        if "topics" not in cleaned:
            return {}
        return {"topics": {code: cleaned.get(_weight(code), USUAL_WEIGHT) for code in cleaned["topics"]}}

    def _label(self) -> str:
        if self.asker.role is Role.MENTEE:
            return _("Topics that you want to work on")
        return _("Topics that you could help with")

    def _weight_label(self) -> str:
        if self.asker.role is Role.MENTEE:
            return _("How much “%(topic)s” matters")
        return _("How gladly you help with “%(topic)s”")

    def _hint(self) -> str:
        if self.asker.role is Role.MENTEE:
            return _(
                "Choose one to five, and say how much each matters. Those that you settled on in your own report are "
                "ticked already."
            )
        return _(
            "You need not be an expert; being a good step ahead is enough. Tick as many as you like, and say how "
            "gladly you help with each. Those that you settled on in your own report are ticked already."
        )


class StyleForm(StepForm):
    """How a person likes to work. Nothing has to be answered."""

    step = Step.STYLE
    name = "step_style"

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for question in STYLE_QUESTIONS:
            self.fields[question] = forms.TypedChoiceField(
                label=style_words(question).question,
                choices=[*style_choices(question), ("", "")],
                coerce=int,
                required=False,
                empty_value=None,
            )

    @property
    def questions(self) -> Sequence[tuple[BoundField, StyleWords, Sequence[tuple[str, str]]]]:
        """Each question with its words and the points of its scale."""
        return [(self[code], style_words(code), style_choices(code)) for code in STYLE_QUESTIONS]

    def kept(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """The questions that were answered."""
        return {"style": {code: cleaned[code] for code in STYLE_QUESTIONS if cleaned.get(code)}}


class CommitmentForm(StepForm):
    """The time that it takes. A mentor says for how many people."""

    step = Step.COMMITMENT
    name = "step_commitment"

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        most = self.asker.rules.max_capacity
        if self.asker.role is Role.MENTOR and most > 1:
            self.fields["capacity"] = forms.TypedChoiceField(
                label=_("Mentees that you could take at the same time"),
                help_text=_(
                    "Each means a session every few weeks and time to prepare it. One is a good number to start with, "
                    "and you can change it any day."
                ),
                choices=[(str(number), str(number)) for number in range(1, most + 1)],
                coerce=int,
                error_messages={"required": _("Choose how many.")},
            )
        self.fields["has_committed"] = forms.BooleanField(
            label=_("I can give this time"),
            error_messages={
                "required": _("Tick this if you can give the time. If you cannot now, sign up for a later round.")
            },
        )


class AgreeForm(BlockForm):
    """The last page: the ground rules, and which answers were checked."""

    name = "sign_up"
    seen = forms.CharField(max_length=20, required=False)
    agree = forms.BooleanField(
        label=gettext_lazy("I keep to these ground rules"),
        error_messages={"required": gettext_lazy("Tick this to take part. Without the ground rules nobody is paired.")},
    )


class StepNameForm(BlockForm):
    """Which step of sign-up to show or to save, how it was when the person opened it, and where to go after it."""

    name = "step_name"
    step = forms.TypedChoiceField(choices=[(step.value, step.value) for step in Step], coerce=Step)
    seen = forms.CharField(max_length=20, required=False)
    leave = forms.BooleanField(required=False)


STEP_FORMS: Mapping[Step, type[StepForm]] = {
    form.step: form for form in (WorkForm, HoursForm, MeetingForm, TopicsForm, StyleForm, CommitmentForm, ApartForm)
}


def _weight(code: str) -> str:
    return f"matters-{code}"

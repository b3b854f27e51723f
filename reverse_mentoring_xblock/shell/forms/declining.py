"""Saying no to an offer."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _

from ...domain.states import WhyDeclined
from .pairing import PairingForm


def reasons_to_decline() -> Sequence[tuple[str, str]]:
    """Classes of reasons; not saying is the last and the one that is taken where nobody chooses."""
    return [
        (WhyDeclined.TIME.value, _("I do not have the time")),
        (WhyDeclined.TOPICS.value, _("The topics do not fit")),
        (WhyDeclined.CLOSE.value, _("We work too closely together")),
        (WhyDeclined.NOT_NOW.value, _("Not now, later perhaps")),
        (WhyDeclined.UNSAID.value, _("I would rather not say")),
    ]


class DeclineForm(PairingForm):
    """A pairing to say no to, and why, for those who want to say."""

    name = "decline"
    why = forms.TypedChoiceField(
        choices=reasons_to_decline, coerce=WhyDeclined, required=False, empty_value=WhyDeclined.UNSAID
    )

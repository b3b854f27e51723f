"""Refusals of the training block."""

from django.utils.translation import gettext as _

SENTENCES = {
    "no_attempts_left": lambda: _(
        "Every attempt at this check is used, so this one was not counted. Your best result stands. "
        "Ask your coordinator if you want another try."
    ),
    "check_counted": lambda: _("This check was handed in already and counted once. Here is its result."),
    "other_role": lambda: _("This module is for the other role in the programme. Nothing was changed."),
}

"""Choosing a role."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...domain.states import Role
from .base import BlockForm


class JoinForm(BlockForm):
    """Mentor or mentee."""

    name = "join"
    role = forms.ChoiceField(
        label=_("Which part do you take?"),
        choices=[
            (Role.MENTEE.value, _("Mentee: I want to work on my own digital skills")),
            (Role.MENTOR.value, _("Mentor: I help a more senior colleague with theirs")),
        ],
        error_messages={"required": _("Choose one of the two roles.")},
    )


class RoleForm(BlockForm):
    """The other role."""

    name = "role"
    role = forms.ChoiceField(choices=[(role.value, role.value) for role in Role])

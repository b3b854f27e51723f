"""The coordinator's forms about people: a roster file, whom to look at, whom to write to, who is kept apart."""

import binascii
from base64 import b64decode
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...domain.states import Role
from ...selectors.roster_choice import Chosen, Standing
from .base import BlockForm

LONGEST_TEXT = 200


class SendRosterForm(BlockForm):
    """A file, as the page's script packs it (a data URL), or its text."""

    name = "send_roster"
    packed = forms.CharField(required=False, widget=forms.HiddenInput)
    pasted = forms.CharField(
        label=gettext_lazy("Or paste its text here"),
        required=False,
        strip=False,
        help_text=gettext_lazy("The line with the names of the columns first, then one line for each person."),
    )

    def content(self) -> bytes:
        """What was sent. Raises FormRefused when that is nothing, or no file."""
        content: bytes = self.read()["content"]
        return content

    def clean(self) -> dict[str, Any]:
        """The file comes before the text."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        packed, pasted = said.get("packed", ""), said.get("pasted", "")
        if packed:
            try:
                said["content"] = b64decode(packed.partition(",")[2], validate=True)
            except (binascii.Error, ValueError):
                self.add_error(None, _("The file did not arrive as a whole. Choose it again."))
        elif pasted.strip():
            said["content"] = pasted.encode()
        else:
            self.add_error("pasted", _("Choose a file, or paste the text of one."))
        return said


class DecideRosterForm(BlockForm):
    """A file that waits, the preview that was seen, and whether unknown people are left out."""

    name = "decide_roster"
    file = forms.UUIDField()
    digest = forms.CharField(max_length=32, required=False)
    leave_out = forms.BooleanField(label=gettext_lazy("Leave these people out"), required=False)


class ChosenForm(BlockForm):
    """Which people of the roster to look at."""

    name = "chosen"
    standing = forms.ChoiceField(label=gettext_lazy("Show"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    text = forms.CharField(label=gettext_lazy("Name or username"), max_length=LONGEST_TEXT, required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["standing"].choices = _standings()
        self.fields["role"].choices = [
            ("", _("Both roles")),
            (Role.MENTOR.value, _("Mentors")),
            (Role.MENTEE.value, _("Mentees")),
        ]

    def chosen(self) -> Chosen:
        """The clean answers. Raises FormRefused when there are errors."""
        said = self.read()
        role = Role(said["role"]) if said["role"] else None
        return Chosen(Standing(said["standing"] or Standing.EVERYBODY), role, said["text"])


def _standings() -> Sequence[tuple[str, str]]:
    return [
        (Standing.EVERYBODY.value, _("Everybody")),
        (Standing.INVITED.value, _("Invited, not come in yet")),
        (Standing.UNREADY.value, _("Come in, not ready yet")),
        (Standing.READY.value, _("Ready for the next round")),
    ]


class WhomForm(ChosenForm):
    """One person, or everybody who is chosen: one of the two has to be said."""

    name = "whom"
    person = forms.UUIDField(required=False)

    def whom(self) -> Any:
        """The id of a person, or who is chosen. Raises FormRefused when there are errors."""
        return self.read()["person"] or self.chosen()

    def clean(self) -> dict[str, Any]:
        """An empty form means nobody."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not said.get("person") and not said.get("standing"):
            self.add_error(None, _("Nobody was named, so nothing was done. Reload the page and try again."))
        return said


class PersonForm(BlockForm):
    """A person of the roster to look at; nobody closes it."""

    name = "person"
    person = forms.UUIDField(required=False)


class ConflictForm(BlockForm):
    """Two people to keep apart."""

    name = "conflict"
    one = forms.CharField(
        label=gettext_lazy("First person"),
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy("A username, or a name."),
        error_messages={"required": gettext_lazy("Say who it is.")},
    )
    other = forms.CharField(
        label=gettext_lazy("Second person"),
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy("In the other role: two mentors or two mentees are never paired."),
        error_messages={"required": gettext_lazy("Say who it is.")},
    )


class ConflictRowForm(BlockForm):
    """A conflict to take back."""

    name = "conflict_row"
    conflict = forms.UUIDField()


class ShowNamesForm(BlockForm):
    """Whether the cards show names."""

    name = "show_names"
    shown = forms.BooleanField(required=False)

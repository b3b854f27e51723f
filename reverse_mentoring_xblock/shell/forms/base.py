"""What every form of the blocks shares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...domain.errors import Invalid

TOO_LONG = _("This has %(show_value)d characters; %(limit_value)d fit. Shorten it.")


class FormRefused(Invalid):
    """A form with answers that cannot be used; it carries itself, so that the page can show it again as it was."""

    def __init__(self, form: "BlockForm") -> None:
        super().__init__("form")
        self.form = form


class BlockForm(forms.Form):
    """A form whose ids are unique on a page with several blocks, and whose name tells regions which form it is."""

    name = ""
    use_required_attribute = False

    def __init__(self, data: Any = None, *, block_id: str = "", initial: dict[str, Any] | None = None) -> None:
        super().__init__(data=data, initial=initial, auto_id=f"rm-{block_id}-{self.name}-%s", label_suffix="")
        for field in self.fields.values():
            field.error_messages.setdefault("max_length", TOO_LONG)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """For a summary of what is wrong: the id of each field with an error, and the sentence that leads there."""
        return [(field.auto_id, f"{field.label}: {error}") for field in self for error in field.errors]

    def read(self) -> dict[str, Any]:
        """The clean answers. Raises FormRefused when there are errors."""
        if not self.is_valid():
            raise FormRefused(self)
        return self.cleaned_data

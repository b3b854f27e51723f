"""What every form of the blocks shares."""

from typing import Any

from django import forms

from ...domain.errors import Invalid


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

    def read(self) -> dict[str, Any]:
        """The clean answers. Raises FormRefused when there are errors."""
        if not self.is_valid():
            raise FormRefused(self)
        return self.cleaned_data

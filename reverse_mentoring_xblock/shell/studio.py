"""Settings in Studio's stock form, safe on every host.

The stock mixin's save handler trusts that only Studio calls it. Any runtime that can reach a handler can reach that
one too, so here it asks who may write the course, and answers bad input with a sentence instead of an exception.
"""

from typing import Any

from django.utils.translation import gettext as _
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError
from xblock.utils.studio_editable import StudioEditableXBlockMixin
from xblock.validation import ValidationMessage

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)
stock_save = StudioEditableXBlockMixin.submit_studio_edits


class StudioForm(StudioEditableXBlockMixin):
    """Studio's form with the question of who may save."""

    @XBlock.handler
    def submit_studio_edits(self, request: Any, suffix: str = "") -> Any:
        """Save the author's settings. 403 for anybody who may not write this course."""
        if not self.may_write:
            return JsonHandlerError(403, _("Only authors of this course can change these settings.")).get_response()
        try:
            return stock_save(self, request, suffix)
        except UNREADABLE:
            return JsonHandlerError(400, self._unreadable(request)).get_response()

    def _unreadable(self, request: Any) -> str:
        """Which setting could not be read."""
        try:
            values = dict(request.json_body["values"])
        except UNREADABLE:
            values = {}
        for name in values.keys() & set(self.editable_fields):
            field = self.fields[name]
            try:
                field.from_json(values[name])
            except UNREADABLE:
                facts = {"name": str(field.display_name)}
                return _("“%(name)s” could not be read, so nothing was saved. Correct it, then save again.") % facts
        return _("These settings could not be read, so nothing was saved. Reload the editor and try again.")

    @property
    def may_write(self) -> bool:
        """Whether the person may write this course; outside Studio nobody may."""
        permissions = self.runtime.service(self, "studio_user_permissions")
        return permissions is not None and permissions.can_write(self.context_key)

    def refuse(self, validation: Any, sentence: str) -> None:
        """Add an error that Studio shows beside the form."""
        validation.add(ValidationMessage(ValidationMessage.ERROR, sentence))

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """Settings that all blocks share."""
        super().validate_field_data(validation, data)
        name = data.programme or ""
        if not (0 < len(name) <= 50 and all(c.isalnum() or c in "-_" for c in name)):
            self.refuse(
                validation, _("Programme: use up to 50 letters, digits, hyphens or underscores, for example “main”.")
            )

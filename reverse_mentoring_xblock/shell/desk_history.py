"""The desk's page "history": the audit log in words, and the same as a file."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from ..data import Place
from ..selectors.history import HistoryRow, history_page, history_rows
from .events import Event
from .forms.pairing import PageForm
from .handling import Done, Export, exports, handles
from .sentences.history import SENTENCES, what, who
from .spreadsheet import csv_lines
from .viewer import Viewer

COLUMNS = ("when_utc", "who", "what", "act")


class HistoryDesk:
    """For a block with ``place``, ``form`` and the field of the page."""

    place: Place
    form: Any
    history_at: Any

    def history_page(self) -> Mapping[str, Any]:
        """Who did what when. Four queries at most."""
        page = history_page(self.place, SENTENCES.keys(), self.history_at or 1)
        return {"page": page, "entries": [(row.at, who(row), what(row)) for row in page.rows]}

    @handles(region="desk")
    def turn_history_page(self, viewer: Viewer, data: QueryDict) -> Done:
        """Go to another page of the history."""
        self.history_at = self.form(PageForm, data).read()["page"]
        return Done(say="")

    @exports
    def export_history(self, viewer: Viewer) -> Export:
        """The whole history, for a spreadsheet."""
        return Export(
            file_name=f"reverse-mentoring-history-{timezone.now():%Y-%m-%d}.csv",
            lines=_file(self.place),
            events=[Event("pairing.history_exported", {})],
        )


def _file(place: Place) -> Iterator[bytes]:
    return csv_lines(COLUMNS, (_line(row) for row in history_rows(place, SENTENCES.keys())))


def _line(row: HistoryRow) -> tuple[str, ...]:
    return (row.at.isoformat(timespec="seconds"), who(row), what(row), row.act)

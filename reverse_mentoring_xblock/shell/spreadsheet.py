"""Tables as CSV files that a spreadsheet program opens without surprises."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from ..domain.roster.cells import guarded

#: Programs on Windows read a file without this mark in the machine's old code page, and break every accent.
MARK = "\ufeff"


class _Line:
    """What the csv module writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The file, a line at a time: rows are asked for while it is sent."""
    writer = csv.writer(_Line(), quoting=csv.QUOTE_MINIMAL)
    yield (MARK + writer.writerow(columns)).encode()
    for row in rows:
        yield writer.writerow([cell(value) for value in row]).encode()


def cell(value: object) -> str:
    """One value as text: dates as ``2027-03-04`` in UTC, yes and no in words, nothing that runs as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).date().isoformat()
    return guarded(str(value))

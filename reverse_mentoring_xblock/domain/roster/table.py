"""The bytes of a file as rows of cells, however a spreadsheet program has written them."""

import csv
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from .cells import unguarded

MOST_BYTES = 16 * 1024 * 1024
GZIP = b"\x1f\x8b"
DELIMITERS = (",", ";", "\t")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How Excel's "Unicode text" begins."""


class Unreadable(ValueError):
    """A file that is none of this kind, with the code of what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Table:
    """A heading and rows of stripped cells; empty rows are there, so that numbers stay those of the file."""

    heading: Sequence[str]
    rows: Sequence[Sequence[str]]


def unpacked(content: bytes) -> bytes:
    """The file itself, whether it came packed by gzip or not. Raises Unreadable for more than ``MOST_BYTES``."""
    if not content.startswith(GZIP):
        if len(content) > MOST_BYTES:
            raise Unreadable("file_too_long")
        return content
    reader = zlib.decompressobj(wbits=31)
    try:
        found = reader.decompress(content, MOST_BYTES + 1)
    except zlib.error:
        raise Unreadable("file_unreadable") from None
    if len(found) > MOST_BYTES:
        raise Unreadable("file_too_long")
    if not reader.eof:
        raise Unreadable("file_unreadable")
    return found


def table_of(content: bytes) -> Table:
    """The cells of a file. Raises Unreadable."""
    text = _text(content)
    if "\0" in text:
        raise Unreadable("file_unreadable")
    try:
        rows = [_cells(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))]
    except csv.Error:
        raise Unreadable("file_unreadable") from None
    if not any(any(row) for row in rows):
        raise Unreadable("file_empty")
    heading = [name.lower() for name in rows[0]]
    while heading and not heading[-1]:
        heading.pop()
    return Table(heading, [_cut(row, len(heading)) for row in rows[1:]])


def _text(content: bytes) -> str:
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("file_encoding") from None


def _delimiter(text: str) -> str:
    """What parts the names of the columns. Names hold none of the delimiters, so the first line tells."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _cells(row: Sequence[str]) -> list[str]:
    return [unguarded(cell.strip()).strip() for cell in row]


def _cut(row: list[str], columns: int) -> list[str]:
    """Without the empty cells that some programs put behind the last column."""
    while len(row) > columns and not row[-1]:
        row.pop()
    return row

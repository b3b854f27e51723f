"""The bytes of a file as rows of cells, however a spreadsheet program has written them."""

import csv
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .cells import unguarded

MOST_BYTES = 16 * 1024 * 1024
GZIP = b"\x1f\x8b"
MOST_COLUMNS = 20_000
"""More than a spreadsheet has."""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""What a spreadsheet holds."""
DELIMITERS = (",", ";", "\t")
BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheet programs themselves begin."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How Excel's "Unicode text" begins."""


class Unreadable(ValueError):
    """A file that is none of this kind, with the code of what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Table:
    """A heading, and by their number in the file the rows of stripped cells in which there is something.

    ``in_all`` is how many of them there are; of a file with more than are wanted, the first are here.
    """

    heading: list[str] = field(default_factory=list)
    rows: list[tuple[int, Sequence[str]]] = field(default_factory=list)
    in_all: int = 0


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


def table_of(content: bytes, most: int) -> Table:
    """The cells of a file, and of its rows no more than ``most``. Raises Unreadable."""
    text = _text(content)
    if "\0" in text:
        raise Unreadable("file_unreadable")
    rows = _rows(text)
    heading = _cut([name.lower() for name in next(rows, [])], 0)
    found: list[tuple[int, Sequence[str]]] = []
    in_all = 0
    for number, row in enumerate(rows, 2):
        if any(row):
            in_all += 1
            if in_all <= most:
                found.append((number, _cut(row, len(heading))))
    if not heading and not found:
        raise Unreadable("file_empty")
    return Table(heading, found, in_all)


def _rows(text: str) -> Iterator[list[str]]:
    """One after the other: a packed file of a few kilobytes can have sixteen million of them."""
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), 1):
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise Unreadable("file_unreadable")
            yield [unguarded(cell.strip()).strip() for cell in row]
    except csv.Error:
        raise Unreadable("file_unreadable") from None


def _text(content: bytes) -> str:
    if content.startswith(BOOKS):
        raise Unreadable("file_book")
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("file_encoding") from None


def _delimiter(text: str) -> str:
    """What parts the names of the columns. Names hold none of the delimiters, so the first line tells."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _cut(row: list[str], columns: int) -> list[str]:
    """Without the empty cells that some programs put behind the last column."""
    while len(row) > columns and not row[-1]:
        row.pop()
    return row

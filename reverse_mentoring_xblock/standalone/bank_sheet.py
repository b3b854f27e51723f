"""A bank's texts as a spreadsheet, and back: one row a text, one column a language. Structure stays in the bank."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO

from ..content.bank_on_disk import WrittenBank
from ..content.located import ContentError
from ..domain.assessment.bank import Bank
from ..domain.roster.cells import guarded, unguarded
from ..shell.spreadsheet import MARK

KEY, KIND, COMPETENCE, RUNG, FORM, RIGHT = FACTS = ("key", "kind", "competence", "rung", "form", "right")
#: A competence is for reading alone: programs turn 1.2 into the first of February.
_COMPARED = (KIND, RUNG, FORM, RIGHT)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")

Texts = Mapping[str, str]


def sheet_csv(written: WrittenBank) -> str:
    """The table. A text that a spreadsheet would take for a formula has a mark before it."""
    text = StringIO()
    table = csv.writer(text)
    table.writerow((*FACTS, *written.words))
    for key in written.keys:
        texts = (guarded(texts.get(key, "")) for texts in written.words.values())
        table.writerow((key, *_facts(written.bank, key).values(), *texts))
    return text.getvalue()


def words_in_sheet(name: str, data: bytes, written: WrittenBank) -> Mapping[str, Texts]:
    """The words of every language after the changes in the sheet ``data`` of that file name.

    A row or a column that is not there leaves its texts as they are. Raises ContentError with everything that does not
    fit the bank.
    """
    sheet = _Sheet(name, written)
    sheet.read(_decoded(name, data))
    if sheet.problems:
        raise ContentError.all_of(sorted(sheet.problems, key=lambda problem: problem.line))
    return sheet.words()


@dataclass
class _Sheet:
    """A sheet while it is read. ``texts`` by language and key; an empty one takes a text away."""

    name: str
    written: WrittenBank
    problems: list[ContentError] = field(default_factory=list)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def read(self, text: str) -> None:
        """Take every row, noting what does not fit."""
        rows = _numbered(self.name, text)
        columns = [self._column(head) for head in next(rows, (1, []))[1]]
        self._check(columns)
        if self.problems:
            return
        self.texts = {column: {} for column in columns if column and column not in FACTS}
        for number, (line, cells) in enumerate(rows, start=2):
            if any(cell.strip() for cell in cells):
                self._take(line, number, columns, cells)
        for language in self.texts:
            self._check_needed(language)

    def words(self) -> Mapping[str, Texts]:
        """Every language with its texts, new ones last. A key keeps its place; new ones follow in the bank's order."""
        found = {}
        for language in dict.fromkeys((*self.written.words, *self.texts)):
            before, changed = self.written.words.get(language, {}), self.texts.get(language, {})
            after = {key: changed.get(key, before.get(key)) for key in (*before, *self.written.keys)}
            found[language] = {key: text for key, text in after.items() if text}
        return {language: texts for language, texts in found.items() if texts}

    def _column(self, head: str) -> str:
        """A head as it is meant: small letters, but for languages that the bank writes otherwise."""
        name = head.strip().lower()
        return next((language for language in self.written.words if language.lower() == name), name)

    def _check(self, columns: list[str]) -> None:
        if KEY not in columns:
            self._refuse(1, f"there is no column {KEY}")
        for place, column in enumerate(columns, start=1):
            known = (*FACTS, *self.written.words)
            if column and column in columns[: place - 1]:
                self._refuse(1, f"column {place}: {column} is there twice")
            elif column and column not in known and not _LANGUAGE.fullmatch(column):
                self._refuse(1, f"column {place}: {column} is neither a column of this table nor a language such as es")

    def _take(self, line: int, number: int, columns: list[str], cells: list[str]) -> None:
        row = dict(zip(columns, cells, strict=False))
        key = row.get(KEY, "").strip()
        if key not in self.written.keys:
            self._refuse(line, f"row {number}, column {KEY}: {key or 'an empty cell'} is not a key of this bank")
            return
        if key in self.places:
            self._refuse(line, f"row {number}, column {KEY}: {key} is there twice")
            return
        if any(cell.strip() for cell in cells[len(columns) :]):
            self._refuse(line, f"row {number}: there are more cells than columns")
        self.places[key] = (line, number)
        for column, value in _facts(self.written.bank, key).items():
            here = row.get(column, "").strip()
            if column in _COMPARED and here not in ("", value):
                told = f"{here} here, {value or 'nothing'} in the bank; structure is changed in the bank's file"
                self._refuse(line, f"row {number}, column {column}: {told}")
        for language in self.texts.keys() & row.keys():
            text = unguarded(row[language].replace("\r\n", "\n").replace("\r", "\n"))
            self.texts[language][key] = text if text.strip() else ""

    def _check_needed(self, language: str) -> None:
        """A language that is there, or begun, has what a person reads to answer."""
        before, now = self.written.words.get(language, {}), self.texts[language]
        if not any({**before, **now}.values()):
            if before:
                self._refuse(1, f"column {language} is empty: without the column the language stays as it is")
            return
        for key in self.written.needed(language):
            if not now.get(key, before.get(key)):
                line, number = self.places.get(key, (1, 0))
                where = f"row {number}, column {language}" if number else f"column {language}, no row"
                self._refuse(line, f"{where}: {key} needs a text")

    def _refuse(self, line: int, reason: str) -> None:
        self.problems.append(ContentError(self.name, line, reason))


def _facts(bank: Bank, key: str) -> Mapping[str, str]:
    """What stands beside a text, for the eye: what kind of thing it belongs to, and where."""
    entry, part = key.rpartition(".")[::2]
    if entry in bank.items:
        item = bank.items[entry]
        return _fact("self", item.competence, item.rung)
    check = bank.checks.get(entry.removesuffix(".opt"))
    if check:
        is_right = entry.endswith(".opt") and part == check.key
        return _fact("check", check.competence, check.rung, check.form, "yes" if is_right else "")
    if entry in bank.terms:
        return _fact("term")
    kind, _, rest = entry.partition(".")
    return _fact(kind or part, rest if kind == "competence" else "")


def _fact(kind: str, competence: str = "", rung: str = "", form: str = "", right: str = "") -> Mapping[str, str]:
    return {KIND: kind, COMPETENCE: competence, RUNG: str(rung), FORM: str(form), RIGHT: right}


def _decoded(name: str, data: bytes) -> str:
    """The text of a file as spreadsheet programs save it."""
    try:
        return data.decode("utf-16" if data.startswith(_WIDE_MARKS) else "utf-8").removeprefix(MARK)
    except UnicodeDecodeError as error:
        raise ContentError(name, 1, "the file is not text in UTF-8: save it as “CSV UTF-8”") from error


def _numbered(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the line of the file on which it begins. Cells are apart by commas, semicolons or tabs."""
    head = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise ContentError(name, line, f"not a table: {error}") from error

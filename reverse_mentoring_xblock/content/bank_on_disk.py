"""A bank where its author keeps it: ``bank.yaml`` with a folder ``i18n/`` beside it, or one file with the words inside.

Here every language stands for itself, nothing merged: what is missing has to be seen.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ..domain.assessment.bank import Bank
from .bank_file import read_bank
from .instrument import read_instrument
from .located import ContentError, Located, Problem, parse
from .words import SOURCE, Needs, checked_words, needed_words

WORDS = "words"
_FOLDER, _ENDING = "i18n", ".yaml"


@dataclass(frozen=True)
class BankFiles:
    """The texts of a bank's files. ``languages`` by tag; empty for one file that holds its words itself."""

    path: Path
    structure: str
    languages: Mapping[str, str]

    @property
    def is_one_file(self) -> bool:
        """Whether the words stand in the file of the structure."""
        return not self.languages

    def file_of(self, language: str) -> Path:
        """Where the words of that language are, or would be."""
        return self.path if self.is_one_file else self.path.parent / _FOLDER / f"{language}{_ENDING}"

    def write_to(self, path: Path) -> None:
        """Write every file, the structure at ``path``. Raises OSError."""
        there = replace(self, path=path)
        texts = {path: self.structure, **{there.file_of(tag): text for tag, text in self.languages.items()}}
        for file, text in texts.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")


@dataclass(frozen=True)
class WrittenBank:
    """A bank that can be used, with the words of each language as they are written, the source first."""

    files: BankFiles
    bank: Bank
    needs: Needs
    words: Mapping[str, Mapping[str, str]]

    @property
    def source(self) -> str:
        """The tag of the language that has everything."""
        return next(iter(self.words))

    def needed(self, language: str) -> Collection[str]:
        """The keys that a language, there already or new, has to have a text for."""
        return needed_words(language, self.needs, is_source=language == self.source)

    @cached_property
    def asked(self) -> Collection[str]:
        """Every key that the structure gives a meaning, with those of drafts and of retired entries."""
        found = {**self.needs.everywhere, **self.needs.source}
        found |= {f"{item}.stem": 0 for item in (*self.bank.items, *self.bank.checks)}
        for check in self.bank.checks.values():
            found |= {f"{check.id}.{part}": 0 for part in ("why", *(f"opt.{option}" for option in check.options))}
        found |= {f"{term}.{part}": 0 for term in self.bank.terms for part in ("term", "meaning")}
        return found

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Every key that has a text or could have one: in the order of the source, then what it lacks."""
        there = (key for texts in self.words.values() for key in texts)
        return tuple(dict.fromkeys((*there, *self.asked)))


def open_bank(path: Path) -> WrittenBank:
    """The bank at ``path``. Raises ContentError with every problem that could be found."""
    return written_bank(read_files(path))


def read_files(path: Path) -> BankFiles:
    """The texts of the bank at ``path``. Raises ContentError for a file that cannot be read."""
    structure = read_text(path)
    if _holds_words(structure):
        return BankFiles(path, structure, {})
    found = sorted((path.parent / _FOLDER).glob(f"*{_ENDING}"), key=lambda file: (file.stem != SOURCE, file.stem))
    if not found or found[0].stem != SOURCE:
        wanted = f"{_FOLDER}/{SOURCE}{_ENDING}"
        parse(str(path), structure).refuse(f"its words are missing: no {wanted} beside it, no field {WORDS} in it")
    return BankFiles(path, structure, {file.stem: read_text(file) for file in found})


def read_text(path: Path) -> str:
    """The text of a file. Raises ContentError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(str(path), 1, "the file is not text in UTF-8") from error
    except OSError as error:
        raise ContentError(str(path), 1, f"the file cannot be read: {error.strerror}") from error


def written_bank(files: BankFiles) -> WrittenBank:
    """The bank in these texts. Raises ContentError with every problem that could be found."""
    problems: list[Problem] = []
    places = word_places(files, problems)
    words = {language: _texts(place, problems) for language, place in places.items()}
    found = _checked(files, places, problems)
    if found is None or problems:
        ordered = sorted(set(problems), key=lambda one: (one.file != str(files.path), one.file, one.line))
        raise ContentError.all_of([ContentError(one.file, one.line, one.reason) for one in ordered])
    return WrittenBank(files, *found, words)


def word_places(files: BankFiles, problems: list[Problem]) -> dict[str, Located]:
    """The mapping of words of each language, where it stands in its file; ``problems`` takes what cannot be read."""
    places: dict[str, Located] = {}
    with _noting(problems):
        if files.is_one_file:
            places |= parse(str(files.path), files.structure).field(WORDS).fields()
    for language, text in files.languages.items():
        with _noting(problems):
            places[language] = parse(str(files.file_of(language)), text)
    return places


def _checked(files: BankFiles, places: Mapping[str, Located], problems: list[Problem]) -> tuple[Bank, Needs] | None:
    """The structure and what it asks for; ``problems`` takes what is wrong with it, and the words that are missing."""
    own: list[Problem] = []
    found = None
    with _noting(own):
        if files.is_one_file:
            read_instrument(files.structure)
        found = read_bank(str(files.path), files.structure)
    problems += [replace(problem, file=str(files.path)) for problem in own]
    for language, place in places.items() if found and not files.is_one_file else ():
        with _noting(problems):
            checked_words(place, language, found[1], place.file, is_source=language == SOURCE)
    return found


def _texts(place: Located, problems: list[Problem]) -> Mapping[str, str]:
    """The words of one language; ``problems`` takes every value that is not a text."""
    texts = {}
    with _noting(problems):
        for key, value in place.fields().items():
            with _noting(problems):
                texts[key] = value.text()
    return texts


def _holds_words(structure: str) -> bool:
    with _noting([]):
        return WORDS in parse("", structure).fields()
    return False


@contextmanager
def _noting(problems: list[Problem]) -> Iterator[None]:
    """Go on after a refusal, so that everything else is looked at too."""
    try:
        yield
    except ContentError as error:
        problems += error.problems

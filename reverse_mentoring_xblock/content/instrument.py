"""A bank together with its words: the shipped one, or one that an author wrote into a single file.

A file of an author's own is a bank file with one more field, ``words``, which holds a mapping of words for each
language. Its first language is the source and complete. It asks about competences that the shipped bank knows, so that
topics, pairing and tags mean the same in every course.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from ..domain.assessment.bank import Bank, Check, Item, Term
from .bank_file import bank_in
from .loading import bank_languages, bank_words, load_bank
from .located import ContentError, Located, parse
from .words import checked_words, digest_of, nearest

OWN_FILE = "bank"
LONGEST_FILE = 1_000_000


@dataclass(frozen=True)
class Instrument:
    """What is asked and every word of it. ``languages`` are the tags that it has words for, the source first."""

    bank: Bank
    languages: tuple[str, ...]
    source: str
    """The text of an author's own file; empty for the shipped bank."""
    _words: Mapping[str, Mapping[str, str]]

    def words(self, language: str) -> Mapping[str, str]:
        """The words in ``language``, key by key from the nearest that has them; any text may be asked for."""
        if self.is_shipped:
            return bank_words(language)
        merged: dict[str, str] = {}
        for tag in nearest(self.languages, language):
            merged |= self._words[tag]
        return MappingProxyType(merged)

    @property
    def is_shipped(self) -> bool:
        """Whether this is the bank that comes with the package."""
        return not self.source


def shipped() -> Instrument:
    """The bank that comes with the package, in its languages."""
    return Instrument(load_bank(), bank_languages(), "", {})


@lru_cache(maxsize=16)
def read_instrument(source: str) -> Instrument:
    """An author's own bank from the text of its file. Raises ContentError with every problem that could be found."""
    if len(source) > LONGEST_FILE:
        raise ContentError(OWN_FILE, 1, f"the file is longer than {LONGEST_FILE} characters")
    document = parse(OWN_FILE, source)
    bank, needs = bank_in(document, digest_of(source))
    _check_identity(document, bank)
    words: dict[str, Mapping[str, str]] = {}
    missing: list[ContentError] = []
    for language, place in document.field("words").fields().items():
        try:
            words[language] = checked_words(place, language, needs, f"words.{language}", is_source=not words)
        except ContentError as error:
            missing.append(error)
            words[language] = {}
    if not words:
        document.field("words").refuse("the words of one language at least are needed")
    if missing:
        raise ContentError.all_of(missing)
    return Instrument(bank, tuple(words), source, MappingProxyType(words))


def overdue(bank: Bank, today: date) -> Sequence[str]:
    """The ids of live items, scenarios and terms whose review date has passed: what they say may be out of date."""
    month = f"{today:%Y-%m}"
    everything: list[Item | Check | Term] = [*bank.items.values(), *bank.checks.values(), *bank.terms.values()]
    return [entry.id for entry in everything if entry.is_live and entry.review_by < month]


def _check_identity(document: Located, bank: Bank) -> None:
    known = load_bank()
    if bank.id == known.id:
        document.field("id").refuse(f"{bank.id} is the bank that comes with the package: give yours an id of its own")
    place = document.field("areas")
    for entry in place.entries():
        for code in entry.field("competences").entries():
            code.one_of(known.competences)
    if [area.id for area in bank.areas] != [area.id for area in known.areas]:
        place.refuse("the five areas of DigComp stand in their order, 1 to 5")

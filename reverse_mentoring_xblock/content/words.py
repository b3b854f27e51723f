"""Every visible word of a content file: one flat mapping per language, ``i18n/<language>.yaml``.

English is the source and complete. A whole language ("de") must have what a person has to read to
answer; a regional one ("de-at") may hold only what differs. What is missing is taken from the next
language of the chain.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources.abc import Traversable
from types import MappingProxyType

from .located import ContentError, parse

SOURCE = "en"


@dataclass(frozen=True)
class Needs:
    """The keys that a content file asks for, each with the line of ``file`` that asks for it."""

    file: str
    everywhere: Mapping[str, int]
    source: Mapping[str, int] = field(default_factory=dict)


def digest_of(source: str) -> str:
    """The SHA-256 of a content file, the same whatever line ends a checkout gave it."""
    return sha256(source.replace("\r\n", "\n").encode()).hexdigest()


def fallback_chain(folder: Traversable, language: str) -> tuple[str, ...]:
    """The file names to read in ``folder``, source first: "de_AT" reads en, de, de-at.

    Only names that the folder lists are returned, so any text may be asked for.
    """
    files = [entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    names = {_tag(name): name for name in files}
    parts = _tag(language).split("-")
    tags = dict.fromkeys((SOURCE, *("-".join(parts[:end]) for end in range(1, len(parts) + 1))))
    return tuple(names[tag] for tag in tags if tag in names)


def merged_words(folder: Traversable, chain: tuple[str, ...], needs: Needs) -> Mapping[str, str]:
    """The words of all files of ``chain``, the last one winning.

    Raises ContentError, at the line that asks for it, where a needed one is missing.
    """
    merged: dict[str, str] = {}
    for name in chain:
        language = _tag(name)
        document = parse(f"i18n/{name}", folder.joinpath(name).read_text(encoding="utf-8"))
        words = {key: place.text() for key, place in document.fields().items()}
        if language == SOURCE:
            _check(words, {**needs.everywhere, **needs.source}, needs.file, name)
        elif "-" not in language:
            _check(words, needs.everywhere, needs.file, name)
        merged |= words
    return MappingProxyType(merged)


def _tag(name: str) -> str:
    return name.removesuffix(".yaml").lower().replace("_", "-")


def _check(words: Mapping[str, str], needed: Mapping[str, int], file: str, name: str) -> None:
    for key, line in needed.items():
        if key not in words:
            raise ContentError(file, line, f"{key} has no words in i18n/{name}")

"""Every visible word of a content file: one flat mapping per language, ``i18n/<language>.yaml``.

English is the source and complete. A whole language ("de") must have what a person has to read to
answer; a regional one ("de-at") may hold only what differs. What is missing is taken from the next
language of the chain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources.abc import Traversable
from types import MappingProxyType

from .located import ContentError, Located, parse

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
    return tuple(names[tag] for tag in nearest([SOURCE, *names], language) if tag in names)


def nearest(tags: Sequence[str], language: str) -> tuple[str, ...]:
    """The tags to take words from, the source (the first of ``tags``) first: "de_AT" is served by en, de, de-at."""
    parts = _tag(language).split("-")
    wanted = {"-".join(parts[:end]) for end in range(1, len(parts) + 1)}
    served = sorted((tag for tag in set(tags) if _tag(tag) in wanted), key=len)
    return tuple(dict.fromkeys((tags[0], *served)))


def merged_words(folder: Traversable, chain: tuple[str, ...], needs: Needs) -> Mapping[str, str]:
    """The words of all files of ``chain``, the last one winning.

    Raises ContentError, at the line that asks for it, where a needed one is missing.
    """
    merged: dict[str, str] = {}
    for name in chain:
        document = parse(f"i18n/{name}", folder.joinpath(name).read_text(encoding="utf-8"))
        merged |= checked_words(document, _tag(name), needs, f"i18n/{name}", is_source=_tag(name) == SOURCE)
    return MappingProxyType(merged)


def checked_words(place: Located, language: str, needs: Needs, where: str, *, is_source: bool) -> dict[str, str]:
    """The words of one language, which stand ``where`` an author would look for them. The source has everything,
    another whole language what a person has to read to answer, a regional one what it likes. Raises ContentError with
    all that is missing."""
    words = {key: text.text() for key, text in place.fields().items()}
    missing = [
        ContentError(needs.file, line, f"{key} has no words in {where}")
        for key, line in needed_words(language, needs, is_source=is_source).items()
        if key not in words
    ]
    if missing:
        raise ContentError.all_of(missing)
    return words


def needed_words(language: str, needs: Needs, *, is_source: bool) -> Mapping[str, int]:
    """The keys that a language has to have words for, each with the line that asks for it."""
    if is_source:
        return {**needs.everywhere, **needs.source}
    return {} if "-" in _tag(language) else needs.everywhere


def _tag(name: str) -> str:
    return name.removesuffix(".yaml").lower().replace("_", "-")

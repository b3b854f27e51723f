"""The shipped content, read once per process: the item bank, the training pack, and their words.

What is returned is shared by everybody in the process and cannot be changed.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ..domain.assessment.bank import Bank
from ..domain.training import TrainingPack
from .bank_file import read_bank
from .located import ContentError
from .pack_file import read_pack
from .words import SOURCE, Needs, fallback_chain, merged_words

__all__ = ["ContentError", "bank_languages", "bank_words", "load_bank", "load_training_pack", "training_words"]


def load_bank() -> Bank:
    """The item bank. Raises ContentError."""
    return _bank()[0]


@lru_cache(maxsize=64)  # bounded, because any text may be asked for
def bank_words(language: str) -> Mapping[str, str]:
    """The bank's words in ``language``, key by key from the nearest that has them: de-at, de, en.

    Any text may be asked for; an unknown language is English. Raises ContentError.
    """
    return _bank_words(fallback_chain(_folder("bank") / "i18n", language))


@cache
def bank_languages() -> tuple[str, ...]:
    """The tags of the languages that the shipped bank has words in, the source first."""
    found = sorted(entry.name.removesuffix(".yaml") for entry in (_folder("bank") / "i18n").iterdir())
    return (SOURCE, *(tag for tag in found if tag != SOURCE and not tag.startswith(("_", "."))))


def load_training_pack() -> TrainingPack:
    """The training pack, its right options apart from its questions. Raises ContentError."""
    return _pack()[0]


@lru_cache(maxsize=64)
def training_words(language: str) -> Mapping[str, str]:
    """The training's words in ``language``, falling back as the bank's do. Raises ContentError."""
    return _training_words(fallback_chain(_folder("training") / "i18n", language))


@cache
def _bank() -> tuple[Bank, Needs]:
    return read_bank("bank.yaml", (_folder("bank") / "bank.yaml").read_text(encoding="utf-8"))


@cache
def _pack() -> tuple[TrainingPack, Needs]:
    return read_pack("pack.yaml", (_folder("training") / "pack.yaml").read_text(encoding="utf-8"))


@cache
def _bank_words(chain: tuple[str, ...]) -> Mapping[str, str]:
    return merged_words(_folder("bank") / "i18n", chain, _bank()[1])


@cache
def _training_words(chain: tuple[str, ...]) -> Mapping[str, str]:
    return merged_words(_folder("training") / "i18n", chain, _pack()[1])


def _folder(name: str) -> Traversable:
    return files(__package__) / name

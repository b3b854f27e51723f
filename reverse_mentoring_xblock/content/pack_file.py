"""From ``pack.yaml`` to the TrainingPack, with the keys of its checks put apart."""

from types import MappingProxyType

from ..domain.states import Role
from ..domain.training import CheckQuestion, Module, TrainingPack
from .located import Located, parse
from .words import Needs, digest_of

_FORMAT = "reverse-mentoring-training/1"
_OPTIONS = 2


def read_pack(file: str, source: str) -> tuple[TrainingPack, Needs]:
    """The pack in ``source`` and the words that it needs. Raises ContentError."""
    document = parse(file, source)
    document.field("format").one_of((_FORMAT,))
    modules: list[Module] = []
    keys: dict[tuple[str, str], str] = {}
    needed: dict[str, int] = {}
    seen: set[str] = set()
    for entry in document.field("modules").entries():
        entry.field("id").new_in(seen)
        module = _module(entry)
        modules.append(module)
        for place, question in zip(entry.field("check").entries(), module.check, strict=True):
            keys[module.id, question.id] = place.field("key").one_of(question.options)
        needed |= _needed(entry, module)
    pack = TrainingPack(
        id=document.field("id").text(),
        version=document.field("version").text(),
        digest=digest_of(source),
        modules=tuple(modules),
        keys=MappingProxyType(keys),
    )
    return pack, Needs(file, needed)


def _module(entry: Located) -> Module:
    pages: set[str] = set()
    questions: set[str] = set()
    return Module(
        id=entry.field("id").text(),
        role=Role(entry.field("role").one_of(tuple(Role))),
        minutes=entry.field("minutes").whole(),
        pages=tuple(page.new_in(pages) for page in entry.field("pages").entries()),
        check=tuple(_question(place, questions) for place in entry.field("check").entries()),
    )


def _question(place: Located, seen: set[str]) -> CheckQuestion:
    place.field("id").new_in(seen)
    options: set[str] = set()
    listed = tuple(option.new_in(options) for option in place.field("options").entries())
    if len(listed) < _OPTIONS:
        place.field("options").refuse("a question has at least two options")
    return CheckQuestion(place.field("id").text(), listed)


def _needed(entry: Located, module: Module) -> dict[str, int]:
    needed = {f"{module.id}.{part}": entry.line for part in ("title", "summary")}
    for page, place in zip(module.pages, entry.field("pages").entries(), strict=True):
        needed |= {f"{module.id}.page.{page}.{part}": place.line for part in ("title", "body")}
    for question, place in zip(module.check, entry.field("check").entries(), strict=True):
        stem = f"{module.id}.check.{question.id}"
        parts = ["stem", "why"]
        for option in question.options:
            parts += [f"opt.{option}", f"feedback.{option}"]
        needed |= {f"{stem}.{part}": place.line for part in parts}
    return needed

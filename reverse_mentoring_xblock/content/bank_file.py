"""From ``bank.yaml`` to the Bank: structure only, refused whole when a part cannot be used."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from ..domain.assessment.bank import (
    AUTONOMY,
    CUTS,
    LEVELS,
    SCALES,
    Area,
    Bank,
    Framework,
    Item,
    Routing,
    Rung,
    Scoring,
)
from .located import Located, parse
from .words import Needs, digest_of

_FORMAT = "digital-skills-bank/1"
_STATUSES = ("draft", "live", "retired")
_AI = ("none", "implicit", "explicit")
_ERRORS = ("competence", "area_core", "area_all")
_PER_AREA = 2


def read_bank(file: str, source: str) -> tuple[Bank, Needs]:
    """The bank in ``source`` and the words that it needs. Raises ContentError."""
    document = parse(file, source)
    document.field("format").one_of((_FORMAT,))
    _check_scales(document.field("scales"))
    areas = _areas(document.field("areas"))
    known = {code for area in areas for code in area.competences}
    items, lines = _items(document.field("items"), known)
    bank = Bank(
        id=document.field("id").text(),
        version=document.field("version").text(),
        digest=digest_of(source),
        framework=_framework(document.field("framework")),
        areas=areas,
        sets=_sets(document.field("sets"), areas, items),
        items=MappingProxyType(items),
        routing=_routing(document.field("routing")),
        scoring=_scoring(document.field("scoring")),
    )
    return bank, _needs(document, bank, lines)


def _framework(place: Located) -> Framework:
    return Framework(
        id=place.field("id").text(),
        edition=place.field("edition").text(),
        licence=place.field("licence").text(),
    )


def _areas(place: Located) -> tuple[Area, ...]:
    areas: list[Area] = []
    seen: set[str] = set()
    for entry in place.entries():
        entry.field("id").new_in(seen)
        for code in entry.field("competences").entries():
            code.new_in(seen)
        areas.append(Area(entry.field("id").text(), entry.field("competences").texts()))
    return tuple(areas)


def _items(place: Located, known: set[str]) -> tuple[dict[str, Item], dict[str, int]]:
    items: dict[str, Item] = {}
    lines: dict[str, int] = {}
    seen: set[str] = set()
    rungs: set[tuple[str, Rung]] = set()
    for entry in place.entries():
        entry.field("id").new_in(seen)
        item = _item(entry, known)
        if item.is_live and (item.competence, item.rung) in rungs:
            entry.refuse(f"{item.competence} has a second live item on rung {item.rung}")
        if item.is_live:
            rungs.add((item.competence, item.rung))
        items[item.id], lines[item.id] = item, entry.line
    return items, lines


def _item(entry: Located, known: set[str]) -> Item:
    review_by = entry.field("review_by")
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", review_by.text()):
        review_by.refuse(f"{review_by.text()} is not a month such as 2028-11")
    return Item(
        id=entry.field("id").text(),
        kind=entry.field("kind").one_of(("self",)),
        competence=entry.field("competence").one_of(known),
        rung=Rung(entry.field("rung").one_of(tuple(Rung))),
        scale=entry.field("scale").one_of((AUTONOMY,)),
        status=entry.field("status").one_of(_STATUSES),
        ai=entry.field("ai").one_of(_AI),
        review_by=review_by.text(),
    )


def _sets(
    place: Located,
    areas: tuple[Area, ...],
    items: Mapping[str, Item],
) -> Mapping[str, tuple[str, ...]]:
    known = {code for area in areas for code in area.competences}
    live = {(item.competence, item.rung) for item in items.values() if item.is_live}
    for name, entry in place.fields().items():
        seen: set[str] = set()
        for code in entry.entries():
            code.new_in(seen)
            code.one_of(known)
            for rung in Rung:
                if (code.text(), rung) not in live:
                    code.refuse(f"{code.text()} has no live item on rung {rung}")
        for area in areas:
            if len(seen & set(area.competences)) < _PER_AREA:
                entry.refuse(f"{name} has fewer than {_PER_AREA} competences of area {area.id}")
    return MappingProxyType({name: entry.texts() for name, entry in place.fields().items()})


def _routing(place: Located) -> Routing:
    start = place.field("start_rung")
    if start.text() != Rung.I:
        start.refuse("the two-step ladder starts on rung I")
    rule = place.field("up_if")
    match = re.fullmatch(r">=\s*([1-4])", rule.text())
    if match is None:
        rule.refuse('up_if is ">=" and a step from 1 to 4')
    return Routing(Rung.I, int(match[1]))


def _scoring(place: Located) -> Scoring:
    cuts = {name: place.field("cuts").field(name).number() for name in CUTS}
    if not 0 < cuts["basic"] < cuts["intermediate"] < cuts["advanced"] <= 100:
        place.field("cuts").refuse("cuts do not ascend between 0 and 100")
    errors = {name: place.field("sem").field(name).number() for name in _ERRORS}
    return Scoring(
        cuts=MappingProxyType(cuts),
        rho_within=place.field("rho_within").number(),
        sem=MappingProxyType(errors),
        provisional=place.field("provisional").flag(),
    )


def _check_scales(place: Located) -> None:
    for name, steps in SCALES.items():
        entry = place.field(name)
        if tuple(step.whole() for step in entry.entries()) != steps:
            entry.refuse(f"scores rest on the {name} steps {steps[0]} to {steps[-1]}")


def _needs(document: Located, bank: Bank, lines: Mapping[str, int]) -> Needs:
    live = (item for item in bank.items.values() if item.is_live)
    everywhere = {f"{item.id}.stem": lines[item.id] for item in live}
    scales = document.field("scales").line
    for key in ("scale.na", "scale.skip", "lead.self", "lead.matters"):
        everywhere[key] = scales
    for name, steps in SCALES.items():
        everywhere |= {f"scale.{name}.{step}": scales for step in steps}
    source = {f"area.{area.id}.name": document.field("areas").line for area in bank.areas}
    for code in bank.competences:
        for part in ("name", "short", "about", "topic", "try"):
            source[f"competence.{code}.{part}"] = document.field("areas").line
    for level in LEVELS:
        source |= {f"level.{level}.{part}": document.line for part in ("name", "meaning")}
    source |= dict.fromkeys(("intro.body", "method.body", "attribution"), document.line)
    return Needs(document.file, everywhere, source)

"""From ``bank.yaml`` to the Bank: structure only, refused whole when a part cannot be used.

Every entry of a list is read before the file is refused, so that an author sees all that is wrong with items at once.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from ..domain.assessment.answers import is_reserved
from ..domain.assessment.bank import (
    AUTONOMY,
    CUTS,
    MATTERS,
    SCALES,
    Area,
    Bank,
    Check,
    CheckRouting,
    Form,
    Framework,
    Item,
    Routing,
    Rung,
    Scoring,
    Term,
)
from ..domain.assessment.setup import PER_AREA
from .bank_needs import needs_of
from .located import ContentError, Located, parse
from .words import Needs, digest_of

_FORMAT = "digital-skills-bank/1"
_STATUSES = ("draft", "live", "retired")
_AI = ("none", "implicit", "explicit")
_ERRORS = ("competence", "area_core", "area_all", "overall_core", "overall_all")
_OPTIONS = 4
_LONGEST_ID = 32


def read_bank(file: str, source: str) -> tuple[Bank, Needs]:
    """The bank in ``source`` and the words that it needs. Raises ContentError."""
    return bank_in(parse(file, source), digest_of(source))


def bank_in(document: Located, digest: str) -> tuple[Bank, Needs]:
    """The bank in a document that is parsed already. Raises ContentError."""
    document.field("format").one_of((_FORMAT,))
    _check_scales(document.field("scales"))
    areas = _areas(document.field("areas"))
    known = {code for area in areas for code in area.competences}
    lines: dict[str, int] = {}
    items, checks = _asked(document.field("items"), known, lines)
    terms = _terms(document, lines)
    bank = Bank(
        id=document.field("id").text(),
        version=_version(document.field("version")),
        digest=digest,
        framework=_framework(document.field("framework")),
        areas=areas,
        sets=_sets(document.field("sets"), areas, items),
        items=MappingProxyType(items),
        routing=_routing(document.field("routing"), known),
        scoring=_scoring(document.field("scoring")),
        checks=MappingProxyType(checks),
        terms=MappingProxyType(terms),
    )
    return bank, needs_of(document, bank, lines)


def _version(place: Located) -> str:
    if not re.fullmatch(r"\d+\.\d+\.\d+", place.text()):
        place.refuse(f"{place.text()} is not a version such as 1.0.0")
    return place.text()


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


def _asked(place: Located, known: set[str], lines: dict[str, int]) -> tuple[dict[str, Item], dict[str, Check]]:
    """Self items and scenarios, which stand in one list; ``lines`` takes the line of each."""
    items: dict[str, Item] = {}
    checks: dict[str, Check] = {}
    rungs: set[tuple[str, ...]] = set()

    def read(entry: Located) -> None:
        kind = entry.field("kind").one_of(("self", "check"))
        found = _item(entry, known) if kind == "self" else _check(entry, known)
        form = (found.form,) if isinstance(found, Check) else ()
        place_of = (kind, found.competence, found.rung, *form)
        if found.is_live and place_of in rungs:
            what = f"scenario of form {form[0]}" if form else "item"
            entry.refuse(f"{found.competence} has a second live {what} on rung {found.rung}")
        if found.is_live:
            rungs.add(place_of)
        if isinstance(found, Check):
            checks[found.id] = found
        else:
            items[found.id] = found

    _each(place, read, lines)
    _check_forms(place, checks, lines)
    return items, checks


def _each(place: Located, read: Callable[[Located], None], lines: dict[str, int]) -> None:
    """Read every entry of a list with ids, then refuse what is wrong in any of them."""
    seen: set[str] = set(lines)
    wrong: list[ContentError] = []
    for entry in place.entries():
        try:
            name = entry.field("id").new_in(seen)
            if len(name) > _LONGEST_ID:
                entry.field("id").refuse(f"an id has at most {_LONGEST_ID} characters")
            if is_reserved(name):
                entry.field("id").refuse(f"{name} is kept for a question of another kind: choose another id")
            lines[name] = entry.line
            read(entry)
        except ContentError as error:
            wrong.append(error)
    if wrong:
        raise ContentError.all_of(wrong)


def _item(entry: Located, known: set[str]) -> Item:
    return Item(
        id=entry.field("id").text(),
        kind="self",
        competence=entry.field("competence").one_of(known),
        rung=Rung(entry.field("rung").one_of(tuple(Rung))),
        scale=entry.field("scale").one_of((AUTONOMY,)),
        status=entry.field("status").one_of(_STATUSES),
        ai=entry.field("ai").one_of(_AI),
        review_by=_month(entry),
    )


def _check(entry: Located, known: set[str]) -> Check:
    seen: set[str] = set()
    options = tuple(option.new_in(seen) for option in entry.field("options").entries())
    if len(options) != _OPTIONS:
        entry.field("options").refuse(f"a scenario has {_OPTIONS} options")
    if any(len(option) > _LONGEST_ID or option in ("skip", "unsure") for option in options):
        entry.field("options").refuse(f"an option is a short name of its own, other than skip and unsure: {options}")
    key = entry.field("key")
    if key.text() not in options:
        key.refuse(f"the key {key.text()} is not among the options")
    entry.field("confidence").one_of(("sure",))
    if not entry.field("unsure").flag():
        entry.field("unsure").refuse("every scenario offers that one is not sure: write true")
    topics = entry.fields().get("topics")
    return Check(
        id=entry.field("id").text(),
        competence=entry.field("competence").one_of(known),
        rung=Rung(entry.field("rung").one_of(tuple(Rung))),
        form=Form(entry.field("form").one_of(tuple(Form))),
        options=options,
        key=key.text(),
        is_risk=entry.field("risk").flag(),
        status=entry.field("status").one_of(_STATUSES),
        ai=entry.field("ai").one_of(_AI),
        review_by=_month(entry),
        topics=topics.texts() if topics else (),
    )


def _check_forms(place: Located, checks: Mapping[str, Check], lines: Mapping[str, int]) -> None:
    """The end round asks the other form, so each live scenario needs one on its rung."""
    live = {(check.competence, check.rung, check.form) for check in checks.values() if check.is_live}
    alone = [
        ContentError(place.file, lines[check.id], f"{check.id} of form {check.form} has no form {check.form.other}")
        for check in checks.values()
        if check.is_live and (check.competence, check.rung, check.form.other) not in live
    ]
    if alone:
        raise ContentError.all_of(alone)


def _terms(document: Located, lines: dict[str, int]) -> dict[str, Term]:
    place = document.fields().get("terms")
    terms: dict[str, Term] = {}

    def read(entry: Located) -> None:
        term = Term(
            id=entry.field("id").text(),
            is_real=entry.field("real").flag(),
            status=entry.field("status").one_of(_STATUSES),
            review_by=_month(entry),
        )
        terms[term.id] = term

    if place is not None:
        _each(place, read, lines)
    return terms


def _month(entry: Located) -> str:
    review_by = entry.field("review_by")
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", review_by.text()):
        review_by.refuse(f"{review_by.text()} is not a month such as 2028-11")
    return review_by.text()


def _sets(
    place: Located,
    areas: tuple[Area, ...],
    items: Mapping[str, Item],
) -> Mapping[str, tuple[str, ...]]:
    if not place.fields():
        place.refuse("one set of competences at least is needed")
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
            if len(seen & set(area.competences)) < PER_AREA:
                entry.refuse(f"{name} has fewer than {PER_AREA} competences of area {area.id}")
    return MappingProxyType({name: entry.texts() for name, entry in place.fields().items()})


def _routing(place: Located, known: set[str]) -> Routing:
    start = place.field("start_rung")
    if start.text() != Rung.I:
        start.refuse("the two-step ladder starts on rung I")
    rule = place.field("up_if")
    match = re.fullmatch(r">=\s*([1-4])", rule.text())
    if match is None:
        rule.refuse('up_if is ">=" and a step from 1 to 4')
    checks = place.fields().get("checks")
    return Routing(Rung.I, int(match[1]), _check_routing(checks, known) if checks else CheckRouting())


def _check_routing(place: Located, known: set[str]) -> CheckRouting:
    per_area, most = place.field("min_per_area").whole(), place.field("max_total").whole()
    large, first = place.fields().get("max_total_large"), place.fields().get("first")
    if not 0 <= per_area <= most:
        place.refuse("min_per_area is at least 0 and at most max_total")
    if large and large.whole() < most:
        large.refuse("max_total_large is at least max_total")
    for code in first.entries() if first else ():
        code.one_of(known)
    return CheckRouting(per_area, most, large.whole() if large else most, first.texts() if first else ())


def _scoring(place: Located) -> Scoring:
    cuts = {name: place.field("cuts").field(name).number() for name in CUTS}
    if not 0 < cuts["basic"] < cuts["intermediate"] < cuts["advanced"] <= 100:
        place.field("cuts").refuse("cuts do not ascend between 0 and 100")
    errors = {name: place.field("sem").field(name).number() for name in _ERRORS}
    if not all(0 < error <= 100 for error in errors.values()):
        place.field("sem").refuse("an error of measurement lies above 0 and at most at 100")
    rho = place.field("rho_within").number()
    if not 0 <= rho <= 1:
        place.field("rho_within").refuse("rho_within lies between 0 and 1")
    return Scoring(
        cuts=MappingProxyType(cuts),
        rho_within=rho,
        sem=MappingProxyType(errors),
        provisional=place.field("provisional").flag(),
    )


def _check_scales(place: Located) -> None:
    """The scales that a bank writes down have to be those that scores rest on."""
    for name, entry in {name: place.field(name) for name in (AUTONOMY, MATTERS)}.items():
        steps = SCALES[name]
        if tuple(step.whole() for step in entry.entries()) != steps:
            entry.refuse(f"scores rest on the {name} steps {steps[0]} to {steps[-1]}")

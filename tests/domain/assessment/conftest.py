"""A small bank: five areas, eleven competences with three rungs and two scenarios each, a short list of terms."""

import pytest

from reverse_mentoring_xblock.content.loading import load_bank
from reverse_mentoring_xblock.domain.assessment.bank import (
    Area,
    Bank,
    Check,
    Form,
    Framework,
    Item,
    Routing,
    Rung,
    Scoring,
    Term,
)

AREAS = (
    Area("1", ("1.1", "1.2", "1.3")),
    Area("2", ("2.1", "2.2")),
    Area("3", ("3.1", "3.2")),
    Area("4", ("4.1", "4.2")),
    Area("5", ("5.1", "5.2")),
)
OPTIONS = ("one", "two", "three", "four")


def a_check(code, rung, form, **more):
    facts = {"options": OPTIONS, "key": "one", "is_risk": code.startswith("4"), "status": "live", "ai": "none"}
    return Check(f"k-{code}-{rung}-{form.lower()}", code, rung, form, review_by="2028-11", **{**facts, **more})


@pytest.fixture(scope="session")
def bank() -> Bank:
    codes = [code for area in AREAS for code in area.competences]
    items = [
        Item(f"s-{code}-{rung}", "self", code, rung, "autonomy", "live", "none", "2028-11")
        for code in codes
        for rung in Rung
    ]
    retired = Item("s-old", "self", "1.1", Rung.I, "autonomy", "retired", "none", "2025-01")
    checks = [a_check(code, tuple(Rung)[place % 3], form) for place, code in enumerate(codes) for form in Form]
    checks.append(a_check("1.3", Rung.I, Form.A, status="retired"))
    terms = [Term(f"t-{n}", n % 4 != 0, "live", "2028-11") for n in range(16)]
    return Bank(
        id="small",
        version="1.0.0",
        digest="0" * 64,
        framework=Framework("digcomp", "3.0", "CC-BY-4.0"),
        areas=AREAS,
        sets={"all": tuple(codes)},
        items={item.id: item for item in (retired, *items)},
        routing=Routing(Rung.I, 2),
        scoring=Scoring(
            cuts={"basic": 20, "intermediate": 45, "advanced": 80},
            rho_within=0.5,
            sem={"competence": 16, "area_core": 10, "area_all": 8, "overall_core": 4.5, "overall_all": 3.6},
            provisional=True,
        ),
        checks={check.id: check for check in checks},
        terms={term.id: term for term in (*terms, Term("t-old", True, "retired", "2025-01"))},
    )


@pytest.fixture(scope="session")
def shipped_bank() -> Bank:
    return load_bank()

"""Factories: a pair that breaks no rule, to be spoilt in one place by each test."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from reverse_mentoring_xblock.domain.matching import Mentee, Mentor, Policy


def _person(cls: type[Any], id_: int, **facts: Any) -> Any:
    defaults = {
        "level": 2 if cls is Mentor else 5,
        "aliases": frozenset({f"person{id_}", f"person{id_}@example.org"}),
        "languages": frozenset({"en"}),
        "windows": ((0, 540, 720),),
        "trained": True,
        "consent": True,
    }
    return cls(id=id_, **{**defaults, **facts})


@pytest.fixture(scope="session")
def mentor() -> Callable[..., Mentor]:
    return partial(_person, Mentor)


@pytest.fixture(scope="session")
def mentee() -> Callable[..., Mentee]:
    return partial(_person, Mentee)


@pytest.fixture(scope="session")
def policy() -> Policy:
    return Policy(reference_date=date(2026, 9, 28))

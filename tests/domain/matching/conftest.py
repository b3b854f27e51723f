"""Factories: a pair that breaks no rule, to be spoilt in one place by each test."""

from collections.abc import Callable
from functools import partial

import cohorts
import pytest

from reverse_mentoring_xblock.domain.matching import Mentee, Mentor, Policy


@pytest.fixture(scope="session")
def mentor() -> Callable[..., Mentor]:
    return partial(cohorts.person, Mentor)


@pytest.fixture(scope="session")
def mentee() -> Callable[..., Mentee]:
    return partial(cohorts.person, Mentee)


@pytest.fixture(scope="session")
def policy() -> Policy:
    return cohorts.POLICY

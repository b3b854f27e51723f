"""What tests of services share."""

import factories
import pytest


@pytest.fixture
def boss():
    """The account of a coordinator."""
    return factories.coordinator().pk

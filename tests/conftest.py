"""What all tests share."""

from pathlib import Path

import pytest

import reverse_mentoring_xblock

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "onboarding-course"


def pytest_report_header():
    """Say which copy is under test: tox must show the installed wheel."""
    return f"package under test: {reverse_mentoring_xblock.__file__}"


@pytest.fixture
def course(db):
    """The example course, loaded into the site."""
    from reverse_mentoring_xblock.standalone.olx import load_course

    return load_course(EXAMPLE)

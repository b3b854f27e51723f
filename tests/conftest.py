"""What all tests share."""

import os
import socket
from pathlib import Path

import pytest

import reverse_mentoring_xblock

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "onboarding-course"


def pytest_configure(config):
    """A test's database need not survive a power cut."""
    from django.db.backends.signals import connection_created

    connection_created.connect(_without_waiting_for_the_disk, dispatch_uid="tests")


def _without_waiting_for_the_disk(sender, connection, **facts):
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
    elif connection.vendor == "postgresql":
        connection.cursor().execute("SET synchronous_commit = off")


def pytest_report_header():
    """Say which copy is under test, and on which database: tox must show the installed wheel."""
    from django.conf import settings

    engine = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    return f"package under test: {reverse_mentoring_xblock.__file__} on {engine}"


def pytest_collection_modifyitems(config, items):
    """Without the database server, its tests are skipped and say so; where it is required, they fail."""
    reason = _missing_server()
    if reason is None:
        return
    if os.environ.get("RM_REQUIRE_SERVICES"):
        raise pytest.UsageError(reason)
    for item in items:
        item.add_marker(pytest.mark.skip(reason=reason))


def _missing_server():
    from django.db import connection

    if connection.vendor == "sqlite":
        return None
    server = connection.settings_dict
    try:
        socket.create_connection((server["HOST"], int(server["PORT"])), timeout=3).close()
    except OSError as error:
        return f"no {connection.vendor} server at {server['HOST']}:{server['PORT']}: {error}"
    return None


_course_rows = []  # read and saved node by node once in a process: most tests of blocks begin with the course


@pytest.fixture
def course(db):
    """The example course, loaded into the site."""
    from reverse_mentoring_xblock.standalone.models import Course, CourseNode
    from reverse_mentoring_xblock.standalone.olx import load_course

    if not _course_rows:
        load_course(EXAMPLE)
        _course_rows.extend(list(table.objects.order_by("pk")) for table in (Course, CourseNode))
    else:
        for table, rows in zip((Course, CourseNode), _course_rows, strict=True):
            table.objects.bulk_create(rows)
    return Course.objects.get(pk=_course_rows[0][0].pk)

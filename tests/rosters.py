"""Making roster files, and seeing what comes of one."""

import factories

from reverse_mentoring_xblock.selectors.roster_file import open_roster_file
from reverse_mentoring_xblock.services.roster_files import send_roster, take_in

PLACE = factories.PLACE


def roster(*lines, heading="person,role,level"):
    """A file of these lines."""
    return "\r\n".join([heading, *lines, ""]).encode()


def sent(coordinator, content):
    """Send a file; the file as it waits, with its summary."""
    send_roster(PLACE, coordinator.pk, content)
    return open_roster_file(PLACE)


def taken_in(coordinator, content, **options):
    """Send a file and take it in as it was shown."""
    file = sent(coordinator, content)
    return take_in(PLACE, coordinator.pk, file.uuid, file.summary["digest"], **{"leave_out": False, **options})


def problems(file):
    """What is wrong in a file that waits: line, column, code."""
    return [(line, column, code) for line, column, code, _ in file.summary["problems_first"]]

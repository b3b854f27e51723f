"""Running the commands in tests: in this process, and as the console script that people call."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from django.core.management import CommandError, call_command

import reverse_mentoring_xblock


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


def run(*words: object) -> Ran:
    """A command in this process."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*map(str, words), stdout=out, stderr=err)
    except SystemExit as stop:
        return Ran(int(stop.code or 0), out.getvalue(), err.getvalue())
    except CommandError as error:
        return Ran(error.returncode, out.getvalue(), err.getvalue() + str(error))
    return Ran(0, out.getvalue(), err.getvalue())


def run_script(*words: object) -> Ran:
    """The console script in a process of its own, of the copy that is under test."""
    script = [sys.executable, "-P", "-m", "reverse_mentoring_xblock.standalone.command"]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "reverse_mentoring_xblock.standalone.settings",
        "PYTHONPATH": str(Path(reverse_mentoring_xblock.__file__).parent.parent),
    }
    done = subprocess.run(
        [*script, *map(str, words)], capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)

"""The console script ``reverse-mentoring``: Django's commands with the standalone site's settings."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a management command of the standalone site."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reverse_mentoring_xblock.standalone.settings")
    execute_from_command_line(["reverse-mentoring", *sys.argv[1:]])


if __name__ == "__main__":
    main()

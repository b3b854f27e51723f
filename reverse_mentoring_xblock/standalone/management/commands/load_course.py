"""Load a course from an OLX folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...olx import OlxError, load_course


class Command(BaseCommand):
    """``reverse-mentoring load_course FOLDER``"""

    help = "Load or refresh a course from a folder of OLX, the format that Studio exports."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            course = load_course(options["folder"])
        except OlxError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Loaded {course.title} ({course.key}).")

"""Bring the site up: schema, course, demo people, server."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from ...models import Course


class Command(BaseCommand):
    """``reverse-mentoring serve``: safe to run again; what is there already stays."""

    help = "Migrate, load the course, make demo people in demo mode, and serve the site on 127.0.0.1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--course", type=Path, default=Path("examples/onboarding-course"))

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_course", options["course"])
        address = f"http://127.0.0.1:{options['port']}/"
        if settings.DEMO_MODE:
            call_command("demo")
            self.stdout.write(f"\nOpen {address}people and sign in as any of them.")
        else:
            self.stdout.write(f"\nOpen {address} ({Course.objects.count()} course).")
        self.stdout.write("Stop with Ctrl+C.\n")
        call_command("runserver", f"127.0.0.1:{options['port']}", use_reloader=False, skip_checks=True)

"""The daily work of all programmes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...selectors.programmes import all_places
from ...shell.daily import daily_work


class Command(BaseCommand):
    """``./manage.py lms reverse_mentoring_daily``, or ``reverse-mentoring reverse_mentoring_daily``"""

    help = (
        "Once a day: close offers and requests whose time has passed, remind people of offers that end soon, and "
        "point out pairs that a change in the organisation has brought too close. Running it again does nothing twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        day = daily_work(all_places(), timezone.now())
        self.stdout.write(
            f"Programmes: {day.programmes}. Offers closed: {day.lapsed}. Requests closed: {day.requests}. "
            f"People reminded: {day.reminded}. "
            f"Pairs pointed out: {day.flagged}, well again: {day.cleared}."
        )
        if day.failed:
            raise CommandError(f"Programmes whose work was not finished: {day.failed}. The log says why; run it again.")

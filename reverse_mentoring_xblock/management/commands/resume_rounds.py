"""Finish the rounds whose worker is gone."""

from typing import Any

from django.core.management.base import BaseCommand

from ...domain.states import RunState
from ...models import MatchRun
from ...services.starting import free_lost
from ...services.working import work_out


class Command(BaseCommand):
    """``resume_rounds``: for cron, or by hand after a restart. The desk does the same when a coordinator looks."""

    help = "Work out again, in this process, every round whose worker has not shown itself for half a minute."

    def handle(self, *args: Any, **options: Any) -> None:
        lost = free_lost(list(MatchRun.objects.filter(state=RunState.WORKING).values_list("pk", flat=True)))
        for run_id in lost:
            work_out(run_id, shows_life=True)
        self.stdout.write(f"Rounds worked out again: {len(lost)}.")

"""What a worker of the host's queue does for us. Celery finds this module; where there is none, nothing imports it."""

from celery import shared_task

from .services.starting import TASK
from .services.working import work_out


@shared_task(name=TASK, ignore_result=True)
def work_out_round(run: int) -> None:
    """Work out a round that was asked for. A message that comes twice, or too late, does nothing."""
    work_out(run, shows_life=True)

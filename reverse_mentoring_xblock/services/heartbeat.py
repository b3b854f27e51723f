"""Showing that a search is alive and how far it is, and noticing when it is called off."""

import threading
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection
from django.utils import timezone

from ..domain.states import RunState
from ..models import MatchRun

EVERY = 1.0
"""Seconds between two signs of life."""
LARGEST = 2**31 - 1


class Heartbeat:
    """A thread that writes once a second where a search is, on a connection of its own.

    Not the search itself: some of its steps take longer than a dead worker is given, and nothing in it should wait for
    the database. ``is_lost`` says that the run is no longer this worker's: cancelled, or given to another one.
    """

    def __init__(self, run_id: int, token: str) -> None:
        self._mine = MatchRun.objects.filter(pk=run_id, worker=token, state=RunState.WORKING)
        self._at: dict[str, object] = {"phase": "people", "share": 0}
        self._over = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._live, name=f"round-{run_id}-beat", daemon=True)

    @property
    def is_lost(self) -> bool:
        """Whether what the search finds is of no use any more."""
        return self._lost.is_set()

    def tell(self, phase: str, so_far: int | None, share: float) -> bool:
        """Where the search is, as `matching.Progress`; False when it should stop."""
        at: dict[str, object] = {"phase": phase, "share": round(1000 * share)}
        if so_far is not None:
            at["bound"] = min(max(so_far, 0), LARGEST)
        self._at = {**self._at, **at}
        return not self.is_lost

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _live(self) -> None:
        try:
            while not self._over.wait(EVERY) and not self.is_lost:
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        try:
            is_mine = self._mine.update(beat_at=timezone.now(), **self._at)
        except DatabaseError:
            connection.close()  # busy or away: the next beat tries again, and a long silence counts as death
            return
        if not is_mine:
            self._lost.set()

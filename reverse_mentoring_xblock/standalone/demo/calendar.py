"""Days of the demo as moments."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .plan import PersonPlan, SessionPlan, Stage

#: Days after somebody came at which they reached a stage.
_AFTER = {Stage.TRAINED: 3, Stage.ASSESSED: 4, Stage.SIGNED_UP: 6}


@dataclass(frozen=True)
class Calendar:
    """Counts back from ``today``, midnight UTC."""

    today: datetime

    @classmethod
    def of(cls, now: datetime) -> "Calendar":
        """The calendar of this day."""
        return cls(now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0))

    def moment(self, days: int, hour: int = 10) -> datetime:
        """So many days before today, on a working day: the one before, or the one after when it lies ahead."""
        moment = self.today - timedelta(days=days) + timedelta(hours=hour)
        beyond = moment.weekday() - 4
        if beyond <= 0:
            return moment
        return moment - timedelta(days=beyond) if days >= 0 else moment + timedelta(days=3 - beyond)

    def reached(self, person: PersonPlan, stage: Stage) -> datetime | None:
        """When somebody reached a stage, or None."""
        return self.moment(person.came - _AFTER[stage]) if person.stage >= stage else None

    def session(self, plan: SessionPlan, hour: int) -> datetime:
        """When a session starts."""
        return self.moment(plan.days, hour)

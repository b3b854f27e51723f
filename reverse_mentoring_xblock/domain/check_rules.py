"""What an author asks of a knowledge check."""

from dataclasses import dataclass

from .errors import Conflict


@dataclass(frozen=True)
class CheckRules:
    """``pass_percent`` from 0 to 100; ``max_attempts`` 0 means as many as a person likes."""

    pass_percent: int
    max_attempts: int

    def attempts_left(self, used: int) -> int | None:
        """How many more tries there are; None when there is no limit."""
        return None if self.max_attempts == 0 else max(0, self.max_attempts - used)

    def check_may_try(self, used: int) -> None:
        """Raise Conflict when every attempt is used."""
        if self.attempts_left(used) == 0:
            raise Conflict("no_attempts_left")

    def passes(self, percent: int) -> bool:
        """Whether a check with this many per cent right is passed."""
        return percent >= self.pass_percent

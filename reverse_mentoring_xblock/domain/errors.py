"""Everything that a person may be refused.

A service raises one; the shell alone turns it into a status and a sentence.
"""

from collections.abc import Mapping


class ProgrammeError(Exception):
    """A refusal with a stable ``code``; ``params`` are the facts that its sentence needs, never a person's words."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params


class NotAllowed(ProgrammeError):
    """This person may not do this."""


class NotFound(ProgrammeError):
    """There is no such thing, or it is not this person's."""


class Conflict(ProgrammeError):
    """The thing has changed since the person looked."""


class Invalid(ProgrammeError):
    """What was sent cannot be used. ``field`` names the answer at fault, where there is one."""

    def __init__(self, code: str, *, field: str = "", **params: object) -> None:
        super().__init__(code, **params)
        self.field = field

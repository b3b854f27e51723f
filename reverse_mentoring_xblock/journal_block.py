"""The journal block."""

from collections.abc import Mapping
from typing import Any

from .selectors.participants import ParticipantRow
from .shell.base import ProgrammeBlock
from .shell.viewer import Viewer


class JournalXBlock(ProgrammeBlock):
    """The journal block."""

    area = "journal"

    def journey(self, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
        return {}

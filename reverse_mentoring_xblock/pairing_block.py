"""The pairing block."""

from collections.abc import Mapping
from typing import Any

from .selectors.participants import ParticipantRow
from .shell.base import ProgrammeBlock
from .shell.viewer import Viewer


class PairingXBlock(ProgrammeBlock):
    """The pairing block."""

    area = "pairing"

    def journey(self, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
        return {}

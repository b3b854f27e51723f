"""The assessment block."""

from collections.abc import Mapping
from typing import Any

from .selectors.participants import ParticipantRow
from .shell.base import ProgrammeBlock
from .shell.viewer import Viewer


class AssessmentXBlock(ProgrammeBlock):
    """The assessment block."""

    area = "assessment"

    def journey(self, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
        return {}

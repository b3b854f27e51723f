"""A block with nothing in it. What it takes to render it is the runtime's own time, the same on both sides."""

from typing import Any

from web_fragments.fragment import Fragment
from xblock.core import XBlock


class EmptyBlock(XBlock):
    """One paragraph."""

    def student_view(self, context: Any = None) -> Fragment:
        """The paragraph."""
        return Fragment("<p></p>")

"""The script and the style sheet that all blocks share."""

from typing import Any

from web_fragments.fragment import Fragment

FILES = "reverse_mentoring_xblock"


def add_files(block: Any, fragment: Fragment) -> None:
    """Have a view bring both files, by the addresses that the host gives them."""
    fragment.add_css_url(block.runtime.local_resource_url(block, f"{FILES}/css/reverse_mentoring.css"))
    fragment.add_javascript_url(block.runtime.local_resource_url(block, f"{FILES}/js/reverse_mentoring.js"))

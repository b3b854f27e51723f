"""Where the parts of a programme stand in this course."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .. import compat
from ..data import Place
from ..domain.journal_score import MOST_REQUIRED
from ..domain.next_step import Part
from ..domain.states import Role

BLOCK_TYPES = {f"reverse_mentoring_{part}": part for part in Part}
SESSIONS_WANTED = 6


@dataclass(frozen=True)
class CourseParts:
    """The parts that a person in one role finds in the course, each with its address where the host knows one."""

    parts: frozenset[Part] = frozenset(Part)
    addresses: Mapping[Part, str] = field(default_factory=dict)
    sessions_wanted: int = SESSIONS_WANTED
    """What the author asks of the journal."""


def parts_of(place: Place, role: Role) -> CourseParts:
    """What the course has for this role; on a host that cannot tell, everything, without addresses."""
    pages = compat.block_pages(place.context_key, list(BLOCK_TYPES))
    if pages is None:
        return CourseParts()
    mine = [page for page in pages if _is_for(place, role, page.settings)]
    addresses: dict[Part, str] = {}
    wanted = SESSIONS_WANTED
    for page in mine:
        part = BLOCK_TYPES[page.block_type]
        if part is Part.JOURNAL and part not in addresses:
            wanted = max(1, min(page.settings.get("required_sessions") or SESSIONS_WANTED, MOST_REQUIRED))
        addresses.setdefault(part, page.address)
    return CourseParts(frozenset(addresses), addresses, wanted)


def _is_for(place: Place, role: Role, settings: Mapping[str, Any]) -> bool:
    """Whether a block belongs to this programme and role, and to its beginning where it has a phase."""
    return (
        settings.get("programme") == place.slug
        and settings.get("role", "any") in ("any", role)
        and settings.get("phase", "start") == "start"
    )

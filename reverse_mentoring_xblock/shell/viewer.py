"""The person in front of the block, as the platform's services describe them."""

from dataclasses import dataclass
from typing import Any

from .. import compat
from ..domain.permissions import Caller

ATTRIBUTE = "edx-platform."


@dataclass(frozen=True)
class Viewer:
    """Who asks. ``user_id`` is None for anonymous visitors and in previews."""

    user_id: int | None
    name: str
    username: str
    is_staff: bool
    is_masquerading: bool
    is_preview: bool
    time_zone: str


def viewer_of(block: Any) -> Viewer:
    """Read the user service once. Staff is the course's own staff, never global staff who view as a learner."""
    service = block.runtime.service(block, "user")
    user = service.get_current_user() if service else None
    facts = user.opt_attrs if user else {}
    user_id = facts.get(f"{ATTRIBUTE}user_id")
    is_preview = bool(getattr(block.runtime, "is_author_mode", False))
    preferences = facts.get(f"{ATTRIBUTE}user_preferences") or {}
    return Viewer(
        user_id=user_id if facts.get(f"{ATTRIBUTE}is_authenticated") else None,
        name=(getattr(user, "full_name", None) or "") if user else "",
        username=facts.get(f"{ATTRIBUTE}username") or "",
        is_staff=bool(facts.get(f"{ATTRIBUTE}user_is_staff")),
        is_masquerading=bool(user_id) and not is_preview and compat.acts_as_somebody_else(user_id),
        is_preview=is_preview,
        time_zone=preferences.get("time_zone") or "",
    )


def caller_of(block: Any, viewer: Viewer) -> Caller:
    """The facts for the permission table. Enrolment is asked only where a handler runs: views are the platform's."""
    return Caller(
        is_signed_in=viewer.user_id is not None,
        is_enrolled=_is_enrolled(block, viewer),
        is_staff=viewer.is_staff,
        is_masquerading=viewer.is_masquerading,
        is_preview=viewer.is_preview,
    )


def _is_enrolled(block: Any, viewer: Viewer) -> bool:
    service = block.runtime.service(block, "enrollments")
    if service is None or viewer.user_id is None:
        return False
    active = service.get_active_enrollments_by_course(block.context_key)
    return bool(active.filter(user_id=viewer.user_id).exists())

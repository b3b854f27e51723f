"""Values that other plugins and the layers of this one pass around."""

from typing import NamedTuple

from opaque_keys.edx.keys import LearningContextKey


class Place(NamedTuple):
    """Where a programme runs: a course and the programme's short name in it."""

    context_key: LearningContextKey
    slug: str

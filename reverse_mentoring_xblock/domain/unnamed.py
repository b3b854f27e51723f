"""What a card without a name may say of where somebody works, so that it does not name them after all."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

LEAST_ALIKE = 3
"""People who have to share what a card says. Of fewer, one could tell who it is."""


class Where(NamedTuple):
    """A department and a site; empty where nothing is said."""

    department: str = ""
    site: str = ""


def shown_places(people: Mapping[int, Where]) -> Mapping[int, Where]:
    """For each person as much of department and site as at least ``LEAST_ALIKE`` of ``people`` share.

    Both where that is possible, else the department, else the site, else nothing.
    """
    sizes: Counter[Where] = Counter()
    for where in people.values():
        sizes.update({where, Where(department=where.department), Where(site=where.site)})
    return {id_: _shown(where, sizes) for id_, where in people.items()}


def _shown(where: Where, sizes: Mapping[Where, int]) -> Where:
    for narrower in (where, Where(department=where.department), Where(site=where.site)):
        if sizes[narrower] >= LEAST_ALIKE:
            return narrower
    return Where()

"""The reader's time zone."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone


@cache
def known_zones() -> frozenset[str]:
    """Names of the time zones of the IANA data on this machine, without the historic aliases at its root."""
    return frozenset(
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))
    )


def zone_of(name: str) -> ZoneInfo | None:
    """The zone by that name, or the site's own when the person has set none or one that is not known here."""
    if name in known_zones():
        return ZoneInfo(name)
    return timezone.get_default_timezone()  # type: ignore[return-value]

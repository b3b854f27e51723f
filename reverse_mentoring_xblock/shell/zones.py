"""The reader's time zone."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString


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


def zone_named(text: str) -> str:
    """The zone that a person means by its name or by its city alone; empty text when there is none, or several."""
    wanted = text.strip().replace(" ", "_").casefold()
    if wanted == "utc":
        return "UTC"
    found = [name for name in known_zones() if name.casefold() == wanted]
    found = found or [name for name in known_zones() if name.casefold().rpartition("/")[2] == wanted]
    return found[0] if len(found) == 1 else ""


@cache
def zone_options() -> SafeString:
    """Every zone that people live in, as options for a list to choose from."""
    regions = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    names = sorted(name for name in known_zones() if name.startswith(regions))
    return format_html_join("", '<option value="{}">', ((name,) for name in names))

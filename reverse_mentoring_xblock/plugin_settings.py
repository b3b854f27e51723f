"""What the app adds to the platform's settings. Applied once or many times, the result is the same."""

from pathlib import Path

TRANSLATIONS = Path(__file__).resolve().parent / "translations"


def plugin_settings(settings: object) -> None:
    """Let Django find our catalogues: the platform's own search never looks inside this package."""
    paths = list(getattr(settings, "LOCALE_PATHS", ()))
    if TRANSLATIONS not in map(Path, paths):
        settings.LOCALE_PATHS = [*paths, TRANSLATIONS]  # type: ignore[attr-defined]

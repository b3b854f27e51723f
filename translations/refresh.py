"""Extract the strings from templates and Python, and compile every catalogue under the two names that read it.

``django.mo`` serves Django's templates through LOCALE_PATHS; ``text.mo`` is what an XBlock runtime reads from a
bundled folder. Run by ``make translations``; needs GNU gettext for the extraction.
"""

import subprocess
import sys
from pathlib import Path

import polib

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "reverse_mentoring_xblock"
LOCALES = ("en", "de")


def extract() -> None:
    """Bring the .po files up to date with the sources."""
    # Run inside the package: Django looks for strings below the current folder and collects them in LOCALE_PATHS.
    code = (
        "import django; from django.conf import settings;"
        f"settings.configure(LOCALE_PATHS=[{str(HERE)!r}], USE_I18N=True); django.setup();"
        "from django.core.management import call_command;"
        f"call_command('makemessages', locale={list(LOCALES)!r}, no_wrap=True, no_location=False,"
        " add_location='file', ignore_patterns=['static*', 'translations*', 'content*'])"
    )
    subprocess.run([sys.executable, "-I", "-c", code], cwd=PACKAGE, check=True)  # noqa: S603 - our own line of Python


def compile_catalogues() -> None:
    """Write django.mo and text.mo beside every django.po."""
    for source in HERE.glob("*/LC_MESSAGES/django.po"):
        catalogue = polib.pofile(str(source))
        for name in ("django.mo", "text.mo"):
            catalogue.save_as_mofile(str(source.with_name(name)))


if __name__ == "__main__":
    extract()
    compile_catalogues()

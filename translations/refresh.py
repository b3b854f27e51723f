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
        f"call_command('makemessages', locale={list(LOCALES)!r}, no_wrap=True, no_obsolete=True,"
        " add_location='file', ignore_patterns=['static*', 'translations*', 'content*'])"
    )
    subprocess.run([sys.executable, "-I", "-c", code], cwd=PACKAGE, check=True)  # noqa: S603 - our own line of Python


def tidy(source: Path) -> None:
    """Drop what gettext guessed from similar strings, and the header's times, which change with every run."""
    catalogue = polib.pofile(str(source), wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "reverse-mentoring-xblock",
        "Language": source.parent.parent.name,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    catalogue.metadata_is_fuzzy = False
    catalogue.header = "Reverse mentoring: the interface. Content has its own files below content/."
    for entry in catalogue.fuzzy_entries():
        entry.fuzzy = False
        entry.msgstr = ""
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
    catalogue.save()


def compile_catalogue(source: Path) -> None:
    """Write django.mo and text.mo beside a django.po."""
    for name in ("django.mo", "text.mo"):
        polib.pofile(str(source)).save_as_mofile(str(source.with_name(name)))


if __name__ == "__main__":
    extract()
    for found in sorted(HERE.glob("*/LC_MESSAGES/django.po")):
        tidy(found)
        compile_catalogue(found)

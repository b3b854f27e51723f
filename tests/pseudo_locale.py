"""A language that nobody speaks, to see what a translation does to the pages: written from right to left, accented,
and a third longer. The texts are ours; the letters stay readable."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib

from reverse_mentoring_xblock.plugin_settings import TRANSLATIONS

LANGUAGE = "ar"
ACCENTED = str.maketrans("aeioucnszAEIOUCNSZ", "áéîöúçñšžÁÉÎÖÚÇÑŠŽ")
#: What stays as it is: placeholders, tags, line ends.
KEPT = re.compile(r"(%\(\w+\)[sd]|%%|<[^>]+>|\n)")
#: "l j F Y" is a date's format, not a text.
FORMAT = re.compile(r"[A-Za-z]( [A-Za-z])+")
_EXTRACT = """
import django
from django.conf import settings
from django.core.management import call_command
settings.configure(LOCALE_PATHS=[{folder!r}], USE_I18N=True)
django.setup()
call_command("makemessages", locale=["en"], verbosity=0)
"""


def pseudo(text):
    """A text with accents, every longer word a third longer."""
    if FORMAT.fullmatch(text):
        return text
    return "".join(part if KEPT.fullmatch(part) else _words(part) for part in KEPT.split(text))


def _words(text):
    longer = re.sub(r"[^\W\d_]{3,}", lambda word: word[0] + word[0][: -(-len(word[0]) // 3)].lower(), text)
    return longer.translate(ACCENTED)


def write_catalogue(folder):
    """Write ``folder``/ar/LC_MESSAGES/django.mo. Returns False where the texts cannot be collected."""
    source = next(iter(sorted(TRANSLATIONS.glob("*/LC_MESSAGES/django.po"))), None) or _extracted(folder)
    if source is None:
        return False
    catalogue = polib.pofile(str(source))
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": LANGUAGE,
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for entry in catalogue:
        entry.flags = []
        if entry.msgid_plural:
            entry.msgstr_plural = {0: pseudo(entry.msgid), 1: pseudo(entry.msgid_plural)}
        else:
            entry.msgstr = pseudo(entry.msgid)
    target = Path(folder) / LANGUAGE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    catalogue.save_as_mofile(str(target))
    return True


def _extracted(folder):
    """The texts of the sources, where there is no catalogue yet. GNU gettext writes beside what it reads: in a copy."""
    if shutil.which("xgettext") is None:
        return None
    texts, copy = Path(folder) / "texts", Path(folder) / "sources"
    texts.mkdir()
    shutil.copytree(TRANSLATIONS.parent, copy, ignore=shutil.ignore_patterns("static", "translations", "content"))
    subprocess.run([sys.executable, "-P", "-c", _EXTRACT.format(folder=str(texts))], cwd=copy, check=True)
    return texts / "en" / "LC_MESSAGES" / "django.po"

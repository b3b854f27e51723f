"""The catalogues: whole, compiled, and the same under both names."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALES = sorted(path.parent.parent.name for path in (ROOT / "translations").glob("*/LC_MESSAGES/django.po"))


def catalogue(locale):
    return polib.pofile(str(ROOT / "translations" / locale / "LC_MESSAGES" / "django.po"))


def test_there_is_a_source_and_a_whole_translation():
    assert {"en", "de"} <= set(LOCALES)


def test_every_sentence_is_translated():
    german = catalogue("de")
    assert not german.untranslated_entries()
    assert not german.fuzzy_entries()


def test_the_translation_covers_the_source():
    wanted = {(entry.msgctxt, entry.msgid) for entry in catalogue("en") if not entry.obsolete}
    have = {(entry.msgctxt, entry.msgid) for entry in catalogue("de") if not entry.obsolete}
    assert wanted == have


@pytest.mark.parametrize("locale", LOCALES)
def test_compiled_catalogues_are_those_of_the_source(locale):
    folder = ROOT / "translations" / locale / "LC_MESSAGES"
    fresh = {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in catalogue(locale) if e.translated()}
    for name in ("django.mo", "text.mo"):
        compiled = polib.mofile(str(folder / name))
        assert {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in compiled} == fresh, name


def test_placeholders_survive_translation():
    pattern = re.compile(r"%\((\w+)\)[sd]")
    for entry in catalogue("de"):
        wanted = set(pattern.findall(entry.msgid + (entry.msgid_plural or "")))
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(pattern.findall(text)) <= wanted, entry.msgid
            assert "%" not in pattern.sub("", text).replace("%%", "") or "%" in pattern.sub("", entry.msgid), (
                entry.msgid
            )


def test_every_string_in_the_templates_is_in_the_source_catalogue():
    """A quick look for strings that were added and not extracted."""
    known = {entry.msgid for entry in catalogue("en")}
    missing = set()
    for path in (ROOT / "reverse_mentoring_xblock").rglob("*.html"):
        for text in re.findall(r'\{% translate "((?:[^"\\]|\\.)*)"', path.read_text()):
            if text not in known:
                missing.add(text)
    assert not missing

"""Working languages: the codes that are stored, their names in the reader's language, and codes for what people type.

Most names come from Django. A regional form counts as its language, because what matters is whether two people can
talk to each other.
"""

import re
from collections.abc import Mapping
from functools import cache

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

#: Offered as boxes to tick; any other can be written.
COMMON = (
    *("ar", "cs", "da", "de", "en", "es", "fi", "fr", "hi", "hu", "id", "it"),
    *("ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "zh"),
)
#: Languages that Django has no name for, or only names by country or script.
OUR_NAMES: Mapping[str, str] = {
    "am": gettext_noop("Amharic"),
    "ha": gettext_noop("Hausa"),
    "ht": gettext_noop("Haitian Creole"),
    "jv": gettext_noop("Javanese"),
    "ku": gettext_noop("Kurdish"),
    "lo": gettext_noop("Lao"),
    "mg": gettext_noop("Malagasy"),
    "mt": gettext_noop("Maltese"),
    "no": gettext_noop("Norwegian"),
    "ps": gettext_noop("Pashto"),
    "si": gettext_noop("Sinhala"),
    "so": gettext_noop("Somali"),
    "tl": gettext_noop("Tagalog"),
    "xh": gettext_noop("Xhosa"),
    "yo": gettext_noop("Yoruba"),
    "zh": gettext_noop("Chinese"),
    "zu": gettext_noop("Zulu"),
}
#: Codes under which one language is written in several ways.
SAME: Mapping[str, str] = {"nb": "no", "nn": "no"}


def language_name(code: str) -> str:
    """The language's name for the reader; the code itself when nobody has a name for it."""
    return _(_english(code) or code)


def common_choices() -> list[tuple[str, str]]:
    """Codes and names of common working languages, in the order of the reader's alphabet."""
    return list(_common(get_language() or "en"))


def code_of(text: str) -> str:
    """The code for what a person typed: a code, or a name in English, in the language itself or in the reader's.

    Empty text when it is not known.
    """
    wanted = text.strip().casefold()
    return _codes().get(wanted) or _names(get_language() or "en").get(wanted, "")


def split(text: str) -> list[str]:
    """What a person separated by commas, semicolons or lines."""
    return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]


def _english(code: str) -> str:
    name: str = OUR_NAMES.get(code) or LANG_INFO.get(code, {}).get("name", "")
    return name


def _base(code: str) -> str:
    language = code.split("-")[0]
    return SAME.get(language, language)


@cache
def _common(reader: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((code, language_name(code)) for code in COMMON), key=lambda pair: pair[1].casefold()))


@cache
def _names(reader: str) -> Mapping[str, str]:
    return {language_name(code).casefold(): _base(code) for code in (*LANG_INFO, *OUR_NAMES)}


@cache
def _codes() -> Mapping[str, str]:
    known: dict[str, str] = {}
    for code in (*LANG_INFO, *OUR_NAMES):
        for word in (code, _english(code), LANG_INFO.get(code, {}).get("name_local", "")):
            known.setdefault(word.casefold(), _base(code))
    known.setdefault("中文", "zh")
    known.pop("", None)
    return known

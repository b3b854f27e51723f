"""Turning a region into HTML.

The blocks bring their own template engine: cached, autoescaped, with the tags they need built in. The platform's
engine parses an uncached template on every request, and its loaders differ between the LMS and Studio.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Origin
from django.template.backends.django import DjangoTemplates
from django.template.loaders.filesystem import Loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FIXED_WORDS = re.compile(r'{% translate "([^"]+)" %}')


class TranslatingLoader(Loader):
    """Puts fixed words into a template when it is loaded, in the language that the page is in.

    They are most of what a page says, and finding them anew takes as long as a tenth of a page.
    """

    def get_contents(self, origin: Origin) -> str:
        """The source with its fixed words translated. A translation that holds template marks stays a tag."""
        return FIXED_WORDS.sub(_translated, super().get_contents(origin))


def _translated(tag: re.Match[str]) -> str:
    words = _(tag[1])
    return tag[0] if "{" in words or "%" in words else words


@cache
def _engine(language: str | None) -> DjangoTemplates:
    """The engine with the templates of one language."""
    loader = (f"{__name__}.TranslatingLoader", [str(TEMPLATES)])
    return DjangoTemplates(
        {
            "NAME": f"reverse_mentoring_{language}",
            "DIRS": [],
            "APP_DIRS": False,
            "OPTIONS": {
                "loaders": [("django.template.loaders.cached.Loader", [loader])],
                "builtins": [
                    "django.templatetags.i18n",
                    "django.templatetags.l10n",
                    "django.templatetags.tz",
                    "reverse_mentoring_xblock.shell.tags",
                ],
            },
        }
    )


def render(template: str, context: Mapping[str, Any]) -> str:
    """Render ``templates/reverse_mentoring_xblock/<template>`` in the language that is active."""
    return _engine(get_language()).get_template(f"reverse_mentoring_xblock/{template}").render(dict(context))

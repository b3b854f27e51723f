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
INCLUDED = re.compile(r'{% include "([^"]+)"(?: with ((?:(?! only)[^%])+))? %}')
SETS_A_NAME = re.compile(r" as \w+ %}|\basvar\b")


class WholePageLoader(Loader):
    """Does when a template is loaded what would be the same on every page.

    Fixed words are put in, in the language of the page, and included templates where they are included. A page with
    lists and forms has over a hundred of both.
    """

    def get_contents(self, origin: Origin) -> str:
        """The source, with its fixed words translated and what it includes in its place."""
        return INCLUDED.sub(self._included, FIXED_WORDS.sub(_translated, super().get_contents(origin)))

    def _included(self, tag: re.Match[str]) -> str:
        """A template that sets a name of its own stays a tag, so that the name ends with it."""
        name, facts = tag.groups()
        source = self.get_contents(next(iter(self.get_template_sources(name))))
        if facts:
            return f"{{% with {facts.strip()} %}}{source}{{% endwith %}}"
        return tag[0] if SETS_A_NAME.search(source) else source


def _translated(tag: re.Match[str]) -> str:
    """A translation that holds template marks stays a tag."""
    words = _(tag[1])
    return tag[0] if "{" in words or "%" in words else words


@cache
def _engine(language: str | None) -> DjangoTemplates:
    """The engine with the templates of one language."""
    loader = (f"{__name__}.WholePageLoader", [str(TEMPLATES)])
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

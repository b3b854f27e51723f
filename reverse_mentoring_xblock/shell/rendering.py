"""Turning a region into HTML.

The blocks bring their own template engine: cached, autoescaped, with the tags they need built in. The platform's
engine parses an uncached template on every request, and its loaders differ between the LMS and Studio.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template.backends.django import DjangoTemplates

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@cache
def _engine() -> DjangoTemplates:
    loader = ("django.template.loaders.filesystem.Loader", [str(TEMPLATES)])
    return DjangoTemplates(
        {
            "NAME": "reverse_mentoring",
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
    """Render ``templates/reverse_mentoring_xblock/<template>``."""
    return _engine().get_template(f"reverse_mentoring_xblock/{template}").render(dict(context))

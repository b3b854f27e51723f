"""Refusals of the assessment block."""

from django.utils.translation import gettext as _

SENTENCES = {}

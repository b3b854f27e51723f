"""Refusals of the journal block."""

from django.utils.translation import gettext as _

SENTENCES = {}

"""Refusals of the pairing block."""

from django.utils.translation import gettext as _

SENTENCES = {}

"""Refusals of the journal block."""


SENTENCES = {}

"""Refusals of the assessment block."""


SENTENCES = {}

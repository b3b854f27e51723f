"""Refusals of the pairing block."""


SENTENCES = {}

"""Numbers as the reader's language writes them."""

from django.utils import formats


def grouped(number: int) -> str:
    """A whole number with its thousands set apart."""
    return formats.number_format(number, force_grouping=True)


def signed(number: int) -> str:
    """A difference: with a plus, or with a minus that is as wide."""
    return f"{'+' if number > 0 else chr(0x2212)}{grouped(abs(number))}" if number else "0"

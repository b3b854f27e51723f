"""A file of people: its cells, its lines, and what a line changes about somebody."""

from .lines import MOST_LINES, Column, Line, Problem, Reading, read_roster
from .table import MOST_BYTES, unpacked

__all__ = ["MOST_BYTES", "MOST_LINES", "Column", "Line", "Problem", "Reading", "read_roster", "unpacked"]

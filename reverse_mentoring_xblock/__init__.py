"""A reverse mentoring programme inside the courses of an LMS."""

__version__ = "0.1.0"

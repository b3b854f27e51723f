"""A circle: one mentor and a few mentees on one topic, where far more people want it than mentors can take."""

LEAST_MENTEES = 3
MOST_MENTEES = 6
SCARCE = 2
"""A topic is scarce when demand exceeds so many times the supply."""


def is_scarce(wanted: int, places: int) -> bool:
    """Whether so many mentees want a topic for which mentors have so few places."""
    return wanted > SCARCE * places


def calls_for_circle(waiting: int, places: int) -> bool:
    """Whether so many mentees without a partner, and so many places of mentors, make a circle a good idea."""
    return waiting >= LEAST_MENTEES and is_scarce(waiting, places)

"""Writing scores.csv: the points of every permitted pair, so that anybody can check the optimum with another solver."""

import csv
import io

import numpy as np

from ...domain.matching import Round
from .people_file import Roster

MOST_PEOPLE = 5000


def scores(round_: Round, roster: Roster) -> str:
    """The text of a scores file: mentor, mentee and points, in the order of names."""
    cohort = round_.cohort
    lines = []
    for row, mentee in enumerate(cohort.mentees):
        points = cohort.forms.table(np.array([row]), np.arange(len(cohort.mentors)))[0]
        for col in np.flatnonzero(points >= 0).tolist():
            mentor = cohort.mentors[col]
            lines.append((roster.names[mentor.id], roster.names[mentee.id], int(points[col])))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("mentor", "mentee", "utility"))
    writer.writerows(sorted(lines))
    return text.getvalue()

"""Golden cohorts get the pairs that are written down, in any order of the lines and on any number of threads."""

import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest

from reverse_mentoring_xblock.domain.matching import propose
from reverse_mentoring_xblock.standalone.matching_files.people_file import read_people
from reverse_mentoring_xblock.standalone.matching_files.policy_file import read_policy

GOLDEN = Path(__file__).parent / "golden"
COHORTS = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


def expected(folder):
    with (folder / "pairs.csv").open(newline="") as file:
        return [(row["mentor"], row["mentee"], int(row["utility"])) for row in csv.DictReader(file)]


def pairs_of(people, policy):
    roster = read_people(people)
    outcome = propose(roster.mentors, roster.mentees, read_policy(policy, date.today()), seed=1)
    assert outcome.certified
    return sorted((roster.names[pair.mentor], roster.names[pair.mentee], pair.utility.total) for pair in outcome.pairs)


@pytest.mark.parametrize("name", COHORTS)
def test_the_pairs_are_those_written_down(name):
    folder = GOLDEN / name
    assert pairs_of(folder / "people.csv", folder / "policy.yaml") == expected(folder)


@pytest.mark.parametrize("name", COHORTS)
def test_the_order_of_the_lines_changes_nothing(name, tmp_path):
    heading, *lines = (GOLDEN / name / "people.csv").read_text().splitlines()
    Random(5).shuffle(lines)
    shuffled = tmp_path / "people.csv"
    shuffled.write_text("\n".join([heading, *lines]))
    assert pairs_of(shuffled, GOLDEN / name / "policy.yaml") == expected(GOLDEN / name)


@pytest.mark.parametrize("threads", ["1", "2"])
def test_the_number_of_threads_changes_nothing(threads):
    done = subprocess.run(
        [sys.executable, "-c", "import test_matching_golden as t; t.test_the_pairs_are_those_written_down('crowd')"],
        env={
            **os.environ,
            "OPENBLAS_NUM_THREADS": threads,
            "PYTHONPATH": os.pathsep.join([str(GOLDEN.parent), *sys.path]),
        },
        check=False,
    )
    assert done.returncode == 0

"""One measurement of another package for matching people, in an environment of its own. Prints one line of JSON.

Both get as much of our population as they can express: mentor-match scores people by rules of its own and gives each
mentor one mentee a round; matching takes lists of preferences and capacities and makes a stable match, not a best one.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any


def mentor_match(people: int) -> dict[str, Any]:
    """One round of mentor-match: scores of all pairs by five rules, then the assignment."""
    import operator

    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data
    from matching.rules.rule import Disqualify, Equivalent, Generic, Grade, UnmatchedBonus

    random = Random(1)

    def side(cls: Any, name: str, lowest: int) -> list[Any]:
        return [
            cls(
                email=f"{name}{number}",
                grade=lowest + random.choices(range(6), [28, 26, 20, 13, 8, 5])[0],
                organisation=f"department {random.randrange(40)}",
                profession=f"skill {random.randrange(25)}",
            )
            for number in range(people)
        ]

    rules = [
        Disqualify(lambda match: match.mentor.grade >= match.mentee.grade),
        Equivalent("profession", {True: 6000, False: 0}),
        Equivalent("organisation", {True: 0, False: 500}),
        Grade(-2, operator.le, {True: 300, False: 0}),
        UnmatchedBonus(800),
        Generic({True: 100, False: 0}, lambda match: len(match.mentor.email) == len(match.mentee.email)),
    ]
    mentors, mentees = side(Mentor, "m", 1), side(Mentee, "e", 2)
    with measured() as found:
        process_data(mentors, mentees, [rules])
    return found | {"matched": sum(bool(mentee.mentors) for mentee in mentees)}


def stable(people: int, most: int) -> dict[str, Any]:
    """HospitalResident of matching on random lists of the best ``most`` partners."""
    from matching.games import HospitalResident

    random = Random(1)
    mentees = [f"e{number}" for number in range(people)]
    mentors = [f"m{number}" for number in range(people)]
    wishes = {one: random.sample(mentors, min(most, people)) for one in mentees}
    ranks = {one: [] for one in mentors}
    for one, liked in wishes.items():
        for other in liked:
            ranks[other].append(one)
    ranks = {one: random.sample(liked, len(liked)) for one, liked in ranks.items() if liked}
    room = {one: random.choices([1, 2, 3], [50, 35, 15])[0] for one in ranks}
    sys.setrecursionlimit(10**6)  # it copies its players along chains of preferences
    with measured() as found:
        pairs = HospitalResident.create_from_dictionaries(wishes, ranks, room).solve()
    return found | {"matched": sum(map(len, pairs.values()))}


@contextmanager
def measured() -> Iterator[dict[str, Any]]:
    """Seconds by the clock, by the processor, and the most memory held, once it is over."""
    found: dict[str, Any] = {}
    began, worked = time.perf_counter(), time.process_time()
    yield found
    found |= {"seconds": time.perf_counter() - began, "work": time.process_time() - worked}
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps({"mentor-match": mentor_match, "matching": stable}[sys.argv[1]](**json.loads(sys.argv[2]))))

"""By which numbers two proposals for one programme are compared."""

from collections.abc import Iterable
from dataclasses import dataclass

from .matching import Mentee, Mentor, Person, Utility

Pair = tuple[Mentor, Mentee, Utility]


@dataclass(frozen=True)
class RoundFigures:
    """What a set of pairs comes to. Points are by the author's own weights, whatever the pairs were chosen by."""

    pairs: int = 0
    points: int = 0
    worst: int = 0
    """Points of the pair that has the fewest; 0 without any pair."""
    wishing: int = 0
    """People in a pair who wished for somebody."""
    first_wishes: int = 0
    """Of them, those who got one of the people whom they put first."""
    any_wishes: int = 0
    """Of them, those who got anybody whom they wished for."""
    minutes: int = 0
    """Minutes a week that the two of each pair share, summed up."""
    topics: int = 0
    """Topics that mentees chose and their mentors cover."""
    wanted: int = 0
    """Topics that mentees chose."""

    @property
    def hours(self) -> float:
        """Hours a week that a pair shares on average."""
        return self.minutes / self.pairs / 60 if self.pairs else 0.0


def figures_of(pairs: Iterable[Pair]) -> RoundFigures:
    """The figures of these pairs, each with its worth by the author's own weights."""
    made = list(pairs)
    met = [*_wishes_met(made)]
    return RoundFigures(
        pairs=len(made),
        points=sum(worth.total for _, _, worth in made),
        worst=min((worth.total for _, _, worth in made), default=0),
        wishing=len(met),
        first_wishes=met.count(1),
        any_wishes=sum(rank > 0 for rank in met),
        minutes=sum(worth.minutes for _, _, worth in made),
        topics=sum(len(mentee.wanted.intersection(worth.topics)) for _, mentee, worth in made),
        wanted=sum(len(mentee.wanted) for _, mentee, _ in made),
    )


def _wishes_met(pairs: Iterable[Pair]) -> Iterable[int]:
    """For everybody who wished, the best rank that they got, from 1; 0 for none. A mentor counts once."""
    partners: dict[int, set[int]] = {}
    wishing: dict[int, Person] = {}
    person: Person
    for mentor, mentee, _ in pairs:
        for person, other in ((mentor, mentee.id), (mentee, mentor.id)):
            if person.wishes:
                wishing[person.id] = person
                partners.setdefault(person.id, set()).add(other)
    for id_, person in wishing.items():
        yield next((rank for rank, wished in enumerate(person.wishes, 1) if wished & partners[id_]), 0)

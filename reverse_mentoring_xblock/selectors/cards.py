"""Cards of possible partners for one person, a page at a time: whom to wish for, and whom to ask.

Everybody of the other role who is ready is read in one query and put in order; rules that cost time are looked at only
until the page is full. So the number of queries does not depend on the size of the programme. What a card tells does
not depend on the list that it stands in, so that two lists tell no more than one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from ..data import Place
from ..domain.cards import PAGE, draw, has_card, in_order
from ..domain.matching import MOST_WISHES, Mentee, Mentor, Mode, Person, Policy, shared_minutes
from ..domain.pairing_rules import MOST_AVOIDED, PairingRules
from ..domain.states import LIVE_PAIRING, Role
from ..domain.unnamed import Known, told
from ..domain.week import well_formed
from ..models import Avoided, Interest, Pairing, Participant, Wish
from .asking import not_to_be_asked
from .cohort import ANY_LANGUAGE
from .participants import ParticipantRow, name_in
from .prepared import Given, given_place, prepared
from .readiness import is_ready, with_standing

MOST_CARDS = PAGE + MOST_WISHES + MOST_AVOIDED


@dataclass(frozen=True)
class CardRow:
    """A possible partner. ``name`` is empty until the coordinator allows names; ``place`` and ``languages`` are empty
    where they would tell who it is; ``style`` is never told with a name. ``rank`` is that of the reader's wish, 0
    without one."""

    uuid: str
    number: int
    name: str
    place: str
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    minutes: int
    style: Mapping[str, int]
    rank: int = 0


@dataclass(frozen=True)
class CardsPage:
    """A page of cards, best fit first; and the reader's own wishes by rank, and whom they passed over."""

    cards: tuple[CardRow, ...]
    number: int
    has_more: bool
    has_names: bool
    wishes: tuple[CardRow, ...]
    passed_over: tuple[CardRow, ...]


class _Person(NamedTuple):
    """Somebody of the other role as the database tells it."""

    id: int
    level: int
    department: str
    site: str
    languages: Sequence[str]
    time_zone: str
    windows: Sequence[Sequence[int]]
    mode: str


@dataclass(frozen=True)
class _Reader:
    """Who looks at the cards, with what is the same for every card."""

    row: ParticipantRow
    person: Person
    interests: Mapping[str, int]
    rules: PairingRules
    policy: Policy


def cards_to_ask(place: Place, row: ParticipantRow, rules: PairingRules, number: int, now: datetime) -> CardsPage:
    """A page of the mentors whom a mentee could ask: of those on the cards, whom nothing but what somebody confided
    keeps from being asked. Eight queries at most."""
    return cards_page(place, row, rules, number, now.date(), without=not_to_be_asked(place, row.id, now))


def cards_page(
    place: Place, row: ParticipantRow, rules: PairingRules, number: int, today: date, without: Collection[int] = ()
) -> CardsPage:
    """A page of the cards of everybody but those ``without`` one; a number beyond the end gives an empty page. Six
    queries at most."""
    interests = dict(_interests(person=row.id))
    reader = _Reader(row, _person(row.role, rules, _own(row)), interests, rules, rules.policy(today))
    known = {
        one.id: one
        for one in (_Person(*found) for found in _ready(row.role.other, rules, **place._asdict(), person=row.id))
    }
    wishes = dict(_wishes(person=row.id))
    passed = [one for one in _passed(person=row.id) if one not in wishes]
    topics = _topics(reader, place)
    fits = {id_: _fit(reader, topics[id_]) for id_ in known.keys() - {*passed, *without}}
    shown = list(islice(_permitted(reader, known, in_order(row.id, fits)), (number - 1) * PAGE, number * PAGE + 1))
    page = shown[:PAGE]
    details = {one["pk"]: one for one in _details(people=[*page, *wishes, *passed])}
    has_names = any(one["programme__names_shown_at"] for one in details.values())
    writer = _Writer(reader, topics, _told(reader, known), wishes, has_names)
    return CardsPage(
        cards=tuple(writer.card(details[id_]) for id_ in page if id_ in details),
        number=number,
        has_more=len(shown) > PAGE,
        has_names=has_names,
        wishes=tuple(
            writer.card(details[id_]) for id_ in sorted(wishes, key=lambda one: (wishes[one], one)) if id_ in details
        ),
        passed_over=tuple(writer.card(details[id_]) for id_ in passed if id_ in details),
    )


def _own(row: ParticipantRow) -> _Person:
    known = (row.level or 0, row.department, row.site, row.languages, row.time_zone, row.windows, row.mode)
    return _Person(row.id, *known)


def _person(role: Role, rules: PairingRules, known: _Person) -> Person:
    """Somebody with what the open rules ask for."""
    facts: dict[str, Any] = {
        "id": known.id,
        "level": known.level,
        "site": known.site,
        "languages": frozenset(known.languages) if rules.same_language else ANY_LANGUAGE,
        "time_zone": known.time_zone,
        "windows": well_formed(known.windows),
        "mode": Mode(known.mode) if rules.way_of_meeting else Mode.BOTH,
    }
    return Mentor(**facts) if role is Role.MENTOR else Mentee(**facts)


def _permitted(reader: _Reader, known: Mapping[int, _Person], order: Sequence[int]) -> Iterator[int]:
    other = reader.row.role.other
    return (id_ for id_ in order if has_card(reader.person, _person(other, reader.rules, known[id_]), reader.policy))


def _fit(reader: _Reader, topics: Collection[str]) -> int:
    """How much of what the reader chose the two have in common; what matters to others is not told by an order."""
    return sum(reader.interests[topic] for topic in topics)


def _topics(reader: _Reader, place: Place) -> Mapping[int, tuple[str, ...]]:
    """Topics of the reader that others chose, too."""
    found: dict[int, list[str]] = defaultdict(list)
    for id_, topic in _shared(reader.row.role.other, **place._asdict(), person=reader.row.id):
        found[id_].append(topic)
    return defaultdict(tuple, {id_: tuple(sorted(topics)) for id_, topics in found.items()})


def _told(reader: _Reader, known: Mapping[int, _Person]) -> Mapping[int, Known]:
    """What the cards of all these people tell this reader without their names."""
    return told({id_: _open_facts(reader, one) for id_, one in known.items()})


def _open_facts(reader: _Reader, one: _Person) -> Known:
    return Known(one.department, one.site, frozenset(one.languages).intersection(reader.row.languages))


@dataclass(frozen=True)
class _Writer:
    """Writes cards for one reader."""

    reader: _Reader
    topics: Mapping[int, tuple[str, ...]]
    told: Mapping[int, Known]
    ranks: Mapping[int, int]
    has_names: bool

    def card(self, row: Mapping[str, Any]) -> CardRow:
        """What the reader may know of somebody."""
        one = _Person(row["pk"], *(row[name] for name in _Person._fields[1:]))
        other = _person(self.reader.row.role.other, self.reader.rules, one)
        known = _open_facts(self.reader, one) if self.has_names else self.told.get(one.id, Known())
        return CardRow(
            uuid=str(row["uuid"]),
            number=draw(self.reader.row.id, row["pk"]) % 9000 + 1000,
            name=name_in(row) if self.has_names else "",
            place=", ".join(filter(None, (known.department, known.site))),
            topics=self.topics[row["pk"]],
            languages=tuple(code for code in one.languages if code in known.languages),
            minutes=shared_minutes(self.reader.person, other, self.reader.policy.dates),
            style={} if self.has_names else row["style"],
            rank=self.ranks.get(row["pk"], 0),
        )


@prepared
def _interests() -> "QuerySet[Interest, tuple[str, int]]":
    return Interest.objects.filter(participant_id=Given("person")).values_list("competence", "weight")


@prepared
def _ready(role: Role, rules: PairingRules) -> "QuerySet[Participant, tuple[Any, ...]]":
    """Those of a role whom the next round can match; without partners of the reader."""
    ours = {role.value: OuterRef("pk"), f"{role.other}_id": Given("person")}
    partners = (
        Pairing.objects.filter(**ours) if rules.past_partner else Pairing.objects.filter(**ours, state__in=LIVE_PAIRING)
    )
    people = with_standing(Participant.objects.filter(given_place(), role=role)).filter(
        is_ready(rules), ~Exists(partners)
    )
    rows: QuerySet[Participant, tuple[Any, ...]] = people.values_list("pk", *_Person._fields[1:])
    return rows


@prepared
def _shared(role: Role) -> "QuerySet[Interest, tuple[int, str]]":
    mine = Interest.objects.filter(participant_id=Given("person")).values("competence")
    theirs = Interest.objects.filter(given_place("participant__programme"), participant__role=role)
    return theirs.filter(competence__in=mine).values_list("participant_id", "competence")


@prepared
def _wishes() -> "QuerySet[Wish, tuple[int, int]]":
    return Wish.objects.filter(participant_id=Given("person")).values_list("wished_id", "rank")


@prepared
def _passed() -> "QuerySet[Avoided, int]":
    mine = Avoided.objects.filter(participant_id=Given("person"))
    return mine.order_by("pk").values_list("avoided_id", flat=True)


@prepared
def _details() -> "QuerySet[Participant, dict[str, Any]]":
    account = ("user__first_name", "user__last_name", "user__username", "programme__names_shown_at")
    people = Participant.objects.filter(pk__in=Given("people", size=MOST_CARDS))
    rows: QuerySet[Participant, dict[str, Any]] = people.values("pk", "uuid", "style", *_Person._fields[1:], *account)
    return rows

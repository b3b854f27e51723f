"""Mentors whom a mentee could ask: everybody who could be paired with them now, on cards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from ..data import Place
from ..domain.matching import Mentee, Mentor, shared_minutes
from ..domain.matching.draws import person_draw
from ..domain.pairing_rules import PairingRules
from ..domain.states import RequestState, Role
from ..domain.unnamed import Where, shown_places
from ..models import Participant, PartnerRequest, Programme
from .cohort import cohort_of
from .participants import name_of
from .readiness import is_ready, with_standing

PAGE = 10
MOST_WAITING = 5
"""Requests that wait for one mentor at a time."""
MOST_MENTORS = 1000
"""Mentors who are looked at for one mentee."""
OVER = (RequestState.DECLINED, RequestState.LAPSED)


@dataclass(frozen=True)
class MentorCard:
    """A mentor as a mentee sees them before asking. ``name`` is empty until a coordinator lets names be shown, and
    without a name department and site are there only where at least three mentors share them.

    ``topics`` are the mentee's own that the mentor has offered to help with; nothing measured is here.
    """

    uuid: str
    name: str
    department: str
    site: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    minutes: int

    @property
    def hours(self) -> int:
        """Whole hours a week in which both are free."""
        return self.minutes // 60


@dataclass(frozen=True)
class MentorsPage:
    """A page of cards; ``number`` counts from 1, ``people`` is how many there are on all pages."""

    cards: tuple[MentorCard, ...] = ()
    number: int = 1
    pages: int = 1
    people: int = 0


@dataclass(frozen=True)
class _Fit:
    mentor: Mentor
    topics: tuple[str, ...]
    minutes: int


def mentors_to_ask(place: Place, rules: PairingRules, mentee_id: int, number: int, now: datetime) -> MentorsPage:
    """Mentors who could take this mentee now, those who offer most of the mentee's topics first.

    Of a very large programme a lot draws ``MOST_MENTORS`` for each mentee, always the same. The number of queries does
    not depend on the programme's size.
    """
    drawn = _drawn(place, rules, mentee_id, now)
    cohort = cohort_of(place, rules, only=[*drawn, mentee_id])
    mentee = next((one for one in cohort.mentees if one.id == mentee_id), None)
    if mentee is None:
        return MentorsPage()
    policy = rules.policy(now.date())
    org = cohort.organisation
    fits = [_fit(one, mentee, policy.dates) for one in cohort.mentors if cohort.permits(one, mentee, org, policy)]
    fits.sort(key=lambda fit: (-len(fit.topics), -fit.minutes, person_draw(mentee_id, fit.mentor.id)))
    pages = max(1, -(-len(fits) // PAGE))
    number = min(max(number, 1), pages)
    page = fits[(number - 1) * PAGE : number * PAGE]
    return MentorsPage(tuple(_cards(place, page, cohort.mentors, mentee)), number, pages, len(fits))


def not_to_be_asked(place: Place, mentee_id: int, now: datetime) -> Collection[int]:
    """Mentors whom this mentee cannot ask whatever the rules say: they did not say yes before, or as many requests as
    may wait for a mentor do. Two queries."""
    asked = PartnerRequest.objects.filter(mentee=mentee_id)
    over = asked.filter(state__in=OVER) | asked.filter(state=RequestState.ASKED, answer_by__lte=now)
    waiting = PartnerRequest.objects.filter(
        programme__context_key=place.context_key,
        programme__slug=place.slug,
        state=RequestState.ASKED,
        answer_by__gt=now,
    )
    full = waiting.values("mentor").annotate(n=Count("pk")).filter(n__gte=MOST_WAITING)
    return {*over.values_list("mentor", flat=True), *full.values_list("mentor", flat=True)}


def names_are_shown(place: Place) -> bool:
    """Whether a coordinator lets cards show names. One query."""
    programme = Programme.objects.filter(context_key=place.context_key, slug=place.slug, names_shown_at__isnull=False)
    return programme.exists()


def _drawn(place: Place, rules: PairingRules, mentee_id: int, now: datetime) -> Sequence[int]:
    mentors = Participant.objects.filter(
        programme__context_key=place.context_key, programme__slug=place.slug, role=Role.MENTOR
    )
    ready = with_standing(mentors).filter(is_ready(rules)).values_list("pk", flat=True)
    ids = sorted(set(ready) - set(not_to_be_asked(place, mentee_id, now)))
    if len(ids) <= MOST_MENTORS:
        return ids
    return sorted(ids, key=lambda id_: person_draw(mentee_id, id_))[:MOST_MENTORS]


def _fit(mentor: Mentor, mentee: Mentee, dates: tuple[date, ...]) -> _Fit:
    topics = mentee.wanted & mentor.offered if mentor.offered else mentee.wanted
    return _Fit(mentor, tuple(sorted(topics)), shared_minutes(mentor, mentee, dates))


def _cards(place: Place, page: Sequence[_Fit], mentors: Sequence[Mentor], mentee: Mentee) -> Sequence[MentorCard]:
    with_names = names_are_shown(place)
    shown = shown_places({one.id: Where(one.department, one.site) for one in mentors})
    rows = Participant.objects.filter(pk__in=[fit.mentor.id for fit in page]).select_related("user")
    known = {row.pk: row for row in rows}
    cards = []
    for fit in page:
        row = known[fit.mentor.id]
        where = Where(row.department, row.site) if with_names else shown[row.pk]
        cards.append(
            MentorCard(
                uuid=str(row.uuid),
                name=name_of(row.user) if with_names else "",
                department=where.department,
                site=where.site,
                languages=tuple(sorted(fit.mentor.languages & mentee.languages)),
                topics=fit.topics,
                minutes=fit.minutes,
            )
        )
    return cards

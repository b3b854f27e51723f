"""The people whom the training pages, the screenshots and the demo tell of, and where each of them stands.

Five of the six active pairs are those of the training pages. Together the two dozen show every state: somebody invited,
in training, trained, assessed, waiting, paused, with an offer, with a request to answer, with sessions to confirm or to
write about, a pair that has just begun, one that has gone quiet, one that is through, and one that has ended. Four more
are a circle.
"""

from typing import Any

from ...domain.states import PairingState, ParticipantState, Role, SessionState
from .names import KRAKOW, LEEDS, NAIROBI, ROTTERDAM, SINGAPORE, Site, mail_of, username_of
from .plan import ActionPlan, Chunk, PairPlan, PersonPlan, RequestPlan, SessionPlan, Stage, Windows, hours
from .ways import WAYS

MENTOR, MENTEE = Role.MENTOR, Role.MENTEE
CIRCLE = "4.1"
"""The topic of the circle: protecting devices and accounts."""

#: First name, last name, job, department, site. They are course staff and take no part themselves.
COORDINATORS = (
    ("Ingrid", "Solheim", "Learning partner", "People", LEEDS),
    ("Achieng", "Odera", "People development lead", "People", NAIROBI),
)


def _person(
    role: Role, name: tuple[str, str], job: str, department: str, site: Site, level: int, manager: tuple[str, ...],
    *, came: int, at: Windows, topics: str, languages: str = "en", stage: Stage = Stage.SIGNED_UP, **facts: Any,
) -> PersonPlan:  # fmt: skip
    codes = tuple(topics.split())
    leaning: dict[str, Any] = {"strong": codes} if role is MENTOR else {"weak": codes}
    return PersonPlan(
        username=username_of(*name),
        first_name=" ".join(name) if site is SINGAPORE and name[0] in ("Tan", "Lim") else name[0],
        last_name="" if site is SINGAPORE and name[0] in ("Tan", "Lim") else name[1],
        role=role,
        level=level,
        department=department,
        site=site,
        manager=mail_of(username_of(*manager)),
        stage=stage,
        came=came,
        job=job,
        languages=tuple(sorted(languages.split())),
        windows=at,
        **leaning,
        **WAYS.get(username_of(*name), {}),
        **facts,
    )


PEOPLE = (
    _person(MENTOR, ("Wanjiru", "Kamau"), "Service analyst", "Customer Service", NAIROBI, 3, ("Joyce", "Mwangi"),
            came=128, at=hours("0134", "morning", "midday"), topics="1.3 2.4 3.1", languages="en sw"),
    _person(MENTEE, ("Pieter", "van Dijk"), "Finance director", "Finance", ROTTERDAM, 8, ("Margriet", "Hoekstra"),
            came=126, at=hours("0124", "morning", "midday"), topics="2.4 1.3 2.1", languages="en nl"),
    _person(MENTOR, ("Arjun", "Nair"), "Data analyst", "Data and Technology", LEEDS, 3, ("Owen", "Hartley"),
            came=95, at=hours("1234", "midday", "afternoon"), topics="1.2 1.3 5.2", languages="en hi"),
    _person(MENTEE, ("Helen", "Ashworth"), "Director of Operations", "Operations", LEEDS, 8, ("David", "Oyelaran"),
            came=94, at=hours("124", "early", "afternoon"), topics="1.2 5.2 2.1"),
    _person(MENTOR, ("Zofia", "Wrona"), "Communications officer", "Communications", KRAKOW, 3, ("Catherine", "Obi"),
            came=140, at=hours("0123", "morning"), topics="2.4 3.1 3.3", languages="en pl"),
    _person(MENTEE, ("Samuel", "Otieno"), "Head of Engineering", "Engineering", NAIROBI, 7, ("David", "Oyelaran"),
            came=138, at=hours("023", "morning", "midday"), topics="2.4 3.1 4.3", languages="en sw"),
    _person(MENTOR, ("Callum", "Reid"), "Graduate engineer", "Engineering", SINGAPORE, 1, ("Lim", "Jia Hui"),
            came=200, at=hours("124", "morning", "midday"), topics="2.4 3.1 4.2"),
    _person(MENTEE, ("Tan", "Mei Ling"), "Head of Legal", "Legal", SINGAPORE, 7, ("Margriet", "Hoekstra"),
            came=199, at=hours("0124", "midday", "afternoon"), topics="3.1 2.4 4.2", languages="en zh"),
    _person(MENTOR, ("Fatima", "El Idrissi"), "Payroll specialist", "People", ROTTERDAM, 3, ("Anneke", "de Bruin"),
            came=76, at=hours("0234", "morning"), topics="2.1 4.2 5.1", languages="ar en fr nl"),
    _person(MENTEE, ("Marek", "Zieliński"), "Operations manager", "Operations", KRAKOW, 6, ("Helen", "Ashworth"),
            came=74, at=hours("0134", "morning", "midday"), topics="2.1 5.1 4.2", languages="en pl"),
    _person(MENTOR, ("Maja", "Kowalczyk"), "Legal counsel", "Legal", KRAKOW, 3, ("Tan", "Mei Ling"),
            came=29, at=hours("123", "morning", "midday"), topics="4.2 3.3 1.2", languages="en pl"),
    _person(MENTEE, ("Joyce", "Mwangi"), "Head of Customer Service", "Customer Service", NAIROBI, 7,
            ("David", "Oyelaran"), came=27, at=hours("1234", "midday", "afternoon"), topics="4.2 1.2 3.1",
            languages="en sw"),
    _person(MENTOR, ("Lucas", "Verhoeven"), "Data engineer", "Data and Technology", ROTTERDAM, 4, ("Ewa", "Majewska"),
            came=150, at=hours("0123", "morning", "afternoon"), topics="1.3 4.1 5.1", languages="de en nl"),
    _person(MENTEE, ("Graham", "Whitlock"), "Financial controller", "Finance", LEEDS, 6, ("Pieter", "van Dijk"),
            came=149, at=hours("024", "morning", "midday"), topics="5.1 4.1 1.3"),
    _person(MENTOR, ("Dylan", "Okonkwo"), "Finance graduate", "Finance", LEEDS, 1, ("Graham", "Whitlock"),
            came=21, at=hours("0234", "morning", "midday"), topics="1.3 2.4 5.2"),
    _person(MENTOR, ("Njeri", "Wambui"), "Network technician", "Operations", NAIROBI, 2, ("Peter", "Kiptoo"),
            came=20, at=hours("0124", "midday", "afternoon"), topics="4.1 5.1 5.2", languages="en sw"),
    _person(MENTOR, ("Nurul", "Aisyah"), "Customer service adviser", "Customer Service", SINGAPORE, 2,
            ("Joyce", "Mwangi"), came=44, at=hours("13", "afternoon", "evening"), topics="2.1 2.6 4.2",
            languages="en ms", aside=ParticipantState.PAUSED),
    _person(MENTEE, ("Ewa", "Majewska"), "Head of data platforms", "Data and Technology", KRAKOW, 6,
            ("Owen", "Hartley"), came=19, at=hours("0124", "morning", "midday"), topics="2.6 5.2 3.1",
            languages="en pl"),
    _person(MENTEE, ("Lim", "Jia Hui"), "Engineering manager", "Engineering", SINGAPORE, 5, ("Samuel", "Otieno"),
            came=18, at=hours("0234", "afternoon", "evening"), topics="4.1 1.3 2.4", languages="en zh"),
    _person(MENTEE, ("Catherine", "Obi"), "Head of Communications", "Communications", LEEDS, 7, ("David", "Oyelaran"),
            came=16, at=hours("0123", "morning", "midday"), topics="1.3 5.1 4.1", first_topic="1.3"),
    _person(MENTOR, ("Kacper", "Zając"), "Software tester", "Data and Technology", KRAKOW, 3, ("Ewa", "Majewska"),
            came=12, at=(), topics="5.1 5.2 1.2", languages="en pl", stage=Stage.TRAINED),
    _person(MENTEE, ("Willem", "Janssen"), "Operations manager", "Operations", ROTTERDAM, 6, ("Helen", "Ashworth"),
            came=9, at=(), topics="4.1 1.2 2.1", languages="en nl", stage=Stage.IN_TRAINING),
    _person(MENTEE, ("Anneke", "de Bruin"), "People director", "People", ROTTERDAM, 7, ("Margriet", "Hoekstra"),
            came=14, at=(), topics="2.1 4.3 1.2", languages="en nl", stage=Stage.ASSESSED),
    _person(MENTOR, ("Sanne", "Bakker"), "Communications assistant", "Communications", ROTTERDAM, 2,
            ("Catherine", "Obi"), came=6, at=(), topics="", languages="en nl", stage=Stage.INVITED),
    _person(MENTOR, ("Tomasz", "Lis"), "Security analyst", "Data and Technology", KRAKOW, 3, ("Ewa", "Majewska"),
            came=34, at=hours("0123", "morning", "midday"), topics="4.1 4.2 5.1", languages="en pl"),
    _person(MENTEE, ("Margaret", "Doyle"), "Head of Procurement", "Finance", LEEDS, 6, ("Pieter", "van Dijk"),
            came=33, at=hours("0134", "morning", "midday"), topics="4.1 1.2 2.1", first_topic=CIRCLE),
    _person(MENTEE, ("Esther", "Njoroge"), "Service centre manager", "Customer Service", NAIROBI, 5,
            ("Joyce", "Mwangi"), came=31, at=hours("0124", "midday", "afternoon"), topics="4.1 4.2 2.4",
            languages="en sw", first_topic=CIRCLE),
    _person(MENTEE, ("Hendrik", "Visser"), "Plant manager", "Engineering", ROTTERDAM, 6, ("Samuel", "Otieno"),
            came=30, at=hours("0123", "morning", "midday"), topics="4.1 5.1 1.3", languages="en nl",
            first_topic=CIRCLE),
)  # fmt: skip

_PLACES = {person.username: place for place, person in enumerate(PEOPLE)}


def _pair(mentor: str, mentee: str, offered: int, active: int | None = None, **facts: Any) -> PairPlan:
    known: dict[str, Any] = {"state": PairingState.OFFERED}
    if active is not None:
        known = {"state": PairingState.ACTIVE, "accepted": frozenset(Role)}
    return PairPlan(_PLACES[mentor], _PLACES[mentee], **{"offered": offered, "active": active, **known, **facts})


def _planned(days: int, topic: str) -> SessionPlan:
    return SessionPlan(days, SessionState.PLANNED, confirmed=frozenset(), reflected=frozenset(), topic=topic)


def _cancelled(days: int, role: Role) -> SessionPlan:
    return SessionPlan(days, SessionState.CANCELLED, confirmed=frozenset(), reflected=frozenset(), cancelled_by=role)


def _in_circle(mentee: str) -> PairPlan:
    return _pair("tomasz.lis", mentee, 16, 12, circle=CIRCLE, hour=9, sessions=(_planned(-6, CIRCLE),))


PAIRS = (
    _pair("wanjiru.kamau", "pieter.vandijk", 102, 98, hour=8, sessions=(
        SessionPlan(87, topic="2.4"), SessionPlan(60, topic="2.4"), SessionPlan(32, topic="1.3", minutes=45),
        _planned(-5, "1.3"),
    ), actions=(
        ActionPlan(MENTEE, "Collect the comments on the June forecast in one shared sheet", due=-4),
        ActionPlan(MENTOR, "Bring one question about how the budget is decided", due=-5),
        ActionPlan(MENTEE, "Share the cost sheet as a link instead of a copy", due=34, done=36),
    )),
    _pair("arjun.nair", "helen.ashworth", 71, 67, hour=14, sessions=(
        SessionPlan(56, topic="1.2"), _cancelled(28, MENTEE),
        SessionPlan(2, confirmed=frozenset({MENTOR}), reflected=frozenset({MENTOR}), topic="1.2"),
    ), actions=(
        ActionPlan(MENTEE, "Trace one figure of the outage dashboard back to its source", due=-6),
    )),
    _pair("zofia.wrona", "samuel.otieno", 112, 108, hour=8, sessions=(
        SessionPlan(97, topic="2.4"), SessionPlan(53, reflected=frozenset({MENTOR}), topic="2.4"),
    ), actions=(ActionPlan(MENTEE, "Collect one comment in the shared file", due=40),)),
    _pair("callum.reid", "tan.meiling", 178, 175, hour=4, sessions=tuple(
        SessionPlan(days, topic=topic) for days, topic in
        ((164, "3.1"), (137, "3.1"), (109, "2.4"), (80, "2.4"), (52, "4.2"), (11, "4.2"))
    )),
    _pair("fatima.elidrissi", "marek.zielinski", 67, 63, hour=9, sessions=(
        SessionPlan(51, topic="2.1"), SessionPlan(31, topic="2.1"), SessionPlan(9, topic="5.1"), _planned(-12, "2.1"),
    ), actions=(
        ActionPlan(MENTEE, "Shorten one shift report with the approved assistant and check each figure", due=-9),
    )),
    _pair("njeri.wambui", "lim.jiahui", 6, 3),
    _pair("maja.kowalczyk", "joyce.mwangi", 3, accepted=frozenset({MENTOR})),
    _pair("lucas.verhoeven", "graham.whitlock", 124, 120, state=PairingState.ENDED, closed=24, hour=9, sessions=(
        SessionPlan(109, topic="5.1"), SessionPlan(80, topic="4.1"), _cancelled(45, MENTEE),
    )),
    *map(_in_circle, ("margaret.doyle", "esther.njoroge", "hendrik.visser")),
)  # fmt: skip

REQUESTS = (RequestPlan(_PLACES["catherine.obi"], _PLACES["dylan.okonkwo"], asked=2),)

CAST = Chunk(PEOPLE, PAIRS, REQUESTS)
JOBS = {person.username: person.job for person in PEOPLE}

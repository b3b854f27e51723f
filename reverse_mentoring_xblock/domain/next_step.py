"""From what is known of one person to the one thing that they do next, as a code.

The order is the point. Somebody who waits for this person comes first, then what lies in their own hands, then what
only time or somebody else can bring.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .states import LIVE_PAIRING, PairingState, ParticipantState, SessionState


class Part(StrEnum):
    """The parts of a programme, in the order in which people go through them."""

    TRAINING = "training"
    ASSESSMENT = "assessment"
    PAIRING = "pairing"
    JOURNAL = "journal"


class Step(StrEnum):
    """Everything that can be next."""

    ANSWER_OFFER = "answer_offer"
    ANSWER_CIRCLE = "answer_circle"
    ANSWER_REQUEST = "answer_request"
    AGREE_ON_SESSION = "agree_on_session"
    CONFIRM_SESSION = "confirm_session"
    LOG_SESSION = "log_session"
    REFLECT = "reflect"
    LOOK_AT_TAKEN_OUT = "look_at_taken_out"
    PLAN_FIRST_SESSION = "plan_first_session"
    PLAN_NEXT_SESSION = "plan_next_session"
    TRAIN = "train"
    GO_ON_TRAINING = "go_on_training"
    ASSESS = "assess"
    GO_ON_ASSESSING = "go_on_assessing"
    SIGN_UP = "sign_up"
    MEET = "meet"
    WAIT_FOR_ANSWER = "wait_for_answer"
    OFFER_HELD = "offer_held"
    WAIT_FOR_CIRCLE = "wait_for_circle"
    DONE = "done"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    WAIT_FOR_OFFER = "wait_for_offer"
    NOTHING = "nothing"


AT_REST = frozenset(
    {
        Step.MEET,
        Step.WAIT_FOR_ANSWER,
        Step.OFFER_HELD,
        Step.WAIT_FOR_CIRCLE,
        Step.WAIT_FOR_OFFER,
        Step.DONE,
        Step.PAUSED,
        Step.WITHDRAWN,
        Step.NOTHING,
    }
)
"""Steps in which nothing has to be done now."""


NEWS_FOR = timedelta(days=7)
"""How long a session that the partner has taken out is pointed to."""


class Progress(StrEnum):
    """How far somebody is in a part that has an end."""

    OPEN = "open"
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True)
class SessionFacts:
    """A session as one of the two knows it."""

    state: SessionState
    starts_at: datetime
    is_confirmed: bool
    """By this person."""
    is_reflected: bool
    """By this person."""
    minutes: int = 0
    changed_at: datetime | None = None
    """When either of the two last said something about it."""

    def is_over(self, now: datetime) -> bool:
        """Whether its time has passed, held or not."""
        return self.starts_at + timedelta(minutes=self.minutes) <= now


@dataclass(frozen=True)
class PairFacts:
    """A pairing, live or ended, as one of the two knows it. Sessions are in order of time."""

    key: str
    """What the caller knows this pairing by."""
    state: PairingState
    since: datetime
    is_accepted: bool
    """By this person."""
    sessions: Sequence[SessionFacts] = ()
    answer_by: datetime | None = None
    """Until when an offer waits."""
    is_held: bool = False
    """Whether a coordinator looks at the offer first: nobody can accept it until then."""
    is_in_circle: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known of one person."""

    state: ParticipantState
    training: Progress
    assessment: Progress
    signed_up_at: datetime | None
    pairs: Sequence[PairFacts]
    sessions_done: int
    """Sessions held that this person confirmed and reflected, over all pairings."""
    sessions_wanted: int
    """How many the programme asks for."""
    parts: frozenset[Part]
    """The parts that this course has."""
    asked_since: datetime | None = None
    """Since when a mentee waits for this mentor's answer to a request."""

    @property
    def live(self) -> Sequence[PairFacts]:
        """The pairings that are offered or active."""
        return tuple(pair for pair in self.pairs if pair.state in LIVE_PAIRING)


@dataclass(frozen=True)
class NextStep:
    """What to do, in which part, with which pairing, and the times that belong to it."""

    step: Step
    part: Part | None = None
    pair: str = ""
    moment: datetime | None = None
    until: datetime | None = None
    """By when it has to be done, where it cannot be done afterwards."""


def next_step(facts: Facts, now: datetime) -> NextStep:
    """The one next step of this person at ``now``."""
    return next(_candidates(facts, now), NextStep(Step.NOTHING))


def _candidates(facts: Facts, now: datetime) -> Iterator[NextStep]:
    for pair in facts.pairs:
        if pair.state is PairingState.OFFERED and not pair.is_accepted and not pair.is_held:
            step = Step.ANSWER_CIRCLE if pair.is_in_circle else Step.ANSWER_OFFER
            yield NextStep(step, Part.PAIRING, pair.key, pair.since, pair.answer_by)
    if facts.asked_since is not None:
        yield NextStep(Step.ANSWER_REQUEST, Part.PAIRING, moment=facts.asked_since)
    active = [pair for pair in facts.pairs if pair.state is PairingState.ACTIVE]
    if Part.JOURNAL in facts.parts:
        yield from _in_sessions(active, Step.AGREE_ON_SESSION, _is_disputed)
        yield from _in_sessions(facts.pairs, Step.CONFIRM_SESSION, _is_unconfirmed)
        yield from _in_sessions(active, Step.LOG_SESSION, lambda session: _is_planned(session) and session.is_over(now))
        yield from _in_sessions(facts.pairs, Step.REFLECT, _is_unreflected)
        yield from _in_sessions(facts.pairs, Step.LOOK_AT_TAKEN_OUT, lambda session: _is_taken_out(session, now))
        yield from _to_plan(facts, active)
    if facts.state is not ParticipantState.WITHDRAWN:
        yield from _to_prepare(facts)
    if Part.JOURNAL in facts.parts:
        yield from _in_sessions(active, Step.MEET, _is_planned)
    for pair in facts.pairs:
        if pair.state is PairingState.OFFERED:
            yield NextStep(_waiting_for(pair), Part.PAIRING, pair.key, pair.since, pair.answer_by)
    yield from _at_rest(facts)


def _waiting_for(pair: PairFacts) -> Step:
    if pair.is_held:
        return Step.OFFER_HELD
    return Step.WAIT_FOR_CIRCLE if pair.is_in_circle else Step.WAIT_FOR_ANSWER


def _in_sessions(pairs: Sequence[PairFacts], step: Step, wanted: Callable[[SessionFacts], bool]) -> Iterator[NextStep]:
    """The sessions that ask for this step, over all pairs, earliest first."""
    found = [(session.starts_at, pair.key) for pair in pairs for session in pair.sessions if wanted(session)]
    for starts_at, key in sorted(found):
        yield NextStep(step, Part.JOURNAL, key, starts_at)


def _to_plan(facts: Facts, active: Sequence[PairFacts]) -> Iterator[NextStep]:
    for pair in active:
        if any(_is_planned(session) for session in pair.sessions):
            continue
        held = [session for session in pair.sessions if session.state is SessionState.HELD]
        if not held:
            yield NextStep(Step.PLAN_FIRST_SESSION, Part.JOURNAL, pair.key, pair.since)
        elif len(held) < facts.sessions_wanted:
            yield NextStep(Step.PLAN_NEXT_SESSION, Part.JOURNAL, pair.key, held[-1].starts_at)


def _to_prepare(facts: Facts) -> Iterator[NextStep]:
    """Training, assessment and sign-up, as far as the course has them and they are not done."""
    if Part.TRAINING in facts.parts and facts.training is not Progress.DONE:
        is_started = facts.training is Progress.STARTED
        yield NextStep(Step.GO_ON_TRAINING if is_started else Step.TRAIN, Part.TRAINING)
    if Part.ASSESSMENT in facts.parts and facts.assessment is not Progress.DONE:
        is_started = facts.assessment is Progress.STARTED
        yield NextStep(Step.GO_ON_ASSESSING if is_started else Step.ASSESS, Part.ASSESSMENT)
    if Part.PAIRING in facts.parts and facts.state is ParticipantState.JOINED and not facts.live:
        yield NextStep(Step.SIGN_UP, Part.PAIRING)


def _at_rest(facts: Facts) -> Iterator[NextStep]:
    if Part.JOURNAL in facts.parts and facts.sessions_done >= facts.sessions_wanted:
        yield NextStep(Step.DONE, Part.JOURNAL)
    if facts.live or Part.PAIRING not in facts.parts:
        return
    if facts.state is ParticipantState.PAUSED:
        yield NextStep(Step.PAUSED, Part.PAIRING)
    elif facts.state is ParticipantState.WITHDRAWN:
        yield NextStep(Step.WITHDRAWN, Part.PAIRING)
    elif facts.state is ParticipantState.SIGNED_UP:
        yield NextStep(Step.WAIT_FOR_OFFER, Part.PAIRING, moment=facts.signed_up_at)


def _is_disputed(session: SessionFacts) -> bool:
    return session.state is SessionState.DISPUTED


def _is_taken_out(session: SessionFacts, now: datetime) -> bool:
    """Whether the partner has lately taken out what this person had said took place."""
    is_news = session.changed_at is not None and now - session.changed_at <= NEWS_FOR
    return session.state is SessionState.CANCELLED and session.is_confirmed and is_news


def _is_planned(session: SessionFacts) -> bool:
    return session.state is SessionState.PLANNED


def _is_unconfirmed(session: SessionFacts) -> bool:
    return session.state is SessionState.HELD and not session.is_confirmed


def _is_unreflected(session: SessionFacts) -> bool:
    return session.state is SessionState.HELD and not session.is_reflected

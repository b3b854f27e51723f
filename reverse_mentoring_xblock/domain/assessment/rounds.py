"""One round of questions as a whole: what a person is asked, where they stand, what they could offer.

Area by area: self items, then two scenarios. After the last area come the scenarios that are left over, the list of
terms where the author wants it, and in the end round a look back at the topics and at the goals. Mentees are asked on
every competence how much it matters to them; it decides their topics. Mentors have no topics and are asked self items
alone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from . import scenarios
from .answers import NA, SKIP, Answer, Answers, goal_id, matters_id, matters_in, step, then_id
from .bank import Bank, Form, Rung
from .calibration import Calibration, calibration
from .ladder import Estimate, Position, Question, lot, ordered, questions_about, second_rung
from .profile import Profile, profile
from .scores import self_score
from .topics import DEFAULT_TARGET

REAL_TERMS, INVENTED_TERMS = 6, 2
TERMS = REAL_TERMS + INVENTED_TERMS


@dataclass(frozen=True)
class Sharing:
    """What a mentee lets their mentor see."""

    topics: bool = True
    levels: bool = False
    strength: bool = False


@dataclass(frozen=True)
class Participation:
    """How much was answered. "Not part of my role" is an answer, a skip is not. ``asked`` includes what is open."""

    answered: int
    skipped: int
    asked: int

    @property
    def share(self) -> float:
        """``answered`` of ``asked``, 0 to 1."""
        return self.answered / self.asked if self.asked else 0.0


@dataclass(frozen=True)
class Round:
    """The questions of one attempt and the answers so far. Every competence is known to the bank.

    ``checks`` are the scenarios chosen up to now; ``with_answer`` chooses more when an area's self items are answered.
    ``routes``, ``looks_back`` (topics of the start round) and ``goals`` (how many) belong to an end round.
    """

    bank: Bank
    competences: tuple[str, ...]
    seed: int
    answers: Answers
    asks_matters: bool = True
    form: Form = Form.A
    uses_checks: bool = False
    checks: tuple[str, ...] = ()
    routes: Mapping[str, Rung] = field(default_factory=dict)
    targets: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    uses_terms: bool = False
    looks_back: tuple[str, ...] = ()
    goals: int = 0
    keeps_checks: bool = False
    """True in an end round that repeats the scenarios of the start in the other form: none are chosen anew."""

    def asks(self, item: str) -> bool:
        """Whether that question can come up in this round at all."""
        return item in self._all_items

    def with_answer(self, item: str, answer: Answer) -> "Round":
        """The round after an answer, with the scenarios that it brings."""
        after = replace(self, answers={**self.answers, item: answer})
        return replace(after, checks=after.due_checks())

    def due_checks(self) -> tuple[str, ...]:
        """The scenarios chosen so far and those that are due now, in the order in which they were chosen."""
        if not self.uses_checks or self.keeps_checks:
            return self.checks
        chosen = self.checks
        for area in self._areas:
            if all(self._is_settled(code) for code in area):
                chosen = self._fill(chosen, area, self.bank.routing.checks.per_area)
        if all(self._is_settled(code) for code in self.competences):
            most = scenarios.most_checks(self.bank, len(self.competences))
            chosen = self._fill(chosen, self._order, most)
        return chosen

    def path(self) -> tuple[Question, ...]:
        """The questions so far, in order: those answered that count, and the first open one."""
        opened = next((question for question in self._known if question.id not in self.answers), None)
        return tuple(question for question in self._known if question.id in self.answers or question is opened)

    def position(self, at: str = "") -> Position:
        """Where a person stands who looks at question ``at``; else, or when it left the path, at the open one."""
        walked = self.path()
        ids = [question.id for question in walked]
        opened = next((place for place, item in enumerate(ids) if item not in self.answers), len(ids))
        here = ids.index(at) if at in ids else opened
        return Position(
            question=walked[here] if here < len(walked) else None,
            number=here + 1,
            previous=walked[here - 1] if here > 0 else None,
            following=walked[here + 1] if here + 1 < len(walked) else None,
        )

    def progress(self) -> Estimate:
        """Questions answered, of about how many; equal when nothing is left."""
        done = sum(question.id in self.answers for question in self._known)
        each = 3 if self.asks_matters else 2
        selfs = sum(1 if self._is_out(code) else each for code in self.competences)
        rest = sum(question.kind in ("term", "then", "goal") for question in self._known)
        return Estimate(done=done, about=selfs + self._expected_checks() + rest)

    def participation(self) -> Participation:
        """How much was answered, for the gradebook and the log."""
        walked = self.path()
        said = [self.answers[question.id] for question in walked if question.id in self.answers]
        skipped = said.count(SKIP)
        return Participation(answered=len(said) - skipped, skipped=skipped, asked=self.progress().about)

    @property
    def is_answered(self) -> bool:
        """Whether no question is open. A skip is an answer here."""
        return self.position().question is None

    @property
    def finished_areas(self) -> int:
        """How many areas have no open question about today, for the partial picture. Looking back comes later."""
        opened: set[str] = set()
        for question in self._known:
            if question.id not in self.answers and question.kind in ("self", "matters", "check"):
                opened.add(self.bank.area_of[question.competence])
        return len(self._areas) - len(opened)

    @property
    def checks_in_play(self) -> tuple[str, ...]:
        """The chosen scenarios on competences that have a score."""
        return tuple(name for name in self.checks if self._can_check(self.bank.checks[name].competence))

    def profile(self) -> Profile:
        """The round read against its targets and weights."""
        return profile(
            self.bank,
            self.answers,
            matters_in(self.answers) if self.asks_matters else {},
            self.targets,
            self.weights,
            self.competences,
            checks=self.checks_in_play,
            routes=self.routes,
        )

    def calibration(self) -> Calibration:
        """How sure the person was of the scenarios, and how right: also of one without a self score, as a file may
        hold. Those on a competence that the person took out again do not count."""
        out = {code for code in self.bank.askable if self._is_out(code)}
        stated = [name for name in self.checks if self.bank.checks[name].competence not in out]
        return calibration(scenarios.verdicts(self.bank, stated, self.answers))

    def self_score(self, competence: str) -> float | None:
        """The person's own view of one competence, 0-100."""
        return self_score(self.bank, competence, self.answers, self.routes)

    def looking_back(self) -> Mapping[str, float]:
        """Where a person, looking back, places their start on each topic, 0-100. Topics that were skipped are left
        out."""
        then = {
            item.id: self.answers[then_id(item.id)]
            for item in self.bank.items.values()
            if item.is_live and then_id(item.id) in self.answers
        }
        placed = {code: self_score(self.bank, code, then, self.routes) for code in self.looks_back}
        return {code: score for code, score in placed.items() if score is not None}

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The terms of this round in order: half of the list, the other half being for the other form."""
        live = sorted(term.id for term in self.bank.terms.values() if term.is_live)
        halves = []
        for is_real, count in ((True, REAL_TERMS), (False, INVENTED_TERMS)):
            some = [name for name in live if self.bank.terms[name].is_real is is_real]
            halves += some[0 if self.form is Form.A else 1 :: 2][:count]
        return tuple(sorted(halves, key=lambda name: lot(self.seed, name)))

    @cached_property
    def _known(self) -> tuple[Question, ...]:
        """All questions that are known to come, open or not."""
        return tuple(self._questions())

    def _questions(self) -> Iterator[Question]:
        per_area = self.bank.routing.checks.per_area
        in_play, last = self.checks_in_play, []
        for area in self._areas:
            for code in area:
                yield from questions_about(self.bank, code, self.answers, self.routes, asks_matters=self.asks_matters)
            mine = [name for name in in_play if self.bank.checks[name].competence in area]
            yield from map(self._about_check, mine[:per_area])
            last += mine[per_area:]
        yield from map(self._about_check, [name for name in self.checks if name in last])
        if self.uses_terms:
            yield from (Question(name, "", "term") for name in self.terms)
        for code in self.looks_back:
            yield from self._looking_back_on(code)
        yield from (Question(goal_id(number + 1), "", "goal") for number in range(self.goals))

    def _looking_back_on(self, code: str) -> Iterator[Question]:
        rung = second_rung(self.bank, code, self.answers, self.routes)
        if rung is not None:
            for item in (self._first(code), self.bank.self_item(code, rung).id):
                yield Question(then_id(item), code, "then")

    def _about_check(self, name: str) -> Question:
        return Question(name, self.bank.checks[name].competence, "check")

    def _fill(self, chosen: tuple[str, ...], codes: Sequence[str], count: int) -> tuple[str, ...]:
        """``chosen`` and as many scenarios on ``codes`` as ``count`` and the round's own limit leave room for.

        What was chosen and is out of play comes back with its competence, so the cap on questions counts it too.
        """
        taken = {self.bank.checks[name].competence for name in chosen}
        in_play = [name for name in chosen if self._can_check(self.bank.checks[name].competence)]
        here = sum(self.bank.checks[name].competence in codes for name in in_play)
        size = len(self.competences)
        room = min(scenarios.most_checks(self.bank, size) - len(in_play), scenarios.room_for_checks(size) - len(chosen))
        more = min(count - here, room)
        if more <= 0:
            return chosen
        free = (self._candidate(code) for code in codes if code not in taken and self._can_check(code))
        return (*chosen, *scenarios.choose(self.bank, free, self.form, self.seed, more))

    def _candidate(self, code: str) -> scenarios.Candidate:
        route = second_rung(self.bank, code, self.answers, self.routes) or Rung.B
        first = step(self.bank, self._first(code), self.answers) or 0
        second = step(self.bank, self.bank.self_item(code, route).id, self.answers)
        return scenarios.Candidate(
            competence=code,
            score=self.self_score(code) or 0.0,
            target=self.targets.get(code, DEFAULT_TARGET),
            matters=step(self.bank, matters_id(code), self.answers),
            rung=scenarios.wanted_rung(first, second, route),
        )

    def _expected_checks(self) -> int:
        if not self.uses_checks:
            return 0
        in_play = len(self.checks_in_play)
        if self.keeps_checks or all(self._is_settled(code) for code in self.competences):
            return in_play
        most = scenarios.most_checks(self.bank, len(self.competences))
        per_area, total, left = self.bank.routing.checks.per_area, 0, 0
        for area in self._areas:
            able = sum(not self._is_out(code) and bool(self.bank.checks_of(code, self.form)) for code in area)
            total += min(per_area, able)
            left += max(0, able - per_area)
        return max(in_play, min(most, total + left))

    def _is_settled(self, code: str) -> bool:
        asked = questions_about(self.bank, code, self.answers, self.routes, asks_matters=self.asks_matters)
        return all(question.id in self.answers for question in asked)

    def _can_check(self, code: str) -> bool:
        return code in self.competences and not self._is_out(code) and self._first(code) in self.answers

    def _is_out(self, competence: str) -> bool:
        return self.answers.get(self._first(competence)) in (NA, SKIP)

    def _first(self, competence: str) -> str:
        return self.bank.self_item(competence, self.bank.routing.start_rung).id

    @cached_property
    def _order(self) -> tuple[str, ...]:
        return ordered(self.bank, self.competences, self.seed)

    @cached_property
    def _areas(self) -> tuple[tuple[str, ...], ...]:
        areas = (tuple(code for code in self._order if code in area.competences) for area in self.bank.areas)
        return tuple(filter(None, areas))

    @cached_property
    def _all_items(self) -> Collection[str]:
        items = {item.id for item in self.bank.items.values() if item.is_live and item.competence in self.competences}
        items |= {then_id(item) for item in items if self.bank.items[item].competence in self.looks_back}
        items |= {goal_id(number + 1) for number in range(self.goals)}
        items |= set(self.checks)
        if self.uses_terms:
            items |= set(self.terms)
        return items | {matters_id(code) for code in self.competences} if self.asks_matters else items

"""The coordinator's report on the assessments of a programme: figures for a group, never for a person."""

from collections.abc import Sequence

from ..content.instrument import shipped
from ..data import Place
from ..domain.assessment.bank import Form
from ..domain.assessment.careless import is_careless
from ..domain.assessment.cohort import CohortFigures, Member, Reading, figures
from ..domain.assessment.summary import Summary
from ..domain.states import Role
from ..models import Attempt
from .rounds import instrument_of


def cohort_report(place: Place) -> CohortFigures:
    """The figures on everybody who handed in as a mentee. One query.

    Scores of two banks are never mixed: where people began with different ones, the report is about the bank, in its
    major version, of the newest start round.
    """
    attempts = list(
        Attempt.objects.filter(
            participant__programme__context_key=place.context_key,
            participant__programme__slug=place.slug,
            participant__role=Role.MENTEE,
            submitted_at__isnull=False,
        )
        .select_related("participant")
        .order_by("submitted_at", "pk")
    )
    starts = _of_one_bank([attempt for attempt in attempts if attempt.phase == "start"])
    bank = instrument_of(starts[-1]).bank if starts else shipped().bank
    ends = {attempt.repeats_id: attempt for attempt in attempts if attempt.repeats_id is not None}
    members = {start.pk: _member(start, ends.get(start.pk)) for start in starts}
    return figures(bank, [*members.values()], [members[pk] for pk in ends if pk in members])


def _of_one_bank(starts: Sequence[Attempt]) -> Sequence[Attempt]:
    names = [(attempt.bank, attempt.bank_version.partition(".")[0]) for attempt in starts]
    return [attempt for attempt, name in zip(starts, names, strict=True) if name == names[-1]]


def _member(start: Attempt, end: Attempt | None) -> Member:
    return Member(
        start=_reading(start),
        end=_reading(end) if end else None,
        topics=tuple(start.topics),
        group=start.participant.department.strip(),
    )


def _reading(attempt: Attempt) -> Reading:
    return Reading(Summary.from_json(attempt.scores), Form(attempt.form), is_careless(attempt.careless))

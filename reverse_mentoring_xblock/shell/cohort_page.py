"""The coordinator's report on a group, in words and numbers with their n; and the same as a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..domain.assessment.bank import LEVELS
from ..domain.assessment.cohort import CohortFigures
from ..domain.disclosure import BATCH, FLOOR, Estimate
from .spreadsheet import csv_lines

Words = Mapping[str, str]
COLUMNS = ("figure", "of", "people", "mean", "low", "high", *LEVELS)


@dataclass(frozen=True)
class Mean:
    """A mean with its interval, in whole points, and the number of people behind it."""

    name: str
    n: int
    mean: str
    low: str
    high: str
    levels: tuple[int, ...] = ()


def cohort_page(found: CohortFigures, words: Words) -> dict[str, Any]:
    """Everything on the page. Below ten people there is one plain sentence instead of figures."""
    gain = found.gain
    return {
        "people": found.people,
        "both": found.both,
        "careless": found.careless,
        "floor": FLOOR,
        "batch": BATCH,
        "has_start": found.start is not None,
        "level_names": [words[f"level.{name}.name"] for name in LEVELS],
        "start": [
            _mean(words[f"area.{area}.name"], spread.estimate, tuple(spread.levels.values()))
            for area, spread in (found.start or {}).items()
        ],
        "overall": _mean(_("All areas together"), found.overall) if found.overall else None,
        "groups": [_mean(name, mean) for name, mean in found.groups.items()],
        "hidden_groups": found.hidden_groups,
        "has_gain": gain is not None,
        "gain": _gains(found, words),
        "verdict": _verdict(gain.difference) if gain and gain.difference else "",
        "scenarios": tuple(round(share * 100) for share in gain.scenarios) if gain and gain.scenarios else (),
    }


def cohort_file(found: CohortFigures) -> Iterable[bytes]:
    """The same figures for a spreadsheet: one line a figure, whole points, codes in place of names of areas."""
    return csv_lines(COLUMNS, _file_rows(found))


def _file_rows(found: CohortFigures) -> Iterable[tuple[object, ...]]:
    yield ("handed in", "start round", found.people)
    yield ("handed in", "both rounds", found.both)
    yield ("left out as careless", "", found.careless)
    for area, spread in (found.start or {}).items():
        yield (*_cells("start", f"area {area}", spread.estimate), *spread.levels.values())
    if found.overall:
        yield _cells("start", "overall", found.overall)
    for name, mean in found.groups.items():
        yield _cells("start", f"department {name}", mean)
    if found.gain is None:
        return
    for name, mean in _gain_parts(found):
        yield _cells("change", name, mean)
    if found.gain.scenarios:
        before, after = found.gain.scenarios
        yield ("scenarios answered rightly, per cent", "start", "", round(before * 100))
        yield ("scenarios answered rightly, per cent", "end", "", round(after * 100))


def _cells(figure: str, of: str, mean: Estimate) -> tuple[object, ...]:
    return (figure, of, mean.n, round(mean.mean), round(mean.low), round(mean.high))


def _gain_parts(found: CohortFigures) -> Iterable[tuple[str, Estimate]]:
    gain = found.gain
    if gain is None:
        return
    parts = {
        "overall": gain.overall,
        **{f"area {area}": mean for area, mean in gain.areas.items()},
        "topics": gain.targeted,
        "other skills": gain.untargeted,
        "topics less other skills": gain.difference,
    }
    yield from ((name, mean) for name, mean in parts.items() if mean is not None)


def _gains(found: CohortFigures, words: Words) -> list[Mean]:
    names = {
        "overall": _("All areas together"),
        "topics": _("Skills that were topics, above the corrected start"),
        "other skills": _("All other skills, above the corrected start"),
        "topics less other skills": _("The first less the second"),
    }
    return [
        _mean(names[name] if name in names else words[f"{name.replace(' ', '.')}.name"], mean, is_change=True)
        for name, mean in _gain_parts(found)
    ]


def _mean(name: str, mean: Estimate, levels: tuple[int, ...] = (), *, is_change: bool = False) -> Mean:
    shape = "%+d" if is_change else "%d"
    mid, low, high = (shape % round(number) for number in (mean.mean, mean.low, mean.high))
    return Mean(name, mean.n, mid, low, high, levels)


def _verdict(difference: Estimate) -> str:
    """What the comparison with the untrained skills allows to say."""
    if difference.low > 0:
        return _("Topics gained more than the skills nobody worked on, by more than chance would explain.")
    if difference.high < 0:
        return _("Topics gained less than the skills nobody worked on.")
    return _("Topics and the skills nobody worked on cannot be told apart: no effect of the sessions is shown yet.")

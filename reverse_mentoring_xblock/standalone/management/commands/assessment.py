"""Score a file of answers, as the blocks do: for checking by hand, for research, for people who took theirs along."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ....content.bank_on_disk import open_bank
from ....content.loading import load_bank
from ....content.located import ContentError
from ....domain.assessment.bank import Bank
from ....domain.assessment.calibration import Calibration
from ....domain.assessment.interchange import PARTS, RESULTS, Unusable, scored
from ....shell.assessment_review import sureness_words


class Command(BaseCommand):
    """``reverse-mentoring assessment score``"""

    help = "Work with answers to the self-assessment: score a file of them."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        score = acts.add_parser("score", help="print the scores of a file of answers as JSON")
        score.add_argument(
            "--answers", type=Path, required=True, help="the answers, in JSON, such as a person's own export"
        )
        score.add_argument("--bank", type=Path, help="the bank that they answer; without it, that of the package")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["answers"]
        try:
            kept = _with_start(file, _read(file))
            found = scored(_bank(options["bank"]), kept)
        except Unusable as error:
            raise CommandError(f"{file}: {error}") from error
        for part in sorted(kept.keys() - {*PARTS, *RESULTS}):
            self.stderr.write(f"{file}: {part}: this part is not used")
        sure = found["calibration"]
        sure["words"] = sureness_words(Calibration(**sure, brier=None)) or None
        self.stdout.write(json.dumps(_rounded(found), indent=2, ensure_ascii=False))


def _bank(file: Path | None) -> Bank:
    if file is None:
        return load_bank()
    try:
        return open_bank(file).bank
    except ContentError as error:
        raise CommandError(f"{error} (bank check tells the rest)") from error


def _with_start(file: Path, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, with the start round read from its own file where they only name it."""
    start = kept.get("start")
    if not isinstance(start, str):
        return dict(kept)
    try:
        return {**kept, "start": _read(file.parent / start)}
    except Unusable as error:
        raise Unusable(f"start: {start}: {error}") from error


def _read(file: Path) -> Mapping[str, Any]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Unusable(f"the file cannot be read: {error.strerror}") from error
    except json.JSONDecodeError as error:
        raise Unusable(f"not JSON: {error.msg} in line {error.lineno}") from error
    except ValueError as error:
        raise Unusable("the file is not text in UTF-8") from error
    if not isinstance(kept, Mapping):
        raise Unusable("a mapping with answers is expected")
    return kept


def _rounded(value: Any) -> Any:
    """Numbers to one decimal: here, where they are printed, and nowhere before."""
    if isinstance(value, float):
        return round(value, 1) + 0.0  # no minus before a zero
    if isinstance(value, Mapping):
        return {name: _rounded(part) for name, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list | tuple) else value

"""Check a question bank, take its texts to a spreadsheet and back, write its competences as a taxonomy."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ....content.bank_editing import reworded
from ....content.bank_on_disk import WrittenBank, open_bank
from ....content.instrument import overdue
from ....content.located import ContentError
from ....domain.assessment.bank import Check, Item, Term
from ....shell.spreadsheet import MARK
from ...bank_sheet import sheet_csv, words_in_sheet
from ...taxonomy import taxonomy_csv

SHIPPED = Path(__file__).resolve().parents[3] / "content" / "bank" / "bank.yaml"
_BANK = "bank.yaml with a folder i18n beside it, or one file that holds its words itself"


class Command(BaseCommand):
    """``reverse-mentoring bank check | to-csv | from-csv | taxonomy``"""

    help = "Work with a question bank: check it, translate it in a spreadsheet, export its competences."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        check = acts.add_parser("check", help="say everything that is wrong with a bank, or what is in it")
        check.add_argument("file", type=Path, help=_BANK)
        out = acts.add_parser(
            "to-csv", help="write all texts of a bank as a table: one row a text, one column a language"
        )
        out.add_argument("file", type=Path, help=_BANK)
        out.add_argument("--out", type=Path, required=True, help="the table to write")
        back = acts.add_parser("from-csv", help="make a bank with the texts of such a table")
        back.add_argument("table", type=Path, help="the table, as a spreadsheet program has saved it")
        back.add_argument("--bank", type=Path, required=True, help="the bank whose structure stays: " + _BANK)
        back.add_argument("--out", type=Path, required=True, help="the bank to write, in the form of the other")
        tree = acts.add_parser("taxonomy", help="write areas and competences as a taxonomy for import in Studio")
        tree.add_argument("--out", type=Path, required=True, help="the file to write")
        tree.add_argument("--bank", type=Path, default=SHIPPED, help="a bank; without it, that of the package")
        tree.add_argument("--language", help="the language of the names; without it, the bank's first")

    def handle(self, *args: Any, **options: Any) -> None:
        acts: dict[str, Callable[[dict[str, Any]], None]] = {
            "check": self._check,
            "to-csv": self._to_csv,
            "from-csv": self._from_csv,
            "taxonomy": self._taxonomy,
        }
        try:
            acts[options["act"]](options)
        except ContentError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise SystemExit(1) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def _check(self, options: dict[str, Any]) -> None:
        for line in _summary(open_bank(options["file"])):
            self.stdout.write(line)

    def _to_csv(self, options: dict[str, Any]) -> None:
        written = open_bank(options["file"])
        options["out"].write_text(MARK + sheet_csv(written), encoding="utf-8", newline="")
        languages = ", ".join(written.words)
        self.stdout.write(f"Wrote {len(written.keys)} texts in {languages} to {options['out']}.")

    def _from_csv(self, options: dict[str, Any]) -> None:
        written, out = open_bank(options["bank"]), options["out"]
        words = words_in_sheet(str(options["table"]), options["table"].read_bytes(), written)
        after = reworded(written, words)
        _check_free(after, out)
        after.files.write_to(out)
        self.stdout.write(f"Wrote {out}: {_changes(written, after)}.")

    def _taxonomy(self, options: dict[str, Any]) -> None:
        written = open_bank(options["bank"])
        language = options["language"] or written.source
        if language not in written.words:
            raise CommandError(f"This bank has no words in {language}. It has: {', '.join(written.words)}.")
        options["out"].write_text(taxonomy_csv(written, language), encoding="utf-8", newline="")
        areas, competences = len(written.bank.areas), len(written.bank.competences)
        self.stdout.write(f"Wrote {areas} areas and {competences} competences to {options['out']}.")


def _summary(written: WrittenBank) -> Iterator[str]:
    bank = written.bank
    yield f"{bank.id} {bank.version} can be used."
    kinds: dict[str, Mapping[str, Item | Check | Term]] = {
        "self items": bank.items,
        "scenarios": bank.checks,
        "terms": bank.terms,
    }
    for kind, entries in kinds.items():
        counted = Counter(entry.status for entry in entries.values())
        yield f"{kind}: " + (", ".join(f"{number} {status}" for status, number in counted.items()) or "none")
    for language, texts in written.words.items():
        have = sum(key in texts for key in written.asked)
        yield f"language {language}: {have} of {len(written.asked)} texts, {_percent(have, len(written.asked))}"
    late = overdue(bank, timezone.localdate())
    if late:
        yield f"warning: the review date has passed for {len(late)}: {', '.join(late)}"
    for language, texts in written.words.items():
        idle = [key for key in texts if key not in written.asked]
        if idle:
            yield f"warning: nothing asks for these texts in {language}: {', '.join(idle)}"


def _percent(part: int, whole: int) -> str:
    """Rounded down: 100 % only for everything."""
    return f"{100 * part // whole} %"


def _changes(before: WrittenBank, after: WrittenBank) -> str:
    told = []
    for language, texts in after.words.items():
        old = before.words.get(language)
        if old is None:
            told.append(f"new language {language} with {len(texts)} texts")
        elif old != texts:
            changed = sum(old.get(key) != texts.get(key) for key in {**old, **texts})
            told.append(f"{changed} texts changed in {language}")
    return ", ".join(told) or "nothing changed"


def _check_free(written: WrittenBank, out: Path) -> None:
    """Words of another bank that lie where these go would become part of it."""
    if written.files.is_one_file:
        return
    mine = {f"{language}.yaml" for language in written.words}
    others = sorted(file.name for file in (out.parent / "i18n").glob("*.yaml") if file.name not in mine)
    if others:
        raise CommandError(f"{out.parent / 'i18n'} holds words of other languages: {', '.join(others)}.")

"""Import the statements of DigComp from the file that the European Commission publishes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...content.digcomp_file import NotASupplement, read_supplement
from ...content.loading import bank_words
from ...services.replacing_statements import replace_statements


class Command(BaseCommand):
    """``./manage.py lms import_digcomp FILE``, or ``reverse-mentoring import_digcomp FILE``"""

    help = (
        "Store what DigComp 3.0 says about each competence, from its JSON-LD data supplement; reports then show it. "
        "What was imported before is replaced."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the data supplement as published, a file that ends in .jsonld")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            supplement = read_supplement(file.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is not text in UTF-8.") from error
        except NotASupplement as error:
            raise CommandError(str(error)) from error
        replace_statements(supplement)
        self.stdout.write(
            f"Stored {len(supplement.competences)} competences and {len(supplement.statements)} statements."
        )
        self.stdout.write(bank_words("en")["attribution"])

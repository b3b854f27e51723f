"""Fill the site with the invented people of Brannock Water."""

from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from ....data import Place
from ....services.joining import open_programme
from ...demo.calendar import Calendar
from ...demo.cast import CAST, COORDINATORS, PEOPLE
from ...demo.clearing import demo_accounts, forget_demo
from ...demo.crowd import crowd
from ...demo.gradebook import Gradebook
from ...demo.making import Maker, PickSheet
from ...demo.plan import PersonPlan
from ...demo.sheets import POOL, Sheet, a_sheet, pool
from ...models import Course

PROGRAMME = "main"


class Command(BaseCommand):
    """``reverse-mentoring demo --people N``"""

    help = "Make invented people in every state of the programme. Safe to run again: it leaves them as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=len(PEOPLE), help="how many mentors and mentees")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same people")
        parser.add_argument("--course", default="", help="course key; without it the first course")
        parser.add_argument("--again", action="store_true", help="delete the demo's people and make them anew")

    def handle(self, *args: Any, **options: Any) -> None:
        people = options["people"]
        if not 0 <= people <= 1_000_000:
            raise CommandError("--people: give a whole number from 0 to 1000000.")
        course = _course(options["course"])
        there = demo_accounts().count()
        if there and not options["again"]:
            self.stdout.write(f"The demo is there already, with {there} accounts. Use --again to make it anew.")
        else:
            forget_demo(lambda gone: self._tell(f"Deleted {gone} of {there} accounts"))
            self._make(course, people, options["seed"])
        self._say_who()

    def _make(self, course: Course, people: int, seed: int) -> None:
        maker = Maker(
            programme=open_programme(Place(course.key, PROGRAMME)),
            calendar=Calendar.of(timezone.now()),
            gradebook=Gradebook.of(course, PROGRAMME),
            seed=seed,
            pick=_picker(seed),
        )
        maker.coordinators()
        made = maker.make(CAST.first(people)) if people else 0
        for chunk in crowd(seed, people - len(PEOPLE)):
            made += maker.make(chunk)
            self._tell(f"Made {made} of {people} people")
        self.stdout.write(f"Made {made} people in {course.title}.")

    def _tell(self, progress: str) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{progress}", ending="")

    def _say_who(self) -> None:
        names = ", ".join(f"{first} {last}" for first, last, *_rest in COORDINATORS)
        self.stdout.write(f"Coordinators: {names}. Mentors and mentees: see /people.")
        if not settings.DEMO_MODE:
            self.stdout.write("Nobody can sign in as them now: set RM_DEMO=1 for a site that is only a demo.")


def _course(key: str) -> Course:
    if not key:
        course = Course.objects.first()
        if course is None:
            raise CommandError("There is no course yet. Load one: reverse-mentoring load_course FOLDER")
        return course
    try:
        return Course.objects.get(key=CourseKey.from_string(key))
    except InvalidKeyError as error:
        raise CommandError(f"{key} is not a course key.") from error
    except Course.DoesNotExist as error:
        raise CommandError(f"There is no course {key} on this site.") from error


def _picker(seed: int) -> PickSheet:
    """The cast answers for itself; the others draw from a pool, so that a large demo is made in minutes."""
    drawn = pool(seed)

    def pick(person: PersonPlan, rng: Random) -> Sheet:
        if person.weak or person.strong:
            return a_sheet(rng, person.role, person.weak, person.strong)
        return drawn(person.role, rng.randrange(POOL))

    return pick

"""Match the people of a file, or check a result."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ....content.loading import load_bank
from ....domain.matching import Flaw, Limit, Outcome, Policy, Round, forecast, outcome_of, outlook
from ...matching_files import forecast_file
from ...matching_files.checking import flaws_of
from ...matching_files.heads import heads_of, is_heads
from ...matching_files.people_file import Roster, read_people
from ...matching_files.policy_file import read_policy
from ...matching_files.refusals import Refused
from ...matching_files.result_file import read_result, written
from ...matching_files.scores_file import MOST_PEOPLE, scores

FLAWED, REFUSED = 1, 2
NOBODY = "Name the file with the people, or head counts: --simulate 40x60"


class Command(BaseCommand):
    """``reverse-mentoring match people.csv --out result.json``"""

    help = "Match the people of a file as well as can be, with a proof; or check a result (docs: match-command)."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("people", type=Path, nargs="?", help="people.csv: a line for each person and role")
        parser.add_argument("--policy", type=Path, help="policy.yaml: rules and weights other than the usual")
        parser.add_argument("--out", type=Path, help="where to write the result, as JSON")
        parser.add_argument("--scores", type=Path, help=f"write every permitted pair, up to {MOST_PEOPLE} people")
        parser.add_argument("--verify", type=Path, metavar="RESULT", help="check a result instead of matching")
        parser.add_argument(
            "--simulate", nargs="?", const="", metavar="40x60", help="a forecast of the file, or of invented people"
        )
        parser.add_argument("--departments", type=int, help="of the invented people (6)")
        parser.add_argument("--sites", type=int, help="of the invented people (2)")
        parser.add_argument("--languages", type=int, help="working languages of the invented people (2)")
        parser.add_argument("--capacity", type=float, help="mentees for each invented mentor, on average (1.5)")
        parser.add_argument("--seed", type=int, default=1, help="decides among equally good answers (1)")
        parser.add_argument("--seconds", type=float, help="stop then, with the best so far and a bound")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            policy = read_policy(options["policy"], timezone.now().date())
            if options["simulate"] is not None:
                self._simulate(policy, options)
                return
            if not options["people"]:
                raise CommandError(NOBODY, returncode=REFUSED)
            roster = read_people(options["people"])
            if options["verify"]:
                self._verify(options["verify"], roster, policy)
            else:
                self._match(roster, policy, options)
        except Refused as refused:
            raise CommandError(str(refused), returncode=REFUSED) from refused

    def _simulate(self, policy: Policy, options: dict[str, Any]) -> None:
        """A forecast: of the people in a file, which may stand on either side of the option, or of invented ones."""
        if options["verify"] or options["scores"]:
            raise CommandError("A forecast has no result to check and no scores to write.", returncode=REFUSED)
        said, seed = options["simulate"], options["seed"]
        if is_heads(said):
            more = {name: options[name] for name in ("departments", "sites", "languages", "capacity")}
            of = outlook(heads_of(said, **more), load_bank().competences, policy, seed)
            found, names = of.forecast, {}
        else:
            path = options["people"] or (Path(said) if said else None)
            if not path:
                raise CommandError(NOBODY, returncode=REFUSED)
            roster = read_people(path)
            of, names = None, roster.names
            found = forecast(roster.mentors, roster.mentees, policy, seed, by_measure=True)
        if options["out"]:
            options["out"].write_text(forecast_file.written(found, seed, policy, names, of), encoding="utf-8")
        self.stdout.write(forecast_file.told(found, of))

    def _verify(self, path: Path, roster: Roster, policy: Policy) -> None:
        flaws = list(flaws_of(read_result(path, roster), roster, policy))
        if flaws:
            raise CommandError("\n".join(flaws), returncode=FLAWED)
        waiting = " or more of those who have waited, or as many of both" if policy.waiting_first else ", or as many"
        self.stdout.write(f"Nothing is wrong: no other choice matches more people{waiting} for more points.")

    def _match(self, roster: Roster, policy: Policy, options: dict[str, Any]) -> None:
        if not options["out"]:
            raise CommandError("Say where the result goes: --out result.json", returncode=REFUSED)
        people = len(roster.names)
        if options["scores"] and people > MOST_PEOPLE:
            raise CommandError(f"--scores lists up to {MOST_PEOPLE} people; these are {people}.", returncode=REFUSED)
        round_ = Round(roster.mentors, roster.mentees, policy, options["seed"])
        seconds = options["seconds"]
        outcome = outcome_of(round_, Limit(seconds, time.monotonic) if seconds else None)
        _refuse_unproved(outcome, is_limited=bool(seconds))
        options["out"].write_text(written(outcome, roster, policy), encoding="utf-8")
        if options["scores"]:
            options["scores"].write_text(scores(round_, roster), encoding="utf-8")
        self.stdout.write(_told(outcome))


def _refuse_unproved(outcome: Outcome, is_limited: bool) -> None:
    """Without a limit there is a proof. With one it may be missing, but no pair may be wrong and no price beaten."""
    open_ends = {Flaw.TOTAL_OFF_BOUND, Flaw.MORE_POSSIBLE, Flaw.MORE_WAITING} if is_limited else set()
    flaws = {violation.flaw for violation in outcome.violations} - open_ends
    if flaws:
        raise CommandError(f"The answer did not pass its check ({', '.join(sorted(flaws))}); nothing was written.")


def _told(outcome: Outcome) -> str:
    numbers = f"{outcome.matched} pairs, {outcome.total} points, {len(outcome.left_out)} people without a partner."
    if outcome.certified:
        return f"{numbers} Proved best."
    return f"{numbers} Not proved best in the time given: with as many pairs no choice has more than {outcome.bound}."

"""The match command: what it writes, that others can check it, and what it refuses."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from scipy.optimize import linear_sum_assignment

from reverse_mentoring_xblock.domain.matching import Violation
from reverse_mentoring_xblock.standalone.management.commands import match

GOLDEN = Path(__file__).parent.parent / "domain" / "matching" / "golden"
OFFICE, CROWD, SCARCE = (GOLDEN / name for name in ("office", "crowd", "scarce"))


@pytest.fixture
def out(tmp_path):
    return tmp_path / "result.json"


def run(folder, *arguments, people=None):
    said = io.StringIO()
    call_command("match", people or folder / "people.csv", *arguments, policy=folder / "policy.yaml", stdout=said)
    return said.getvalue()


def refused(*arguments, **options):
    with pytest.raises(CommandError) as error:
        run(*arguments, **options)
    return error.value.returncode, str(error.value)


class TestMatching:
    def test_a_result_says_who_why_and_how_well(self, out):
        assert "Proved best." in run(OFFICE, "--out", str(out))
        result = json.loads(out.read_text())
        assert result["certified"]
        assert result["matched"] == len(result["pairs"])
        assert result["total"] == result["bound"] == sum(pair["utility"] for pair in result["pairs"])
        for pair in result["pairs"]:
            assert pair["utility"] == sum(pair["reasons"]["points"].values())
            assert "reporting_line" in pair["reasons"]["rules_kept"]
        people = {pair["mentee"] for pair in result["pairs"]} | {one["person"] for one in result["unmatched"]}
        assert {"olga", "nils", "otto", "petra", "rosa", "sven", "tara", "uwe"} <= people
        (uwe,) = [one for one in result["unmatched"] if one["person"] == "uwe"]
        assert (uwe["reason"]["why"], uwe["reason"]["rule"]) == ("no_partner", "language")

    def test_nothing_private_is_named(self, out):
        run(OFFICE, "--out", str(out))
        reasons = [one["reason"] for one in json.loads(out.read_text())["unmatched"]]
        assert "avoid" not in json.dumps(reasons)
        assert "veto" not in json.dumps(reasons)

    def test_people_who_compete_are_listed_once(self, out):
        run(SCARCE, "--out", str(out))
        result = json.loads(out.read_text())
        competing = [one for one in result["unmatched"] if one["reason"]["why"] == "competition"]
        assert len(competing) > len(result["competitions"]) > 0
        for one in competing:
            group = result["competitions"][one["reason"]["competition"]]
            assert one["person"] in group["rivals"]
            assert group["sought"] > group["places"]

    def test_the_scores_lead_another_solver_to_the_same_total(self, out, tmp_path):
        scores = tmp_path / "scores.csv"
        run(CROWD, "--out", str(out), "--scores", str(scores))
        with (CROWD / "people.csv").open() as file:
            room = {row["person"]: int(row["capacity"]) for row in csv.DictReader(file) if row["role"] == "mentor"}
        with scores.open() as file:
            lines = list(csv.DictReader(file))
        mentees = sorted({line["mentee"] for line in lines})
        places = [mentor for mentor, places in room.items() for _ in range(places)]
        worth = {(line["mentor"], line["mentee"]): int(line["utility"]) for line in lines}
        bonus = 10**9
        table = np.array([[bonus + worth[m, e] if (m, e) in worth else 0 for m in places] for e in mentees])
        best = table[linear_sum_assignment(table, maximize=True)].sum()
        result = json.loads(out.read_text())
        assert divmod(int(best), bonus) == (result["matched"], result["total"])

    def test_the_seed_decides_and_is_kept(self, out):
        texts = []
        for seed in (1, 1, 2):
            run(CROWD, "--out", str(out), "--seed", str(seed))
            texts.append(out.read_text())
        assert texts[0] == texts[1] != texts[2]
        assert json.loads(texts[2])["seed"] == 2

    def test_a_time_limit_that_is_too_short_is_admitted(self, out):
        said = run(CROWD, "--out", str(out), "--seconds", "1e-9")
        result = json.loads(out.read_text())
        assert "Not proved best in the time given" in said
        assert not result["certified"]
        assert result["bound"] > result["total"]

    def test_bad_files_are_refused_and_nothing_is_written(self, out, tmp_path):
        bad = tmp_path / "people.csv"
        bad.write_text("person,role,level\na,mentor,x\nb,coach,1\n")
        code, text = refused(OFFICE, "--out", str(out), people=bad)
        assert (code, len(text.splitlines())) == (2, 2)
        assert not out.exists()

    def test_without_a_place_for_the_result(self):
        assert refused(OFFICE)[0] == 2

    def test_scores_of_too_many_people_are_refused(self, out, tmp_path, monkeypatch):
        monkeypatch.setattr(match, "MOST_PEOPLE", 10)
        code, text = refused(OFFICE, "--out", str(out), "--scores", str(tmp_path / "s.csv"))
        assert (code, text) == (2, "--scores lists up to 10 people; these are 14.")
        assert not out.exists()

    def test_an_answer_that_does_not_pass_its_check_is_not_written(self, out, monkeypatch):
        right = match.outcome_of

        def wrong(*arguments):
            outcome = right(*arguments)
            return match.Outcome(**{**vars(outcome), "violations": (Violation(match.Flaw.PRICES_BEATEN),)})

        monkeypatch.setattr(match, "outcome_of", wrong)
        code, text = refused(OFFICE, "--out", str(out))
        assert code == 1
        assert "prices_beaten" in text
        assert not out.exists()


class TestChecking:
    @pytest.fixture
    def result(self, out):
        run(SCARCE, "--out", str(out))
        return json.loads(out.read_text())

    def check(self, out, result):
        out.write_text(json.dumps(result))
        return run(SCARCE, "--verify", str(out))

    def test_a_right_result_passes(self, out, result):
        assert "Nothing is wrong" in self.check(out, result)

    @pytest.mark.parametrize(
        ("spoil", "told"),
        [
            (lambda r: r["pairs"].pop(), "matched:"),
            (lambda r: r.update(total=r["total"] - 1), "total:"),
            (lambda r: r.update(bound=r["bound"] + 1), "bound:"),
            (lambda r: r.update(certified=False), "certified:"),
            (lambda r: r["pairs"][0].update(utility=1), "utility:"),
            (lambda r: r["pairs"][0].update(mentor=r["pairs"][-1]["mentor"]), "over_capacity"),
            (lambda r: r["prices"].update(bonus=r["prices"]["bonus"] + 1), "prices_beaten"),
            (lambda r: r["prices"]["mentees"].popitem(), "price_missing"),
            (lambda r: r["prices"]["mentors"].update({next(iter(r["prices"]["mentors"])): -1}), "price_negative"),
            (lambda r: r["witness"].update(mentors=[]), "witness_refuted"),
            (lambda r: r["witness"].update(mentees=[]), "more_possible"),
            (lambda r: r.update(floor=r["floor"] + 5000), "forbidden_pair"),
            (lambda r: r["policy"].update(line_levels=9), "policy: line_levels is 2 here and 9 in the result"),
        ],
    )
    def test_each_part_that_is_spoilt_is_told(self, out, result, spoil, told):
        spoil(result)
        with pytest.raises(CommandError) as error:
            self.check(out, result)
        assert error.value.returncode == 1
        assert told in str(error.value)

    def test_a_result_of_other_people_or_no_result_is_refused(self, out, result):
        assert refused(OFFICE, "--verify", str(out))[0] == 2
        out.write_text("{}")
        assert refused(SCARCE, "--verify", str(out))[0] == 2
        out.write_text("no JSON")
        assert refused(SCARCE, "--verify", str(out))[0] == 2


class TestWaitingFirst:
    """People of a file who have waited, under a policy that lets them come first."""

    @pytest.fixture
    def people(self, tmp_path):
        lines = ["person,role,level,waited,wishes", "m,mentor,1,,new", "old,mentee,4,1,", "new,mentee,4,0,m"]
        (tmp_path / "people.csv").write_text("\n".join(lines))
        return tmp_path

    def matched(self, people, out, policy="waiting_first: true"):
        (people / "policy.yaml").write_text(f"{policy}\nreference_date: 2027-01-11\n")
        run(people, "--out", str(out))
        return json.loads(out.read_text())

    def test_they_come_first_and_the_result_says_so(self, people, out):
        assert self.matched(people, out, "waiting_first: false")["pairs"][0]["mentee"] == "new"
        result = self.matched(people, out)
        assert result["certified"]
        assert result["pairs"][0]["mentee"] == "old"
        assert result["waiting"] == {"1": {"mentees": [], "mentors": []}}
        assert result["prices"]["first"] > 0
        assert [one["reason"]["later"] for one in result["unmatched"]] == [True]
        assert "no other choice matches more people or more of those who have waited" in run(
            people, "--verify", str(out)
        )

    def test_a_search_that_is_stopped_says_that_it_is_not_proved(self, people, out):
        with (people / "people.csv").open("a") as file:
            file.write("\nolder,mentee,4,2,\n")
        (people / "policy.yaml").write_text("waiting_first: true\n")
        assert "Not proved best" in run(people, "--out", str(out), "--seconds", "1e-9")
        assert "more_waiting" in refused(people, "--verify", str(out))[1]

    @pytest.mark.parametrize(
        ("spoil", "told"),
        [
            (lambda r: r["prices"].update(first=r["prices"]["first"] + 1), "total_off_bound"),
            (lambda r: r["waiting"]["1"].update(mentors=["m"]), "more_waiting"),
            (lambda r: r["waiting"]["1"].update(mentees=["old"], mentors=[]), "waiting_refuted"),
            (lambda r: r["pairs"][0].update(mentee="new", utility=1200), "more_waiting"),
            (lambda r: r["policy"].pop("waiting_first"), "policy: waiting_first is True here and False in the result"),
        ],
    )
    def test_each_part_that_is_spoilt_is_told(self, people, out, spoil, told):
        result = self.matched(people, out)
        spoil(result)
        out.write_text(json.dumps(result))
        assert told in refused(people, "--verify", str(out))[1]

    def test_a_result_from_before_there_was_this_rule_passes(self, people, out):
        result = self.matched(people, out, "min_level_gap: 1")
        del result["prices"]["first"], result["waiting"], result["policy"]["waiting_first"]
        out.write_text(json.dumps(result))
        assert "Nothing is wrong" in run(people, "--verify", str(out))


class TestSimulating:
    def simulated(self, *arguments):
        said = io.StringIO()
        call_command("match", *arguments, stdout=said)
        return said.getvalue()

    def test_a_file_is_forecast_as_it_would_be_matched(self, out):
        run(SCARCE, "--out", str(out))
        result = json.loads(out.read_text())
        said = run(SCARCE, "--simulate", "--out", str(out))
        found = json.loads(out.read_text())
        assert found["mentees"]["matched"] == result["matched"]
        waiting = {(one["person"], one["role"], one["why"]) for one in found["people_waiting"]}
        assert waiting == {(one["person"], one["role"], one["reason"]["why"]) for one in result["unmatched"]}
        assert f"{result['matched']} of {found['mentees']['of']} mentees would have a mentor" in said
        assert found["binding"] == {"rule": "capacity", "how": "weaker"}
        assert {topic["topic"] for topic in found["topics"]} == {"1.1", "1.2", "2.1", "3.3", "4.1"}
        assert found["draws"] is None

    def test_the_file_may_stand_on_either_side_of_the_option(self):
        people = str(SCARCE / "people.csv")
        assert self.simulated(people, "--simulate") == self.simulated("--simulate", people)

    def test_nothing_private_is_named_in_a_forecast(self, out):
        said = run(OFFICE, "--simulate", "--out", str(out))
        for text in (said, out.read_text()):
            assert "avoid" not in text
            assert "veto" not in text

    def test_head_counts_make_people_up_and_say_so(self, out):
        said = self.simulated("--simulate", "10x40", "--sites", "1", "--capacity", "2", "--out", str(out))
        found = json.loads(out.read_text())
        assert said.startswith("Invented people. In 20 draws, ")
        assert (found["mentors"]["of"], found["mentees"]["of"], found["mentors"]["places"]) == (10, 40, 20)
        assert found["draws"]["lowest"] <= found["rate"] <= found["draws"]["highest"]
        assert found["draws"]["heads"]["sites"] == 1
        assert found["people_waiting"] == []
        assert sum(group["people"] for group in found["waiting"]) >= 20
        first = out.read_text()
        self.simulated("--simulate", "10x40", "--sites", "1", "--capacity", "2", "--out", str(out))
        assert out.read_text() == first

    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("--simulate",),
            ("--simulate", "0x40"),
            ("--simulate", "10x999999"),
            ("--simulate", "10x40", "--languages", "9"),
            ("--simulate", "10x40", "--capacity", "0.5"),
            ("--simulate", "10x40", "--scores", "s.csv"),
            ("--simulate", "10x40", "--verify", "r.json"),
            ("--simulate", "nobody.csv"),
        ],
    )
    def test_what_cannot_be_simulated_is_refused(self, arguments):
        with pytest.raises(CommandError) as error:
            self.simulated(*arguments)
        assert error.value.returncode == 2

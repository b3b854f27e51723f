"""Reading people.csv and policy.yaml: what each cell means, and every bad one told by line and column."""

from datetime import date

import pytest

from reverse_mentoring_xblock.domain.matching import Mode, Policy, Weights
from reverse_mentoring_xblock.standalone.matching_files.people_file import read_people
from reverse_mentoring_xblock.standalone.matching_files.policy_file import read_policy
from reverse_mentoring_xblock.standalone.matching_files.refusals import Refused

TODAY = date(2027, 1, 11)
WEIGHTS = "cover, department, interests, queue, site, style, wishes"


@pytest.fixture
def people(tmp_path):
    def read(*lines):
        path = tmp_path / "people.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return read_people(path)

    return read


@pytest.fixture
def policy(tmp_path):
    def read(text):
        path = tmp_path / "policy.yaml"
        path.write_text(text, encoding="utf-8")
        return read_policy(path, TODAY)

    return read


def told(call, *arguments):
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return str(refused.value).splitlines()


class TestPeople:
    def test_the_least_that_a_file_holds_takes_harmless_values(self, people):
        roster = people("person,role,level", "a,mentor,1", "b,mentee,4")
        (mentor,), (mentee,) = roster.mentors, roster.mentees
        assert (mentor.level, mentor.capacity, mentor.mode, mentor.time_zone) == (1, 1, Mode.BOTH, "UTC")
        assert mentor.languages == mentee.languages
        assert mentor.windows == tuple((day, 0, 1440) for day in range(7))
        assert mentee.need == mentee.own == {}
        assert mentor.trained
        assert mentor.consent
        assert {roster.names[mentor.id], roster.names[mentee.id]} == {"a", "b"}

    def test_every_column(self, people):
        roster = people(
            "person,role,level,department,site,manager,languages,time_zone,windows,mode,capacity,wishes,avoid,past,"
            "waited,need:1.2,strength:1.2,strength:5.2",
            "a,mentor,1,it,graz,Boss,en;de,Europe/Vienna,mon 09:00-10:30;thu 13:00-24:00,onsite,3,c;d=b,b,d,,,80,55.5",
            "b,mentee,4,,,,en,,,,,,,,2,60,,",
            "c,mentee,4,,,,en,,,remote,1,a,,,0,,,",
            "d,mentee,4,,,,en,,,,,,,,,,,",
        )
        mentor, ids = roster.mentors[0], {name: id_ for id_, name in roster.names.items()}
        assert (mentor.department, mentor.site, mentor.manager) == ("it", "graz", "boss")
        assert mentor.languages == {"en", "de"}
        assert mentor.windows == ((0, 540, 630), (3, 780, 1440))
        assert (mentor.mode, mentor.capacity, mentor.time_zone) == (Mode.ONSITE, 3, "Europe/Vienna")
        assert mentor.wishes == (frozenset({ids["c"]}), frozenset({ids["d"], ids["b"]}))
        assert (mentor.avoid, mentor.past) == (frozenset({ids["b"]}), frozenset({ids["d"]}))
        assert mentor.strength == {"1.2": 80, "5.2": 55.5}
        assert (roster.mentees[0].need, roster.mentees[0].own) == ({"1.2": 60}, {"1.2": 40})
        assert roster.mentees[1].wishes == (frozenset({ids["a"]}),)
        assert [one.waited for one in (mentor, *roster.mentees)] == [0, 2, 0, 0]

    def test_one_human_in_both_roles_is_known_as_one(self, people):
        roster = people("person,role,level", "kim,mentor,1", "kim,mentee,1")
        assert roster.mentors[0].id != roster.mentees[0].id
        assert roster.mentors[0].aliases == roster.mentees[0].aliases

    def test_ids_depend_on_names_alone(self, people):
        first = people("person,role,level", "a,mentor,1", "b,mentee,4").names
        second = people("person,role,level", "z,mentee,4", "b,mentee,9", "a,mentor,2").names
        assert first.items() < second.items()

    def test_a_manager_from_elsewhere_is_fine(self, people):
        assert people("person,role,level,manager", "a,mentor,1,nobody here").mentors[0].manager == "nobody here"

    def test_empty_lines_are_passed_over(self, people):
        assert len(people("person,role,level", "a,mentor,1", ",,", "", "b,mentee,2").names) == 2

    def test_everything_wrong_is_told_at_once(self, people):
        assert told(
            people,
            "person,role,level,time_zone,windows,mode,capacity,wishes,past,languages,need:1.2,strength:1.2",
            "a,mentor,x,Mars/Base,mon 10:00-09:00,phone,99,b;b,zz,,50,101",
            "b,mentee,,UTC,someday,both,2,a;c,a,en,-1,3",
            "a,mentor,1,,,,,,,en,,",
            "d,coach,1,,,,,,,en,,",
            ",mentor,1,,,,,,,en,,",
            "e,mentor",
        ) == [
            "people.csv:2: capacity: 99 is not between 0 and 20",
            "people.csv:2: languages: a language is missing; leave the whole column out if none matters",
            "people.csv:2: level: x is not a whole number",
            "people.csv:2: mode: phone is not one of: remote, onsite, both",
            "people.csv:2: need:1.2: a mentor has no need",
            "people.csv:2: past: zz is no mentee in this file",
            "people.csv:2: strength:1.2: 101 is not between 0 and 100",
            "people.csv:2: time_zone: Mars/Base is not a time zone such as Europe/Berlin",
            "people.csv:2: windows: mon 10:00-09:00 does not end after it begins, on the same day",
            "people.csv:2: wishes: somebody is wished for twice",
            "people.csv:3: capacity: a mentee has one mentor",
            "people.csv:3: level: a value is missing",
            "people.csv:3: need:1.2: -1 is not between 0 and 100",
            "people.csv:3: strength:1.2: a mentee has no strength",
            "people.csv:3: windows: someday is not written like mon 09:00-10:30",
            "people.csv:3: wishes: c is no mentor in this file",
            "people.csv:4: person: a is there already, on line 2",
            "people.csv:5: role: coach is not one of: mentor, mentee",
            "people.csv:6: person: a name without ; and = is expected",
            "people.csv:7: 2 values under 12 columns",
        ]

    def test_more_than_five_wishes(self, people):
        lines = ["person,role,level,wishes", "a,mentor,1,b;c;d;e=f;g", *(f"{name},mentee,3," for name in "bcdefg")]
        assert told(people, *lines) == ["people.csv:2: wishes: more than 5 wishes"]

    def test_columns_missing_unknown_and_twice(self, people):
        assert told(people, "person,role,colour,need:,site,site") == [
            "people.csv:1: colour: this column is not known",
            "people.csv:1: level: this column is missing",
            "people.csv:1: need:: this column is not known",
            "people.csv:1: site: this column is there twice",
        ]

    def test_no_file_and_an_empty_one(self, people, tmp_path):
        assert "cannot be read" in told(read_people, tmp_path / "none.csv")[0]
        assert told(people, "") == ["people.csv:1: the file is empty"]


class TestPolicy:
    def test_without_a_file_it_is_the_usual_one(self):
        assert read_policy(None, TODAY) == Policy(reference_date=TODAY)

    def test_every_number_can_be_set(self, policy):
        found = policy(
            "reference_date: 2027-03-01\nreference_weeks: [0, 10]\nmin_level_gap: 2\nline_levels: 3\n"
            "manager_levels: 2\nmin_shared_minutes: 0\nrequire_training: false\nqueue_rounds: 3\nlift_permille: 5\n"
            "waiting_first: true\n"
            "weights:\n  cover: 5000\n  interests: 4\n  wishes: 2\n  style: 4\n  department: 5\n  site: 6\n  queue: 7\n"
        )
        assert found == Policy(
            reference_date=date(2027, 3, 1),
            reference_weeks=(0, 10),
            min_level_gap=2,
            line_levels=3,
            manager_levels=2,
            min_shared_minutes=0,
            require_training=False,
            queue_rounds=3,
            lift_permille=5,
            waiting_first=True,
            weights=Weights(cover=5000, interests=4, wishes=2, style=4, department=5, site=6, queue=7),
        )

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("line_levels: 0", "policy.yaml:1: line_levels: must be 1 or more"),
            ("manager_levels: 0", "policy.yaml:1: manager_levels: must be 1 or more"),
            ("min_level_gap: 0", "policy.yaml:1: min_level_gap: must be 1 or more"),
            ("queue_rounds: 1\nmin_shared_minutes: x", "policy.yaml:2: min_shared_minutes: x is not a whole number"),
            ("min_shared_minutes: -5", "policy.yaml:1: min_shared_minutes: -5 is below 0"),
            ("colour: 1", "policy.yaml:1: colour: this is no part of a policy"),
            ("reference_date: soon", "policy.yaml:1: reference_date: a date such as 2027-01-11 is expected"),
            ("weights:\n  colour: 1", f"policy.yaml:2: weights: colour is no weight; there are: {WEIGHTS}"),
            ("weights:\n  cover: 9999", "policy.yaml:2: weights: Weights must be 0 or more and at most 10000 together"),
            ("- 1", "policy.yaml:1: a mapping is expected"),
        ],
    )
    def test_what_cannot_be_is_told_by_line(self, policy, text, reason):
        assert told(policy, text) == [reason]

    def test_everything_wrong_is_told_at_once(self, policy):
        assert len(told(policy, "line_levels: 0\ncolour: 1\nqueue_rounds: x")) == 3

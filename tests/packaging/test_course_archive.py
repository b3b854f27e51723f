"""The example course, packed, is what Studio's import reads."""

import importlib.util
import json
import tarfile
from pathlib import Path

import pytest
from lxml import etree
from xblock.core import XBlock

ROOT = Path(__file__).resolve().parent.parent.parent
CONTAINERS = {"course": "chapter", "chapter": "sequential", "sequential": "vertical"}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    spec = importlib.util.spec_from_file_location("pack", ROOT / "examples" / "pack.py")
    packing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(packing)
    folder = tmp_path_factory.mktemp("course")
    with tarfile.open(packing.pack(folder / "course.tar.gz")) as archive:
        archive.extractall(folder, filter="data")
    return folder / "course"


def test_the_archive_has_the_course_at_its_root(unpacked):
    root = etree.parse(unpacked / "course.xml").getroot()
    assert root.tag == "course"
    assert {"org", "course", "url_name"} <= set(root.attrib)
    run = root.get("url_name")
    assert (unpacked / "course" / f"{run}.xml").is_file()
    assert json.loads((unpacked / "policies" / run / "policy.json").read_text())[f"course/{run}"]
    assert json.loads((unpacked / "policies" / run / "grading_policy.json").read_text())["GRADER"]


def walk(folder, pointer):
    path = folder / pointer.tag / f"{pointer.get('url_name')}.xml"
    element = etree.parse(path).getroot() if path.is_file() else pointer
    assert element.tag == pointer.tag
    yield pointer.get("url_name"), element
    if element.tag in (*CONTAINERS, "vertical"):
        for child in element:
            assert CONTAINERS.get(element.tag, child.tag) == child.tag, f"{child.tag} in {element.tag}"
            yield from walk(folder, child)


def test_every_pointer_resolves_and_no_name_is_taken_twice(unpacked):
    found = list(walk(unpacked, etree.parse(unpacked / "course.xml").getroot()))
    names = [(element.tag, name) for name, element in found]
    assert len(names) == len(set(names))
    assert {element.tag for _, element in found} > {"vertical", "html"}


def test_every_block_is_allowed_in_the_course_and_reads_its_settings(unpacked):
    found = list(walk(unpacked, etree.parse(unpacked / "course.xml").getroot()))
    course = next(element for _, element in found if element.tag == "course")
    ours = {element.tag for _, element in found if element.tag.startswith("reverse_mentoring")}
    assert ours == set(json.loads(course.get("advanced_modules")))
    for _, element in found:
        if element.tag in ours:
            fields = XBlock.load_class(element.tag).fields
            unknown = set(element.attrib) - set(fields) - {"url_name"}
            assert not unknown, f"{element.tag}: {unknown}"


def test_what_is_graded_is_in_the_grading_policy(unpacked):
    found = list(walk(unpacked, etree.parse(unpacked / "course.xml").getroot()))
    formats = {element.get("format") for _, element in found if element.get("graded") == "true"}
    (policy,) = unpacked.glob("policies/*/grading_policy.json")
    graders = json.loads(policy.read_text())["GRADER"]
    assert formats == {grader["type"] for grader in graders}
    assert sum(grader["weight"] for grader in graders) == pytest.approx(1)

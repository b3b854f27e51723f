"""Reading the training pack, and refusing a broken one at the right line."""

from pathlib import Path

import pytest

import reverse_mentoring_xblock
from reverse_mentoring_xblock.content import loading
from reverse_mentoring_xblock.content.located import ContentError
from reverse_mentoring_xblock.content.pack_file import read_pack
from reverse_mentoring_xblock.content.words import merged_words
from reverse_mentoring_xblock.domain.states import Role

SHIPPED = Path(reverse_mentoring_xblock.__file__).parent / "content"

PACK = """\
format: reverse-mentoring-training/1
id: small
version: 1.2.3
modules:
  - id: listen
    role: mentor
    minutes: 5
    pages: [why, how]
    check:
      - {id: q1, options: [one, two, three, four], key: two}
  - id: read
    role: mentee
    minutes: 4
    pages: [why]
    check: []
"""


def words_of(needs, **changes):
    """YAML with a word for every key that is needed."""
    found = {**{key: f"words of {key}" for key in needs.everywhere}, **changes}
    return "".join(f'{key}: "{text}"\n' for key, text in found.items() if text)


def write(folder, en):
    (folder / "en.yaml").write_text(en, encoding="utf-8")


def line_of(source, part):
    return source[: source.index(part)].count("\n") + 1


def test_pack():
    pack, needs = read_pack("pack.yaml", PACK)
    listen, read = pack.modules
    assert (listen.id, listen.role, listen.minutes) == ("listen", Role.MENTOR, 5)
    assert listen.pages == ("why", "how")
    assert listen.check[0].options == ("one", "two", "three", "four")
    assert pack.keys == {("listen", "q1"): "two"}
    assert read.check == ()
    assert "listen.page.how.body" in needs.everywhere
    assert "listen.check.q1.feedback.four" in needs.everywhere


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("training/1", "training/9", "is not one of"),
        ("key: two", "key: five", "five is not one of: four, one, three, two"),
        ("key: two", "key: no", "put it in quotes"),
        ("[one, two, three, four]", "[one, one, three, four]", "one is there twice"),
        ("[one, two, three, four]", "[two]", "at least two options"),
        ("pages: [why, how]", "pages: [why, why]", "why is there twice"),
        ("role: mentor", "role: boss", "boss is not one of: mentee, mentor"),
        ("minutes: 5", "minutes: five", "not a whole number"),
        ("id: read", "id: listen", "listen is there twice"),
    ],
)
def test_broken_pack(old, new, reason):
    source = PACK.replace(old, new, 1)
    with pytest.raises(ContentError) as refused:
        read_pack("pack.yaml", source)
    assert reason in refused.value.reason
    at = line_of(source, new) if "listen" not in new else line_of(source, "role: mentee") - 1
    assert refused.value.line == at


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("listen.title", "id: listen"),
        ("listen.page.how.body", "pages:"),
        ("listen.check.q1.stem", "id: q1"),
        ("listen.check.q1.opt.three", "id: q1"),
        ("listen.check.q1.feedback.one", "id: q1"),
    ],
)
def test_training_words_missing(tmp_path, key, place):
    _pack, needs = read_pack("pack.yaml", PACK)
    write(tmp_path, en=words_of(needs, **{key: ""}))
    with pytest.raises(ContentError) as refused:
        merged_words(tmp_path, ("en.yaml",), needs)
    assert key in refused.value.reason
    assert refused.value.line == line_of(PACK, place)


@pytest.mark.parametrize("source", ["[1, 2]", "word", "a: {b: c}", "a: [b]", "a: ", "1: a"])
def test_words_are_a_flat_mapping_of_texts(tmp_path, source):
    _pack, needs = read_pack("pack.yaml", PACK)
    write(tmp_path, en=source)
    with pytest.raises(ContentError, match=r"i18n/en\.yaml:1: "):
        merged_words(tmp_path, ("en.yaml",), needs)


@pytest.mark.skipif(not (SHIPPED / "training/i18n/en.yaml").exists(), reason="not shipped yet")
def test_the_shipped_training():
    pack = loading.load_training_pack()
    assert {module.role for module in pack.modules} == set(Role)
    assert len(pack.keys) == sum(len(module.check) for module in pack.modules)
    assert pack is loading.load_training_pack()
    english = loading.training_words("en")
    for file in (SHIPPED / "training/i18n").glob("*.yaml"):
        assert loading.training_words(file.stem).keys() == english.keys()

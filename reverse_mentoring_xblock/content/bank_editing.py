"""Changing the words of a bank in the text of its files: comments, order and everything unchanged stay as they are.

A value that changes is replaced where it stands. A new one follows the last of its mapping. A mapping that is written
in braces is written anew, on one line.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import yaml

from .bank_on_disk import WORDS, BankFiles, WrittenBank, word_places, written_bank
from .located import Located, parse

Texts = Mapping[str, str]

#: What YAML reads as the end of a line, or refuses, although JSON leaves it as it is.
_UNPRINTABLE = re.compile("[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_IN_A_BLOCK = re.compile("[\u0000-\u0009\u000b-\u001f]|" + _UNPRINTABLE.pattern)
_STEP = "  "


def reworded(written: WrittenBank, words: Mapping[str, Texts]) -> WrittenBank:
    """The bank with exactly these words, all its languages among them; one that it had not is a new part or file.

    Raises ContentError when the bank cannot be used with them, or shares a text that would change between two keys.
    """
    if words == written.words:
        return written
    places = word_places(written.files, [])
    _check_not_shared(places)
    return written_bank(_with_words(written.files, places, words))


def _check_not_shared(places: Mapping[str, Located]) -> None:
    seen: set[int] = set()
    for value in (value for place in places.values() for value in place.fields().values()):
        if id(value.node) in seen:
            value.refuse("a text that keys share by & and * cannot be changed for one of them: write it out for each")
        seen.add(id(value.node))


def _with_words(files: BankFiles, places: Mapping[str, Located], words: Mapping[str, Texts]) -> BankFiles:
    if files.is_one_file:
        text = files.structure
        for language in reversed([tag for tag in places if tag in words]):  # from the end, so that marks stay true
            text = _changed(text, places[language].node, words[language])
        new = {tag: texts for tag, texts in words.items() if tag not in places}
        return replace(files, structure=_with_languages(text, new) if new else text)
    languages = {
        tag: _changed(files.languages[tag], places[tag].node, texts) if tag in places else _new_file(texts)
        for tag, texts in words.items()
    }
    return replace(files, languages=languages)


def _changed(text: str, mapping: yaml.Node, texts: Texts) -> str:
    """``text`` with the values of that mapping changed to ``texts``."""
    assert isinstance(mapping, yaml.MappingNode)  # noqa: S101 - the words of a bank that was read
    written = {key.value: value.value for key, value in mapping.value}
    if written == dict(texts):
        return text
    if mapping.flow_style:
        return _spliced(text, mapping.start_mark.index, mapping.end_mark.index, _braces(texts))
    return _with_entries(text, mapping, texts)


def _with_entries(text: str, mapping: yaml.MappingNode, texts: Texts) -> str:
    written = {key.value for key, _ in mapping.value}
    text = _with_parts(text, mapping, [_entry(key, texts[key], mapping) for key in texts if key not in written])
    for key, value in reversed(mapping.value):  # from the end, so that marks stay true
        end = _end(text, value)
        if key.value not in texts:
            start = key.start_mark.index - key.start_mark.column
            text = _spliced(text, start, _line_end(text, end) + 1, "")
        elif value.value != texts[key.value]:
            is_alone = not text[end : _line_end(text, end)].strip()
            scalar = _scalar(texts[key.value], _indent(mapping) if is_alone else None)
            text = _spliced(text, value.start_mark.index, end, scalar)
    return text


def _with_languages(text: str, new: Mapping[str, Texts]) -> str:
    mapping = parse("", text).field(WORDS).node
    assert isinstance(mapping, yaml.MappingNode)  # noqa: S101 - a bank that was read has a mapping of words
    if mapping.flow_style:
        whole = {key.value: {k.value: v.value for k, v in value.value} for key, value in mapping.value}
        inner = ", ".join(f"{_key(tag)}: {_braces(texts)}" for tag, texts in {**whole, **new}.items())
        return _spliced(text, mapping.start_mark.index, mapping.end_mark.index, f"{{{inner}}}")
    inside = f"\n{_indent(mapping)}{_STEP}"
    parts = []
    for tag, texts in new.items():
        entries = (f"{_key(key)}: {_scalar(value, inside[1:])}" for key, value in texts.items())
        parts.append(f"{_key(tag)}:{inside}" + inside.join(entries))
    return _with_parts(text, mapping, parts)


def _with_parts(text: str, mapping: yaml.MappingNode, parts: Sequence[str]) -> str:
    """``text`` with more entries at the end of a mapping."""
    end = _line_end(text, _end(text, mapping))
    return _spliced(text, end, end, "".join(f"\n{_indent(mapping)}{part}" for part in parts))


def _new_file(texts: Texts) -> str:
    return "".join(f"{_key(key)}: {_scalar(value, '')}\n" for key, value in texts.items())


def _braces(texts: Texts) -> str:
    return "{" + ", ".join(f"{_key(key)}: {_scalar(value)}" for key, value in texts.items()) + "}"


def _entry(key: str, value: str, mapping: yaml.MappingNode) -> str:
    return f"{_key(key)}: {_scalar(value, _indent(mapping))}"


def _key(key: str) -> str:
    """A key as it is, or in quotes where YAML would read something else, such as ``no`` for Norwegian."""
    is_plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9_.-]*", key) and yaml.safe_load(key) == key
    return key if is_plain else _scalar(key)


def _scalar(value: str, indent: str | None = None) -> str:
    """A text in quotes on one line; in a mapping indented by ``indent``, several lines as lines."""
    is_block = indent is not None and "\n" in value and value == value.strip() and not _NOT_IN_A_BLOCK.search(value)
    if is_block:
        return "|-" + "".join(f"\n{indent}{_STEP}{line}" if line else "\n" for line in value.split("\n"))
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _indent(mapping: yaml.MappingNode) -> str:
    return " " * int(mapping.value[0][0].start_mark.column)


def _end(text: str, node: yaml.Node) -> int:
    """Where a value ends, without the empty lines that may follow it."""
    while isinstance(node, yaml.MappingNode) and not node.flow_style:
        node = node.value[-1][1]
    return int(node.start_mark.index) + len(text[node.start_mark.index : node.end_mark.index].rstrip())


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _spliced(text: str, start: int, end: int, part: str) -> str:
    return text[:start] + part + text[end:]

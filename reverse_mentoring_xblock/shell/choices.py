"""What there is to choose from, as HTML. The sign-up form has over a hundred choices, so a template does not make them
one by one."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

Choices = Iterable[tuple[Any, Any]]

_BOX = '<label class="rm-choice"><input type="checkbox" name="{}" value="{}"{}><span>{}</span></label>\n'
_CELL = (
    '<td><label class="rm-choice"><input type="checkbox" name="{}" value="{}"{}>'
    '<span class="rm-hidden">{}</span></label></td>\n'
)
_RADIO = '<label class="rm-choice"><input type="radio" name="{}" value="{}"{}><span>{}</span></label>\n'
_TOPIC = (
    '<div class="rm-topic"><label class="rm-choice">'
    '<input type="checkbox" name="{}" value="{}"{}><span>{}</span></label>'
    '<select id="{}" name="{}" aria-label="{}">{}</select></div>\n'
)
_POINT = (
    '<label class="rm-choice"><input type="radio" name="{}" value="{}"{}>'
    '<span>{}<span class="rm-hidden">{}</span></span></label>\n'
)
_CHECKED, _SELECTED, _NOT = SafeString(" checked"), SafeString(" selected"), SafeString("")
_OPTION = '<option value="{}"{}>{}</option>\n'


def as_boxes(name: str, choices: Choices, ticked: Collection[str] | None) -> SafeString:
    """Boxes to tick, of which several may be ticked."""
    return _inputs(_BOX, name, choices, ticked or ())


def as_cells(name: str, choices: Choices, ticked: Collection[str] | None) -> SafeString:
    """The same as cells of a table, whose headings say to the eye what each is."""
    return _inputs(_CELL, name, choices, ticked or ())


def as_radios(name: str, choices: Choices, chosen: Any) -> SafeString:
    """Choices of which one is taken."""
    return _inputs(_RADIO, name, choices, (str(chosen),))


def as_weighted(name: str, choices: Choices, ticked: Collection[str] | None, weights: Iterable[Any]) -> SafeString:
    """Boxes, each with a list beside it of how much it matters; ``weights`` are the lists' fields in the same order."""
    rows = (
        (
            *(conditional_escape(name), value, _CHECKED if str(value) in (ticked or ()) else _NOT, words),
            *(weight.auto_id, weight.html_name, weight.label, as_options(weight.field.choices, weight.value())),
        )
        for (value, words), weight in zip(choices, weights, strict=True)
    )
    return format_html_join("", _TOPIC, rows)


def as_points(name: str, choices: Choices, chosen: Any) -> SafeString:
    """Points of a scale: a number to the eye, and after it what the number means to those who only hear it."""
    rows = (
        (conditional_escape(name), value, _CHECKED if str(value) == str(chosen) else _NOT, value, f": {words}")
        for value, words in choices
    )
    return format_html_join("", _POINT, rows)


def as_options(choices: Choices, chosen: Any) -> SafeString:
    """The options of a list."""
    wanted = str(chosen)
    rows = ((value, _SELECTED if str(value) == wanted else _NOT, words) for value, words in choices)
    return format_html_join("", _OPTION, rows)


def _inputs(shape: str, name: str, choices: Choices, ticked: Collection[str]) -> SafeString:
    same = conditional_escape(name)
    rows = ((same, value, _CHECKED if str(value) in ticked else _NOT, words) for value, words in choices)
    return format_html_join("", shape, rows)

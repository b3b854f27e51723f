"""Rules of the house that no linter knows."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from xblock.core import XBlock
from xblock.fields import Scope

from reverse_mentoring_xblock.domain.permissions import HANDLERS
from reverse_mentoring_xblock.shell.base import ProgrammeBlock
from reverse_mentoring_xblock.shell.events import NAMES, PREFIX

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "reverse_mentoring_xblock"
MODULES = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = list(PACKAGE.rglob("*.html"))
REFERENCES = ROOT / "docs" / "references"


def functions(tree):
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def is_public_method(function):
    is_property = any(isinstance(d, ast.Name) and d.id == "property" for d in function.decorator_list)
    return not function.name.startswith("_") and not is_property


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_functions_and_classes_stay_small(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 300
    tree = ast.parse(text)
    long = [f.name for f in functions(tree) if f.end_lineno - f.lineno + 1 > 40]
    assert not long, f"functions over 40 lines: {long}"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            public = [f.name for f in node.body if isinstance(f, ast.FunctionDef) and is_public_method(f)]
            handlers = len(HANDLERS.get(f"reverse_mentoring_{path.stem.removesuffix('_block')}", ()))
            assert len(public) - handlers <= 12, f"{node.name}: {public}"


def is_prepared(function):
    return any(isinstance(d, ast.Name) and d.id == "prepared" for d in function.decorator_list)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_question_that_is_written_once_does_not_look_at_the_clock(path):
    prepared = [f for f in functions(ast.parse(path.read_text())) if is_prepared(f)]
    calls = [node.func for f in prepared for node in ast.walk(f) if isinstance(node, ast.Call)]
    names = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
    assert not names & {"now", "today", "localdate", "localtime", "get_language"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_stay_small_and_without_scripts_or_styles(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 80
    if "standalone" not in path.parts:
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", text)


def test_the_script_is_short_and_says_nothing_itself():
    script = (ROOT / "static/reverse_mentoring_xblock/js/reverse_mentoring.js").read_text()
    assert len(script.splitlines()) <= 180
    assert "document.addEventListener" not in script


def test_every_selector_of_the_style_sheet_stays_inside_the_blocks():
    css = (ROOT / "static/reverse_mentoring_xblock/css/reverse_mentoring.css").read_text()
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    for selectors in re.findall(r"([^{}]+)\{", css):
        for selector in re.split(r",(?![^()]*\))", selectors):
            selector = selector.strip()
            assert selector.startswith((".rm", "@media", "[dir=rtl] .rm")), selector
    assert "!important" not in css


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_suppression_gives_its_reason(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if "# noqa" in line:
            assert re.search(r"# noqa: [A-Z0-9, ]+ - \w+", line), f"{path}:{number}"


def test_every_model_says_what_it_holds_of_a_person():
    for label in ("reverse_mentoring", "reverse_mentoring_standalone"):
        for model in apps.get_app_config(label).get_models():
            doc = model.__doc__ or ""
            assert (".. no_pii:" in doc) != (".. pii:" in doc), model.__name__
            if ".. pii:" in doc:
                assert ".. pii_types:" in doc, model.__name__
                assert ".. pii_retirement:" in doc, model.__name__


def test_events_are_documented():
    text = (REFERENCES / "events.md").read_text()
    missing = [name for name in sorted(NAMES) if f"`{PREFIX}{name}`" not in text]
    assert not missing


@pytest.mark.parametrize("block_type", HANDLERS)
def test_blocks_settings_and_handlers_are_documented(block_type):
    settings = (REFERENCES / "settings.md").read_text()
    permissions = (REFERENCES / "permissions.md").read_text()
    assert f"`{block_type}`" in settings
    for name in XBlock.load_class(block_type).editable_fields:
        assert f"`{name}`" in settings, name
    for name in HANDLERS[block_type]:
        assert f"`{name}`" in permissions, name


@pytest.mark.parametrize("block_type", HANDLERS)
def test_what_an_author_sets_and_what_a_person_did_are_kept_apart(block_type):
    block_class = XBlock.load_class(block_type)
    for name, field in block_class.fields.items():
        assert field.scope != Scope.user_state_summary
        if name in block_class.editable_fields:
            assert field.scope in (Scope.settings, Scope.content)


@pytest.mark.parametrize("block_type", HANDLERS)
def test_no_two_parts_of_a_block_have_a_name_in_common(block_type):
    """A part that is mixed in must not take a method of another part's away, private ones included."""
    ours = [c for c in XBlock.load_class(block_type).__mro__ if c.__module__.startswith(PACKAGE.name)]
    owners = {}
    for part in ours:
        for name in vars(part):
            if not name.startswith("__"):
                owners.setdefault(name, []).append(part)
    for name, parts in owners.items():
        for part, other in pairwise(parts):
            is_meant = issubclass(part, other) or other is ProgrammeBlock  # which says what a part may provide
            assert is_meant, f"{name}: {part.__name__} and {other.__name__}"


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) < 120

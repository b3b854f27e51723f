"""The references name everything that there is: fields of a bank, commands and their options."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class

import reverse_mentoring_xblock

REFERENCES = Path(__file__).resolve().parent.parent.parent / "docs" / "references"
CONTENT = Path(reverse_mentoring_xblock.__file__).parent / "content" / "bank"
BANK = (REFERENCES / "digital-skills-bank.md").read_text(encoding="utf-8")
COMMANDS = (REFERENCES / "assessment-commands.md").read_text(encoding="utf-8")
OURS = ("bank", "assessment", "import_digcomp", "assessment_reliability")
SHARED = {
    "help",
    "version",
    "verbosity",
    "settings",
    "pythonpath",
    "traceback",
    "no_color",
    "force_color",
    "skip_checks",
}


def fields(value, *, is_named=True):
    """The names of all fields; under ``sets`` the keys are names that an author gives."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if is_named:
                yield key
            yield from fields(inner, is_named=key != "sets")
    elif isinstance(value, list):
        for inner in value:
            yield from fields(inner)


def test_every_field_of_a_bank_is_described():
    found = set(fields(yaml.safe_load((CONTENT / "bank.yaml").read_text(encoding="utf-8"))))
    assert len(found) > 30
    assert not {field for field in found if f"`{field}`" not in BANK}


def test_every_kind_of_word_is_described():
    keys = yaml.safe_load((CONTENT / "i18n" / "en.yaml").read_text(encoding="utf-8"))
    kinds = {re.sub(r"^([kst])-[^.]+(\.\d)?[^.]*", "<item>", key).split(".")[0] for key in keys}
    assert not {kind for kind in kinds - {"<item>"} if f"`{kind}" not in BANK}
    parts = {key.rpartition(".")[2] for key in keys if key.startswith(("competence.", "t-", "level."))}
    assert not {part for part in parts if f".{part}`" not in BANK}


def options_of(parser):
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for name, inner in action.choices.items():
                yield name
                yield from options_of(inner)
        elif action.dest not in SHARED:
            yield action.option_strings[-1] if action.option_strings else ""


@pytest.mark.parametrize("name", OURS)
def test_every_command_and_option_is_described(name):
    parser = load_command_class(get_commands()[name], name).create_parser("reverse-mentoring", name)
    assert f"{name} " in COMMANDS
    assert not {option for option in options_of(parser) if option not in COMMANDS}

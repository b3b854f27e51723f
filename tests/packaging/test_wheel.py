"""The wheel, installed in a clean environment far from the checkout, holds everything that the platform opens."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

OPENS_EVERYTHING = """
import importlib.resources, json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "reverse_mentoring_xblock.standalone.settings"
import django
django.setup()
import reverse_mentoring_xblock
from xblock.core import XBlock
from reverse_mentoring_xblock.content.loading import bank_words, load_bank, load_training_pack, training_words
from reverse_mentoring_xblock.domain.permissions import HANDLERS
from reverse_mentoring_xblock.shell.rendering import render

assert "site-packages" in reverse_mentoring_xblock.__file__, reverse_mentoring_xblock.__file__
root = importlib.resources.files("reverse_mentoring_xblock")
for block_type in HANDLERS:
    block = XBlock.load_class(block_type)
    for name in ("js/reverse_mentoring.js", "css/reverse_mentoring.css"):
        uri = "reverse_mentoring_xblock/" + name
        with block.open_local_resource(uri) as opened:
            assert opened.read(), uri
        # The platform's finder: the class's module, less its last part, then resources_dir.
        package = block.__module__.rsplit(".", 1)[0]
        found = importlib.resources.files(package).joinpath(block.get_resources_dir()).joinpath(uri)
        assert found.is_file(), found
    for secret in ("content/training/pack.yaml", "reverse_mentoring_xblock/../../content/training/pack.yaml"):
        try:
            block.open_local_resource(secret)
        except Exception as refused:
            assert type(refused).__name__ == "DisallowedFileError", refused
        else:
            raise AssertionError(secret + " is public")
for locale in json.loads(sys.argv[1]):
    for name in ("django.mo", "text.mo"):
        assert root.joinpath("translations", locale, "LC_MESSAGES", name).is_file(), (locale, name)
for template in json.loads(sys.argv[2]):
    assert root.joinpath("templates", template).is_file(), template
for name in ("site.css", "mark.svg"):
    assert root.joinpath("standalone", "static", "standalone", name).is_file(), name
assert load_bank().items and load_training_pack().modules
for language in ("en", "de"):
    assert bank_words(language) and training_words(language)
assert "Sign in" in render("shared/_signed_out.html", {"block": XBlock.load_class("reverse_mentoring")})
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    target = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", target, ROOT], check=True, capture_output=True)
    (found,) = target.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def clean_python(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", f"{wheel}[standalone]"], check=True)
    return python


def templates():
    base = ROOT / "reverse_mentoring_xblock" / "templates"
    return [str(path.relative_to(base)) for path in base.rglob("*.html")]


def locales():
    return [path.name for path in (ROOT / "translations").iterdir() if (path / "LC_MESSAGES").is_dir()]


def test_every_resource_opens_the_platforms_way(clean_python, tmp_path):
    import json

    subprocess.run(
        [clean_python, "-c", OPENS_EVERYTHING, json.dumps(locales()), json.dumps(templates())],
        check=True,
        cwd=tmp_path,
        env={"RM_VAR": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )


def test_the_platform_finds_the_entry_points(clean_python, tmp_path):
    listed = subprocess.run(
        [
            clean_python,
            "-c",
            "from importlib.metadata import distribution;"
            "print(*sorted(f'{e.group}:{e.name}' for e in distribution('reverse-mentoring-xblock').entry_points))",
        ],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    ).stdout.split()
    assert listed == [
        "cms.djangoapp:reverse_mentoring",
        "console_scripts:reverse-mentoring",
        "lms.djangoapp:reverse_mentoring",
        "xblock.v1:reverse_mentoring",
        "xblock.v1:reverse_mentoring_assessment",
        "xblock.v1:reverse_mentoring_journal",
        "xblock.v1:reverse_mentoring_pairing",
        "xblock.v1:reverse_mentoring_training",
    ]


def test_the_site_comes_up_from_the_wheel(clean_python, tmp_path):
    script = clean_python.parent / "reverse-mentoring"
    environment = {"RM_VAR": str(tmp_path), "RM_DEMO": "1", "PATH": "/usr/bin:/bin"}
    example = ROOT / "examples" / "onboarding-course"
    for call in (["migrate"], ["load_course", example], ["demo"], ["check"]):
        subprocess.run([script, *call], check=True, cwd=tmp_path, env=environment, capture_output=True)


def test_the_wheel_holds_no_tests_and_no_published_data(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if name.startswith(("tests/", "examples/")) or name.endswith(".jsonld")]
    assert all(name.startswith(("reverse_mentoring_xblock/", "reverse_mentoring_xblock-")) for name in names)

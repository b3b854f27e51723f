"""A real browser on a real server. Every state that a test stops at is looked at by axe, at 1280 and at 320 px."""

import os
import shutil
from pathlib import Path

import pytest
from hands import Hands

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread that uses the ORM

NAMES = ("chromium", "chromium-browser", "google-chrome")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
PATIENCE = 30_000  # milliseconds: two browsers share a small machine, and waiting costs nothing where all is well
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def _chromium():
    wanted = [os.environ.get("RM_CHROMIUM", ""), *NAMES, *PLACES]
    return next((found for name in wanted if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium():
    """The machine's own Chromium; without one, these tests are skipped, or fail where they are required."""
    path = _chromium()
    if path is None:
        reason = "no Chromium on this machine: apt install chromium, or set RM_CHROMIUM"
        pytest.fail(reason) if os.environ.get("RM_REQUIRE_SERVICES") else pytest.skip(reason)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe():
    """Axe's own script."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


@pytest.fixture
def site(transactional_db, live_server):
    """The site with the example course."""
    from conftest import EXAMPLE

    from reverse_mentoring_xblock.standalone.olx import load_course

    load_course(EXAMPLE)
    return live_server


@pytest.fixture
def hands_of(chromium, axe, site, request):
    """``hands_of(account, keyboard=True, width=320)``: a signed-in person at a page. Page errors fail the test."""
    opened = []

    def open_for(account, *, keyboard=False, width=1280, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale="en-GB", timezone_id="Europe/London", **options
        )
        context.set_default_timeout(PATIENCE)
        hands = Hands(context.new_page(), site.url, axe, keyboard=keyboard)
        if account is not None:
            hands.sign_in(account)
        opened.append((context, hands))
        return hands

    yield open_for
    for context, hands in opened:
        context.close()
        assert not hands.trouble, hands.trouble

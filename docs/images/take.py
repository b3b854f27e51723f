"""Take the pictures of the coordinator's desk anew: ``python docs/images/take.py [ADDRESS]``.

Wants Playwright, a Chromium (``RM_CHROMIUM`` names it) and a demo site that nobody has used since
``reverse-mentoring demo --people 400 --again``. It sends a roster file and proposes a round, and takes both back.
"""

import csv
import io
import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
UNIT = "/units/block-v1:Brannock+RM101+2026+type@vertical+block@unit_partner"
WIDTH, EDGE = 1000, 16
CHANGED = 7
LINES = 60


def main() -> None:
    """Sign in as the coordinator and go through the pages of the how-to."""
    with sync_playwright() as playwright:
        chromium = os.environ.get("RM_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, locale="en-GB", timezone_id="Europe/London")
        page.goto(f"{ADDRESS}/people")
        page.get_by_role("button", name="Sign in as Ingrid").click()
        page.goto(f"{ADDRESS}{UNIT}")
        press(page, "Pairs")
        take(page, "desk-pairs", 760)
        send_roster(page)
        take(page, "desk-roster", 710)
        press(page, "Drop it")
        press(page, "The round")
        press(page, "Propose pairs")
        take(page, "desk-proposal", 1000)
        page.locator("summary", has_text="More, and decide").first.click()
        press(page, "Not this pair")
        take(page, "desk-price", 520)
        press(page, "Go back without saving")
        press(page, "Discard this proposal")
        browser.close()


def send_roster(page: Page) -> None:
    """Send a part of the roster back, with some people moved and one whom nobody knows."""
    press(page, "People")
    page.locator("summary", has_text="Roster file").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download the roster").click()
    sheet = csv.DictReader(coming.value.path().read_text(encoding="utf-8-sig").splitlines())
    rows = [row for row, _number in zip(sheet, range(LINES), strict=False)]
    for row in rows[:CHANGED]:
        row["department"] = "Communications" if row["department"] == "Operations" else "Operations"
    text = io.StringIO()
    out = csv.DictWriter(text, rows[0])
    out.writeheader()
    out.writerows([*rows, {"person": "new.colleague", "role": "mentor"}])
    page.get_by_label("Or paste").fill(text.getvalue())
    press(page, "Show what it changes")


def press(page: Page, name: str) -> None:
    """Press a button and wait for what comes of it."""
    page.get_by_role("button", name=name).first.click()
    page.wait_for_function("!document.querySelector('[data-rm-pending]')", timeout=60_000)
    page.wait_for_timeout(200)


def take(page: Page, name: str, height: int) -> None:
    """The upper part of the block, without what the status line says at the moment."""
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    page.evaluate("document.querySelectorAll('[data-rm-live]').forEach(one => { one.textContent = ''; })")
    box = page.locator("section.rm").bounding_box()
    clip = {"x": box["x"] - EDGE, "y": box["y"] - EDGE / 2, "width": box["width"] + 2 * EDGE, "height": height}
    page.screenshot(path=HERE / f"{name}.png", clip=clip, full_page=True)


if __name__ == "__main__":
    main()

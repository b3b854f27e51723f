"""A person's hands on a page: a mouse, or nothing but a keyboard."""

from django.conf import settings
from django.test import Client
from eyes import Eyes
from playwright.sync_api import expect

from reverse_mentoring_xblock.standalone.models import CourseNode

FARTHEST = 400  # presses of Tab before giving up
SAYING = 60  # milliseconds until the page's script has filled the status line
HERE = "element => element === document.activeElement"
GROUP_STOP = """element => {
  const group = [...element.form.elements[element.name]];
  return group.find(one => one.checked) || group[0];
}"""
#: Where a keyboard is, has to be seen: a ring around it, and not beyond the window.
UNSEEN = """element => {
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  if (box.bottom <= 0 || box.top >= innerHeight) return "beyond the window";
  return style.outlineStyle === "none" || !parseFloat(style.outlineWidth) ? "no ring" : "";
}"""


class Hands:
    """Acts on a page and looks at every state it leaves behind."""

    def __init__(self, page, url, axe, *, keyboard):
        self.page = page
        self.url = url
        self.keyboard = keyboard
        self.eyes = Eyes(page, axe)
        self.look = self.eyes.look
        self.trouble = []
        self.was_refused = False  # whether the person has met a refusal that a walk shows once
        page.on("pageerror", lambda error: self.trouble.append(str(error)))

    # Moving about

    def sign_in(self, account):
        client = Client()
        client.force_login(account)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.url}])

    def visit(self, block_type):
        """Open the unit in which the block stands, and look at it."""
        unit = CourseNode.objects.filter(category=block_type).order_by("pk")[0].parent
        self.open(f"/units/{unit.usage_key}")

    def open(self, path):
        """Open a page of the site, and look at it."""
        self.page.goto(f"{self.url}{path}")
        self.look()

    def follow(self, name, *, exact=True, within=None):
        """Follow a link to another page, and look at it."""
        with self.page.expect_navigation():
            self._press((within or self.page).get_by_role("link", name=name, exact=exact).first)
        self.look()

    def download(self, name):
        """Follow a link to a file; what is in it."""
        with self.page.expect_download() as coming:
            self._press(self.page.get_by_role("link", name=name).first)
        return coming.value.path().read_text(encoding="utf-8-sig")

    # Acting

    def press(self, role, name, *, exact=True, within=None):
        """Press a button, and look at what comes. Wherever it leads, the keyboard is somewhere on the page."""
        target = (within or self.page).get_by_role(role, name=name, exact=exact).first
        self.page.evaluate("window.wasHere = true")
        self._press(target)
        self.settle()
        lost = self.page.evaluate("window.wasHere && document.activeElement === document.body")
        assert not lost, f"after {name} the focus is lost"
        self.look(saying=SAYING)

    def unfold(self, text, within=None):
        """Open a <details>."""
        self._press((within or self.page).locator("summary", has_text=text).first)
        self.look()

    def tick(self, label, *, exact=True, within=None):
        """Choose a radio button or tick a box."""
        target = (within or self.page).get_by_label(label, exact=exact).first
        if not self.keyboard:
            target.check()
        elif target.get_attribute("type") == "radio":
            self._choose_radio(target)
        else:
            self._reach(target)
            if not target.is_checked():
                self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def write(self, label, text, *, exact=False, within=None):
        """Fill a text box, a date, a number or a time. Days are written as 2026-03-04."""
        target = (within or self.page).get_by_label(label, exact=exact).first
        if not self.keyboard:
            target.fill(text)
            return
        self._reach(target)
        kind = target.get_attribute("type")
        if kind == "date":
            self._type_day(target, text)
        elif kind == "time":
            self.page.keyboard.type(text.replace(":", ""))
            if target.input_value() != text:
                self.page.keyboard.type("P" if text > "12" else "A")  # a clock of twelve hours
        else:
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.type(text)
        expect(target).to_have_value(text)

    def choose(self, label, option, *, within=None):
        """Choose from a list."""
        target = (within or self.page).get_by_label(label).first
        if not self.keyboard:
            target.select_option(label=option)
            return
        self._reach(target)
        self.page.keyboard.press("Home")
        for _ in range(target.locator("option").count()):
            if target.evaluate("list => list.selectedOptions[0].label") == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {option}")

    # Looking

    def sees(self, text):
        """Wait until the page shows this text."""
        expect(self.page.locator("main").get_by_text(text).first).to_be_visible()

    def misses(self, text):
        """The page does not show this text."""
        expect(self.page.locator("main").get_by_text(text)).to_have_count(0)

    def settle(self):
        """Wait until no form is on its way."""
        expect(self.page.locator("[data-rm-pending]")).to_have_count(0)

    # How

    def _press(self, target):
        if self.keyboard:
            self._reach(target)
            self.page.keyboard.press("Enter")
        else:
            target.click()

    def _reach(self, target):
        expect(target).to_be_visible()
        self._tab_to(target.element_handle())
        unseen = target.evaluate(UNSEEN)
        assert not unseen, f"{unseen}: the focus is not seen on {target}"

    def _tab_to(self, element):
        for _ in range(FARTHEST):
            if element.evaluate(HERE):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {element}")

    def _choose_radio(self, target):
        """Tab stops once at a group: at the chosen one, or at the first. The arrows do the rest."""
        self._tab_to(target.evaluate_handle(GROUP_STOP).as_element())
        self.page.keyboard.press("Space")
        for _ in range(20):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

    def _type_day(self, target, text):
        """A date box has three parts, in the order of the browser's own language."""
        year, month, day = text.split("-")
        for parts in ((day, month, year), (month, day, year), (year, month, day)):
            self.page.keyboard.type("".join(parts))
            if target.input_value() == text:
                return
            for _ in range(2):
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"cannot type {text} into {target}")

"""A person's hands on a page: a mouse, or nothing but a keyboard."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from reverse_mentoring_xblock.standalone.models import CourseNode

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FARTHEST = 400  # presses of Tab before giving up


class Hands:
    """Acts on a page and looks at every state it leaves behind."""

    def __init__(self, page, url, axe, *, keyboard):
        self.page = page
        self.url = url
        self.axe = axe
        self.keyboard = keyboard
        self.trouble = []
        page.on("pageerror", lambda error: self.trouble.append(str(error)))

    # Moving about

    def sign_in(self, account):
        client = Client()
        client.force_login(account)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.url}])

    def visit(self, block_type):
        """Open the unit in which the block stands, and look at it."""
        unit = CourseNode.objects.get(category=block_type).parent
        self.page.goto(f"{self.url}/units/{unit.usage_key}")
        self.look()

    # Acting

    def press(self, role, name, *, exact=True, within=None):
        """Press a button or open a summary, and look at what comes."""
        target = (within or self.page).get_by_role(role, name=name, exact=exact).first
        self._press(target)
        self.settle()
        self.look()

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
        """Fill a text box, a date, a number or a time."""
        target = (within or self.page).get_by_label(label, exact=exact).first
        if not self.keyboard or target.get_attribute("type") in ("date", "time", "datetime-local"):
            # The parts of a date box are the browser's own; what they hold is set at once.
            self._reach(target) if self.keyboard else None
            target.fill(text)
            return
        self._reach(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    # Looking

    def look(self):
        """Axe finds nothing and nothing is wider than the window, at 1280 px and at 320 px."""
        mine = self.page.viewport_size
        for width in (1280, 320):
            self.page.set_viewport_size({"width": width, "height": 900})
            too_wide = self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert too_wide <= 0, f"{too_wide} px too wide at {width}: {self.page.title()}"
            assert not self._found_by_axe(), f"at {width} px on {self.page.title()}: {self._found_by_axe()}"
        self.page.set_viewport_size(mine)

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
        for _ in range(FARTHEST):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def _choose_radio(self, target):
        """Tab stops once at a group: at the chosen one, or at the first. The arrows do the rest."""
        group = target.evaluate_handle(
            "element => [...element.form.elements[element.name]].find(e => e.checked)"
            " || [...element.form.elements[element.name]][0]"
        ).as_element()
        for _ in range(FARTHEST):
            if group.evaluate("element => element === document.activeElement"):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"Tab never reaches the group of {target}")
        self.page.keyboard.press("Space")
        for _ in range(20):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

    def _found_by_axe(self):
        self.page.evaluate(self.axe)
        found = self.page.evaluate(
            "async rules => (await axe.run({runOnly: {type: 'tag', values: rules}})).violations"
            ".map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))])",
            RULES,
        )
        return found

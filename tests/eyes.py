"""Eyes on a page: what is looked at wherever somebody stops, whatever they use to get there."""

from hashlib import sha256

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 320)
HEIGHT = 900

#: What was looked at in this run and found to be well, so that the same state is not looked at twice.
_seen: set[str] = set()

#: The page as it is for the looking, in two parts: what stands around the blocks, and the blocks themselves. Numbers of
#: rows, tokens and dates make no difference, nor does the status line.
_STATE = """() => {
  const modes = ["(forced-colors: active)", "(prefers-reduced-motion: reduce)"], root = document.documentElement;
  const where = [...modes.map(mode => matchMedia(mode).matches), root.lang, root.dir, document.title].join("|");
  const plain = html => where +
    html.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|value="[^"]{60,}"/g, "").replace(/\\b\\d+\\b/g, "0");
  const around = document.querySelector("main").cloneNode(true);
  around.querySelectorAll("[data-rm-live]").forEach(one => { one.textContent = ""; });
  const blocks = [...around.querySelectorAll("section.rm")].map(one => { one.remove(); return one.outerHTML; });
  const ticked = [...document.querySelectorAll("main input")].map(one => one.checked ? "x" : "");
  return [plain(around.outerHTML), blocks.length ? plain(blocks.concat(ticked).join()) : ""];
}"""
_AXE = """async ([within, rules]) => (await axe.run(within || document, {
    runOnly: {type: "tag", values: rules}, resultTypes: ["violations"], elementRef: false, preload: !within,
  })).violations.map(one => `${one.id} (${one.help}): ` + one.nodes.map(node =>
    `${node.html.slice(0, 160)} [${node.any.concat(node.all, node.none).map(check => check.message).join("; ")}]`
  ).join(", "))"""
_TOO_WIDE = """() => {
  const root = document.documentElement, most = root.clientWidth;
  if (root.scrollWidth <= most) return "";
  const out = [...document.querySelectorAll("body *")].filter(one => {
    const box = one.getBoundingClientRect();
    return (box.right > most + 1 || box.left < -1) && !one.closest(".rm-wide, .wide, .rm-hidden");
  });
  return `${root.scrollWidth - most} px too wide: ` + out.slice(-3).map(one => one.outerHTML.slice(0, 160)).join(" ");
}"""
#: WCAG 2.2, 2.5.8 exempts links inside a sentence; ours stand in a p, li, dd or note with other words around them.
_SMALL = """least => {
  const shown = one => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().width > 1;
  const inSentence = link => {
    const around = link.closest("p, li, dd, td, blockquote");
    return around && around.textContent.trim() !== link.textContent.trim();
  };
  const measured = [];
  document.querySelectorAll(
    ".rm button, .rm a, .rm summary, .rm .rm-choice, .rm select, .rm textarea, .rm input:not([type=hidden])"
  ).forEach(one => {
    if (!shown(one) || one.matches(".rm-choice input") || one.disabled) return;
    if (one.matches("a:not(.rm-go)") && inSentence(one)) return;
    const box = one.getBoundingClientRect(), need = one.matches(".rm-go, button, .rm-choice, summary") ? least : 24;
    if (box.height < need - .5 || box.width < 24 - .5) {
      measured.push(`${box.width.toFixed()} x ${box.height.toFixed()}: ${one.outerHTML.slice(0, 120)}`);
    }
  });
  return measured;
}"""


class Eyes:
    """Looks at one page."""

    def __init__(self, page, axe):
        self.page = page
        self._axe = axe

    def look(self, *, saying=0):
        """Axe finds nothing, nothing is wider than the window and every target is large enough, wide and narrow.

        ``saying`` is for how many milliseconds something may still be on its way to the status line.
        """
        around, blocks = (sha256(part.encode()).hexdigest() for part in self.page.evaluate(_STATE))
        if {around, blocks} <= _seen:
            return
        within = "section.rm" if around in _seen else ""
        self.page.wait_for_timeout(saying)
        mine = self.page.viewport_size
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            found = [*self._too_wide(), *self._small(), *self._found_by_axe(within)]
            assert not found, "\n".join([f"at {width} px on {self.page.title()}:", *found])
        self.page.set_viewport_size(mine)
        _seen.update({around, blocks})

    def _too_wide(self):
        return filter(None, [self.page.evaluate(_TOO_WIDE)])

    def _small(self):
        return [f"too small, {one}" for one in self.page.evaluate(_SMALL, 44)]

    def _found_by_axe(self, within):
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(self._axe)
        return self.page.evaluate(_AXE, [within, RULES])

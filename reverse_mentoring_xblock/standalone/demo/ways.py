"""How the people of the cast like to work and can meet, and whom those who wait wish for."""

from collections.abc import Mapping
from typing import Any

from ...domain.matching import Mode
from ...domain.profile import STYLE_QUESTIONS


def _style(steps: str) -> dict[str, int]:
    """Answers in the order of the questions; 0 is none."""
    return {code: int(step) for code, step in zip(STYLE_QUESTIONS, steps, strict=True) if step != "0"}


WAYS: Mapping[str, Mapping[str, Any]] = {
    "wanjiru.kamau": {"style": _style("2211")},
    "pieter.vandijk": {"style": _style("1123")},
    "helen.ashworth": {"style": _style("1102")},
    "callum.reid": {"style": _style("4512"), "mode": Mode.REMOTE},
    "tan.meiling": {"style": _style("1544")},
    "maja.kowalczyk": {"style": _style("1313")},
    "joyce.mwangi": {"style": _style("2312")},
    "lucas.verhoeven": {"style": _style("1435"), "mode": Mode.REMOTE, "wishes": ("catherine.obi",)},
    "graham.whitlock": {"style": _style("1444"), "wishes": ("lucas.verhoeven",)},
    "dylan.okonkwo": {"style": _style("2412"), "wishes": ("catherine.obi", "ewa.majewska")},
    "njeri.wambui": {"style": _style("4221")},
    "nurul.aisyah": {"style": _style("5111")},
    "ewa.majewska": {"style": _style("2240"), "wishes": ("dylan.okonkwo",)},
    "lim.jiahui": {"style": _style("3122"), "mode": Mode.REMOTE},
    "tomasz.lis": {"style": _style("2332")},
    "margaret.doyle": {"style": _style("1243")},
    "esther.njoroge": {"style": _style("3221")},
    "hendrik.visser": {"style": _style("2442")},
    "catherine.obi": {"style": _style("2421"), "wishes": ("dylan.okonkwo", "lucas.verhoeven")},
}

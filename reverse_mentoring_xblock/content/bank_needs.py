"""Which words a bank asks for: in every language what a person reads to answer, in its source the rest as well."""

from collections.abc import Mapping

from ..domain.assessment.bank import LEVELS, SCALES, SURE, Bank
from .located import Located
from .words import Needs


def needs_of(document: Located, bank: Bank, lines: Mapping[str, int]) -> Needs:
    """Every key, at the line of ``document`` that asks for it. ``lines`` holds the line of each entry by its id."""
    scales = document.field("scales").line
    everywhere = {f"{item.id}.stem": lines[item.id] for item in bank.items.values() if item.is_live}
    for check in bank.checks.values():
        if check.is_live:
            parts = ("stem", "why", *(f"opt.{option}" for option in check.options))
            everywhere |= {f"{check.id}.{part}": lines[check.id] for part in parts}
    for term in bank.terms.values():
        if term.is_live:
            everywhere |= {f"{term.id}.{part}": lines[term.id] for part in ("term", "meaning")}
    everywhere |= dict.fromkeys(("scale.na", "scale.skip", "lead.self", "lead.matters"), scales)
    used = ["autonomy", "matters"]
    if bank.checks:
        everywhere |= dict.fromkeys(("scale.unsure", "lead.sure", *(f"scale.sure.{name}" for name in SURE)), scales)
    if bank.terms:
        everywhere["lead.met"] = scales
        used.append("met")
    for name in used:
        everywhere |= {f"scale.{name}.{step}": scales for step in SCALES[name]}
    source = {f"area.{area.id}.name": document.field("areas").line for area in bank.areas}
    for code in bank.competences:
        for part in ("name", "short", "about", "topic", "try"):
            source[f"competence.{code}.{part}"] = document.field("areas").line
    for level in LEVELS:
        source |= {f"level.{level}.{part}": document.line for part in ("name", "meaning")}
    source |= dict.fromkeys(("intro.body", "method.body", "attribution"), document.line)
    return Needs(document.file, everywhere, source)

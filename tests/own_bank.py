"""A question bank of an author's own, small and whole: one file with its words, or a folder."""

from pathlib import Path

from bank_files import self_items

from reverse_mentoring_xblock.content.bank_file import read_bank

AREAS = {"1": ("1.1", "1.2"), "2": ("2.1", "2.4"), "3": ("3.1", "3.3"), "4": ("4.1", "4.2"), "5": ("5.1", "5.2")}
CODES = [code for codes in AREAS.values() for code in codes]

STRUCTURE = (
    """\
# Written for the depots: keep this remark.
format: digital-skills-bank/1
id: depots
version: 2.0.0
framework: {id: digcomp, edition: "3.0", licence: CC-BY-4.0}
areas:
"""
    + "".join(f'  - {{id: "{area}", competences: ["{one}", "{two}"]}}\n' for area, (one, two) in AREAS.items())
    + f"sets:\n  small: {CODES}\n".replace("'", '"')
    + """\
scales: {autonomy: [0, 1, 2, 3, 4], matters: [0, 1, 2, 3]}
routing: {start_rung: I, up_if: ">=2", checks: {min_per_area: 1, max_total: 1}}
scoring:
  cuts: {basic: 20, intermediate: 45, advanced: 80}
  rho_within: 0.50
  sem: {competence: 16, area_core: 10, area_all: 8, overall_core: 4.5, overall_all: 3.6}
  provisional: true
items:
"""
    + self_items(CODES, review_by="2031-11")
    + "".join(
        f'  - {{id: k-4.1-A-{form.lower()}, kind: check, competence: "4.1", rung: A, form: {form}, '
        "options: [pay, ring, ask, wait], key: ring, unsure: true, confidence: sure, risk: true, "
        'status: live, ai: none, review_by: "2031-11"}\n'
        for form in "AB"
    )
)


def words(**changes: str) -> dict[str, str]:
    """A text for everything that the structure asks for."""
    _, needs = read_bank("bank.yaml", STRUCTURE)
    return {**{key: f"Words of {key}" for key in {**needs.everywhere, **needs.source}}, **changes}


def as_yaml(texts: dict[str, str], indent: str = "") -> str:
    """One line a text."""
    return "".join(f'{indent}{key}: "{text}"\n' for key, text in texts.items())


def one_file(structure: str = STRUCTURE, **languages: dict[str, str]) -> str:
    """The bank with its words inside, in English unless told otherwise."""
    parts = [f"  {language}:\n{as_yaml(texts, '    ')}" for language, texts in (languages or {"en": words()}).items()]
    return f"{structure}words:\n{''.join(parts)}"


def folder(path: Path, structure: str = STRUCTURE, **languages: dict[str, str]) -> Path:
    """The bank as ``bank.yaml`` with ``i18n/`` beside it; its path."""
    (path / "i18n").mkdir(parents=True, exist_ok=True)
    for language, texts in (languages or {"en": words()}).items():
        (path / "i18n" / f"{language.replace('_', '-')}.yaml").write_text(as_yaml(texts), encoding="utf-8")
    (path / "bank.yaml").write_text(structure, encoding="utf-8")
    return path / "bank.yaml"

"""A bank file to break in tests: one area, two competences, two scenarios, two terms, and its words."""


def self_items(codes, review_by):
    """Lines of the three statements of each competence."""
    return "".join(
        f'  - {{id: s-{code}-{rung}, kind: self, competence: "{code}", rung: {rung}, '
        f'scale: autonomy, status: live, ai: none, review_by: "{review_by}"}}\n'
        for code in codes
        for rung in "BIA"
    )


BANK = (
    """\
format: digital-skills-bank/1
id: small
version: 1.2.3
framework: {id: digcomp, edition: "3.0", licence: CC-BY-4.0}
areas:
  - {id: "1", competences: ["1.1", "1.10"]}
sets:
  tiny: ["1.1", "1.10"]
scales: {autonomy: [0, 1, 2, 3, 4], matters: [0, 1, 2, 3]}
routing:
  start_rung: I
  up_if: ">=2"
  checks: {min_per_area: 1, max_total: 3, max_total_large: 4, first: ["1.10"]}
scoring:
  cuts: {basic: 20, intermediate: 45, advanced: 80}
  rho_within: 0.50
  sem: {competence: 16, area_core: 10, area_all: 8, overall_core: 4.5, overall_all: 3.6}
  provisional: true
items:
"""
    + self_items(("1.1", "1.10"), review_by="2028-11")
    + "".join(
        f'  - {{id: k-1.1-I-{form.lower()}, kind: check, competence: "1.1", rung: I, form: {form}, '
        "options: [one, two, three, four], key: two, unsure: true, confidence: sure, risk: true, ai: explicit, "
        'status: live, review_by: "2027-11", topics: [sharing]}\n'
        for form in "AB"
    )
    + """\
terms:
  - {id: t-passkey, real: true, status: live, review_by: "2028-11"}
  - {id: t-slant-consent, real: false, status: live, review_by: "2027-05"}
"""
)


def words_of(needs, **changes):
    """YAML with a word for every key that is needed."""
    keys = {**needs.everywhere, **needs.source}
    found = {**{key: f"words of {key}" for key in keys}, **changes}
    return "".join(f'{key}: "{text}"\n' for key, text in found.items() if text)


def line_of(source, part):
    """The line, from 1, on which a part of a file begins."""
    return source[: source.index(part)].count("\n") + 1

"""The platform's own tagging app imports the taxonomy that the command writes."""

from io import BytesIO

import pytest
from running import run

from reverse_mentoring_xblock.content.loading import bank_words, load_bank

pytest.importorskip("openedx_tagging", reason="openedx-core is not installed")

from openedx_tagging.api import create_taxonomy
from openedx_tagging.import_export.api import import_tags
from openedx_tagging.import_export.parsers import ParserFormat


@pytest.mark.django_db
def test_studio_takes_the_competences_as_tags(tmp_path):
    out = tmp_path / "taxonomy.csv"
    assert run("bank", "taxonomy", "--out", out).code == 0
    taxonomy = create_taxonomy("Digital competences")
    is_done, task, _plan = import_tags(taxonomy, BytesIO(out.read_bytes()), ParserFormat.CSV)
    assert is_done, task.log
    bank, words = load_bank(), bank_words("en")
    parents = dict(taxonomy.tag_set.values_list("external_id", "parent__external_id"))
    assert parents == {**{area.id: None for area in bank.areas}, **bank.area_of}
    names = dict(taxonomy.tag_set.values_list("external_id", "value"))
    assert names == {code: words[f"{'competence' if '.' in code else 'area'}.{code}.name"] for code in parents}

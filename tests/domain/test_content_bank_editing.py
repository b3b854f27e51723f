"""Changing words inside the text of a bank's files."""

from pathlib import Path

import own_bank
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reverse_mentoring_xblock.content.bank_editing import reworded
from reverse_mentoring_xblock.content.bank_on_disk import BankFiles, written_bank
from reverse_mentoring_xblock.content.located import ContentError

HERE = Path("depots.yaml")
KEYS = ("s-1.1-B.stem", "s-1.1-I.stem", "scale.na", "lead.self", "attribution")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda text: text.strip())


def in_one_file(text):
    return written_bank(BankFiles(HERE, text, {}))


def in_a_folder(**languages):
    return written_bank(BankFiles(HERE, own_bank.STRUCTURE, languages))


WRITTEN = in_one_file(own_bank.one_file(en=own_bank.words(), de=own_bank.words()))
FOLDER = in_a_folder(en=own_bank.as_yaml(own_bank.words()))
BRACES = in_one_file(own_bank.STRUCTURE + "words: {en: " + str(own_bank.words()) + "}\n")


@pytest.mark.parametrize("written", [WRITTEN, FOLDER, BRACES], ids=["one file", "folder", "braces"])
@settings(max_examples=40, deadline=None)
@given(changed=st.dictionaries(st.sampled_from(KEYS), TEXTS), new=TEXTS)
def test_any_text_is_kept_to_the_letter(written, changed, new):
    words = {language: {**texts, **changed} for language, texts in written.words.items()}
    words["no"] = {**own_bank.words(), "scale.na": new}
    assert reworded(written, words).words == words


def test_only_the_line_of_a_text_changes():
    english = own_bank.as_yaml(own_bank.words()).replace("scale.skip", "# About skipping\nscale.skip")
    english = english.replace('"Words of scale.na"', "Words of scale.na  # said in the margin")
    written = in_a_folder(en=english)
    words = {"en": {**written.words["en"], "scale.na": "Not in my\n\nrole"}}
    after = reworded(written, words).files.languages["en"]
    assert after == english.replace("Words of scale.na  #", '"Not in my\\n\\nrole"  #')


def test_several_lines_stay_several_lines():
    english = "intro.body: |-\n  One.\n\n  Two.\n\n\n# The rest\n" + own_bank.as_yaml(own_bank.words()).replace(
        'intro.body: "Words of intro.body"\n', ""
    )
    written = in_a_folder(en=english)
    assert written.words["en"]["intro.body"] == "One.\n\nTwo."
    words = {"en": {**written.words["en"], "intro.body": "One.\n\n Three."}}
    after = reworded(written, words).files.languages["en"]
    assert after == english.replace("  Two.", "   Three.")


def test_a_new_language_does_not_swallow_the_remarks_after_the_words():
    text = own_bank.one_file() + "# The end\nremarks: none\n"
    written = in_one_file(text)
    words = {**written.words, "de": own_bank.words()}
    after = reworded(written, words).files.structure
    assert after == own_bank.one_file(en=own_bank.words(), de=own_bank.words()) + "# The end\nremarks: none\n"


def test_a_text_that_goes_takes_its_lines_along():
    austrian = 'scale.na: "Nie"\n# Short here\nscale.skip: |-\n  a\n  b\nlead.self: "Wo?"\n'
    written = in_a_folder(en=own_bank.as_yaml(own_bank.words()), de_AT=austrian)
    words = {**written.words, "de_AT": {"scale.na": "Nie", "lead.self": "Wo?"}}
    after = reworded(written, words).files.languages["de_AT"]
    assert after == 'scale.na: "Nie"\n# Short here\nlead.self: "Wo?"\n'


def test_shared_texts_are_refused_rather_than_changed_together():
    english = own_bank.as_yaml(own_bank.words())
    english = english.replace('scale.na: "Words of scale.na"', 'scale.na: &never "Never"')
    written = in_a_folder(en=english.replace('scale.skip: "Words of scale.skip"', "scale.skip: *never"))
    assert reworded(written, written.words) == written
    words = {"en": {**written.words["en"], "scale.skip": "Later"}}
    with pytest.raises(ContentError, match="keys share by & and"):
        reworded(written, words)

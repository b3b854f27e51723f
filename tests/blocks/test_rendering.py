import pytest
from django.template.backends.django import DjangoTemplates
from django.utils import translation

from reverse_mentoring_xblock.shell import choices, rendering


@pytest.fixture
def page(tmp_path):
    """``page(**sources)`` renders the template ``page`` of these."""

    def render(facts=None, **sources):
        for name, source in sources.items():
            (tmp_path / name).write_text(source)
        loader = (f"{rendering.__name__}.WholePageLoader", [str(tmp_path)])
        options = {"loaders": [loader], "builtins": ["django.templatetags.i18n"]}
        engine = DjangoTemplates({"NAME": "test", "DIRS": [], "APP_DIRS": False, "OPTIONS": options})
        return engine.get_template("page").render(facts or {})

    return render


class TestWhatIsDoneOnce:
    def test_words_are_in_the_language_of_the_page(self):
        seen = {}
        for language in ("en", "de", "en"):
            with translation.override(language):
                seen[language] = rendering.render("shared/_signed_out.html", {"block": {"display_name": "Programme"}})
        assert "Sign in and enrol" in seen["en"]
        assert "Sign in and enrol" not in seen["de"]

    def test_words_that_hold_template_marks_stay_words(self, page, monkeypatch):
        monkeypatch.setattr(rendering, "_", lambda text: "{{ secret }}")
        with translation.override("en"):
            assert page({"secret": "told"}, page='{% translate "Hello" %}') == "Hello"

    def test_an_included_template_stands_where_it_is_included(self, page):
        sources = {
            "page": '<p>{% include "part" %}</p>',
            "part": '{% include "deep" with word=name %}',
            "deep": "{{ word }}",
        }
        assert page({"name": "<Ada>"}, **sources) == "<p>&lt;Ada&gt;</p>"

    def test_what_is_said_to_an_included_template_ends_with_it(self, page):
        assert page(page='{% include "part" with word="in" %} {{ word }}', part="{{ word }}") == "in "

    def test_a_name_that_an_included_template_sets_ends_with_it(self, page):
        part = '{% translate "Hello" as word %}{{ word }}'
        assert page(page='{% include "part" %} {{ word }}', part=part) == "Hello "


class TestChoices:
    def test_what_is_chosen_is_marked_and_everything_is_escaped(self):
        pairs = [("a", "Ada & Bo"), ('"', "<b>")]
        assert choices.as_boxes("who", pairs, ["a"]).count(" checked") == 1
        assert 'value="a" checked><span>Ada &amp; Bo<' in choices.as_boxes("who", pairs, ["a"])
        assert 'value="&quot;"><span>&lt;b&gt;<' in choices.as_boxes("who", pairs, None)
        assert 'name="&lt;"' in choices.as_cells("<", pairs, [])

    def test_a_number_is_chosen_by_its_text(self):
        assert 'value="3" selected>' in choices.as_options([("", "-"), ("3", "three")], 3)
        assert "selected" not in choices.as_options([("", "-"), ("3", "three")], None)
        assert 'value="3" checked>' in choices.as_radios("level", [(2, "two"), (3, "three")], "3")

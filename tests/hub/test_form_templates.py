"""Every form comes out in the house style: label, hint and error tied together, and the optional marked."""

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation


class Example(forms.Form):
    name = forms.CharField(label="Name", help_text="As on your card.")
    note = forms.CharField(label="Note", required=False)
    tracks = forms.MultipleChoiceField(
        label="Tracks", choices=[("a", "First"), ("b", "Second")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="Agreed")


class Bounded(forms.Form):
    line = forms.CharField(label="Line", max_length=5)
    words = forms.CharField(label="Words", max_length=5, widget=forms.Textarea)
    address = forms.EmailField(label="Address")


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


def test_label_hint_and_error_belong_to_the_field() -> None:
    drawn = str(Example({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'id="id_name_helptext"' in drawn
    assert 'id="id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_optional_is_marked_and_required_is_not() -> None:
    drawn = str(Example())
    assert drawn.count("(optional)") == 1


def test_several_choices_stand_in_a_fieldset_with_a_legend() -> None:
    drawn = str(Example())
    assert drawn.count("<fieldset") == 1
    assert "<legend>Tracks</legend>" in drawn


def test_values_are_kept() -> None:
    drawn = str(Example({"name": '"><script>', "tracks": ["b"]}))
    assert "&quot;&gt;&lt;script&gt;" in drawn
    assert drawn.count("checked") == 1


def test_no_browser_cuts_what_is_pasted_and_the_field_says_how_long_it_is() -> None:
    drawn = str(Bounded({"line": "sixsix", "words": "elevenchars", "address": "somebody@example.org"}))
    assert "maxlength" not in drawn + str(Bounded())
    assert 'value="sixsix"' in drawn
    assert "elevenchars</textarea>" in drawn
    assert "at most 5 characters (it has 6)" in drawn
    assert "at most 5 characters (it has 11)" in drawn


def test_summary_links_to_each_field_that_is_there() -> None:
    form = Example({})
    summary = render_to_string("components/error_summary.html", {"form": form})
    drawn = str(form)
    assert "Please correct 3 answers" in summary
    assert "autofocus" in summary
    assert ">Fill in “Name”.</a>" in summary
    assert ">Make a choice under “Tracks”.</a>" in summary
    assert ">Tick the box to go on.</a>" in summary, "the sentence beside a box is too long to repeat"
    for target in ("id_name", "id_tracks_0", "id_agreed"):
        assert f'href="#{target}"' in summary
        assert f'id="{target}"' in drawn


def test_another_error_stands_behind_the_label_of_its_field() -> None:
    form = Bounded({"line": "short", "words": "few", "address": "nowhere"})
    summary = render_to_string("components/error_summary.html", {"form": form})
    assert ">Address: Enter a valid e-mail address.</a>" in summary


def test_a_field_with_words_of_its_own_says_those_and_the_label_is_never_markup() -> None:
    class Own(forms.Form):
        name = forms.CharField(label="<b>", error_messages={"required": "Enter your name."})
        where = forms.CharField(label="<i>")

    drawn = str(Own({}))
    assert "Enter your name." in drawn
    assert "Fill in “&lt;i&gt;”." in drawn
    assert Own.base_fields["where"].error_messages["required"] == forms.Field.default_error_messages["required"]


def test_the_window_says_first_that_a_form_came_back() -> None:
    def title(method: str, data: dict[str, str] | None) -> str:
        request = getattr(RequestFactory(), method)("/")
        words = "{% load portal %}{% document_title %}Mine & <b>{% enddocument_title %}"
        return Template(words).render(Context({"request": request, "form": Example(data)}))

    assert title("post", {}) == "Error: Mine & <b>"
    assert title("post", None) == title("get", {}) == "Mine & <b>"

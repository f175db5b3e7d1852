"""What a form says of a field that was left empty: in words of its own wherever people from outside meet it."""

from collections.abc import Iterator

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from django.utils.translation import override
from wagtail.admin.forms import WagtailAdminModelForm

from nccsi.framework.form_rendering import GENERIC, WholeField

CHAIN = (
    *("accounts", "notifications", "hub", "calls", "partners"),
    *("practices", "events", "consortia", "learning", "monitoring"),
)
# By the beginning of the module's name, why its fields only quote their labels.
ONLY_LABELS = {
    "accounts.colleagues": "staff",
    "accounts.my_data.forms.RequestForm": "staff",
    "calls.moving": "staff",
    "consortia.conflicts": "a reviewer's few fields, named by their labels",
    "consortia.filling": "fields carry what stood, and a file",
    "consortia.files.views": "the browser sends these, not a person",
    "consortia.recommendation": "chairs",
    "consortia.staff": "staff",
    "events.door": "staff at a door",
    "events.moving": "staff",
    "hub.bulk": "staff",
    "hub.sheets": "staff",
    "learning.answers": "those who keep a question",
    "learning.staff": "staff",
    "monitoring": "staff",
    "partners.claims.admin": "staff",
    "partners.exchange.admin": "staff",
    "partners.merging": "staff",
    "practices.contributing.step": "what a step lacks is told by its label, on the page where it is sent",
    "practices.mainstreaming": "staff",
    "practices.reuse_reports.forms.CheckForm": "who checks a report",
    "practices.reuse_reports.forms.EntryForm": "staff",
    "practices.reuse_reports.forms.TakeDownForm": "staff",
    "practices.review": "staff",
}


def _kinds(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


def _name(form: type[forms.BaseForm]) -> str:
    return f"{form.__module__}.{form.__qualname__}"


def all_forms() -> list[type[forms.BaseForm]]:
    """Every form of the apps, by name."""
    assert get_resolver().url_patterns, "views bring their forms along"
    found = {_name(each): each for each in _kinds(forms.BaseForm) if each.__module__.split(".")[0] in CHAIN}
    return [found[name] for name in sorted(found) if not issubclass(found[name], WagtailAdminModelForm)]


def needed(form: type[forms.BaseForm]) -> dict[str, forms.Field]:
    """The fields that a person sees and must fill in."""
    fields: dict[str, forms.Field] = form.base_fields  # type: ignore[attr-defined]  # every form class has them
    shown = {name: field for name, field in fields.items() if field.required and not field.widget.is_hidden}
    # allauth's form asks for a mailbox and a password alone.
    return {name: field for name, field in shown.items() if (form.__name__, name) not in ALLAUTH}


ALLAUTH = {("SignupForm", "username"), ("SignupForm", "email")}


def _reason(form: type[forms.BaseForm]) -> str:
    return next((ONLY_LABELS[start] for start in sorted(ONLY_LABELS) if _name(form).startswith(start)), "")


def test_every_field_that_people_from_outside_must_fill_in_says_so_in_its_own_words() -> None:
    silent = {
        f"{_name(form)}: {name}"
        for form in all_forms()
        for name, field in needed(form).items()
        if not _reason(form) and field.error_messages["required"] is GENERIC
    }
    assert silent == set()


def test_no_two_fields_of_a_form_say_the_same() -> None:
    for language, _label in settings.LANGUAGES:
        with override(language):
            for form in all_forms():
                said = [str(each.error_messages["required"]) for each in needed(form).values() if not _reason(form)]
                assert len(said) == len(set(said)), _name(form)


def test_each_reason_is_still_needed() -> None:
    names = [_name(form) for form in all_forms() if needed(form)]
    assert [start for start in sorted(ONLY_LABELS) if not any(name.startswith(start) for name in names)] == []


class Plain(forms.Form):
    """Fields without words of their own."""

    name = forms.CharField(label="Name")
    role = forms.ChoiceField(label="Role", choices=[("a", "A")])
    agreed = forms.BooleanField(label="Agreed")
    file = forms.FileField(label="File")


@pytest.mark.parametrize("language", sorted(settings.ALL_LANGUAGES))
def test_others_name_themselves_by_their_label(language: str) -> None:
    with override(language):
        form = Plain({})
        said = {name: errors[0] for name, errors in form.errors.items()}
        generic = str(GENERIC)
    assert isinstance(form["name"], WholeField)
    assert generic not in said.values()
    assert len(set(said.values())) == 4
    for name, label in (("name", "Name"), ("role", "Role"), ("file", "File")):
        assert label in said[name]


@pytest.mark.django_db
def test_who_signs_up_reads_what_to_fill_in() -> None:
    html = Client(headers={"accept-language": "en"}).post("/accounts/signup/", {}).content.decode()
    for words in ("Enter your first name.", "Enter your e-mail address.", "Enter a password."):
        assert f">{words}</a>" in html
    assert "This field is required" not in html

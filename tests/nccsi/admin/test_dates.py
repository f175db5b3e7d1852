"""Every day and moment that staff type, in whatever form the admin makes of a model."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django import forms
from django.conf import settings
from django.utils.translation import override
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from events.agenda.models import Event
from hub.dates.brussels import BrusselsDateTimeField, ClockInput
from hub.dates.fields import DayInput
from hub.pages.models import NewsPage
from practices.practice.models.practice import Practice


def form_classes() -> Iterator[type[forms.BaseForm]]:
    """The forms of all pages and facts, those of rows within them, and those of choosers."""
    found = [kind.get_edit_handler().get_form_class() for kind in get_page_models() if kind is not Page]
    for kind in get_snippet_models():
        viewset = kind.snippet_viewset
        found.append(viewset.get_form_class())
        if chooser := getattr(viewset, "chooser_viewset", None):
            found.append(chooser.creation_form_class)
    for each in filter(None, found):
        yield each
        for rows in getattr(each, "formsets", {}).values():
            yield rows.form


def fields() -> list[tuple[str, forms.Field]]:
    return [
        (f"{form.__name__}.{name}", field)
        for form in form_classes()
        for name, field in form.base_fields.items()  # type: ignore[attr-defined]  # forms have them
        if isinstance(field, forms.DateField | forms.DateTimeField)
    ]


def test_they_are_the_browsers_own_fields() -> None:
    found = fields()
    assert len(found) > 20
    wrong = [
        name
        for name, field in found
        if not (
            (isinstance(field, BrusselsDateTimeField) and isinstance(field.widget, ClockInput))
            or (type(field) is forms.DateField and isinstance(field.widget, DayInput))
        )
    ]
    assert wrong == []
    names = {name.rpartition(".")[2] for name, _field in found}
    assert {"starts_at", "due_at", "go_live_at", "expire_at", "date", "checked_on"} <= names


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_day_comes_before_the_month(language: str) -> None:
    """As it is written in Europe, whatever language the screen has; a way of writing that a language lacks is none."""
    read = []
    for between in "/-.":
        typed = f"12{between}04{between}2027"
        with override(language):
            for field, written in ((forms.DateField(), typed), (BrusselsDateTimeField(), f"{typed} 09:30")):
                with suppress(forms.ValidationError):
                    read.append(field.clean(written))
    assert {f"{moment:%d %B %Y}" for moment in read} == {"12 April 2027"}


@pytest.mark.parametrize("kind", [Event, NewsPage, Practice])
def test_what_is_no_day_is_no_day(kind: type[Event] | type[NewsPage] | type[Practice]) -> None:
    dates = [field for name, field in fields() if name.startswith(kind.__name__) or kind is Event]
    assert dates
    for field in dates:
        for typed in ("ja", "morgen", "31 feb", "2031-02-30"):
            with pytest.raises(forms.ValidationError):
                field.clean(typed)

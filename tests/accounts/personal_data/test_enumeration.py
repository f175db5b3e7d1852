"""No model that could hold personal data is forgotten, and no column with words of one that does."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from accounts.personal_data import declarations, reading
from accounts.personal_data.declarations import PersonalData
from accounts.personal_data.subjects import Subject
from accounts.privacy import keeping
from accounts.users.models import User

# By the reason: models that nobody's data is in, though they have columns with words or keys to accounts.
NONE = {
    label: reason
    for reason, labels in tomllib.loads((Path(__file__).parent / "holds_none.toml").read_text("utf-8")).items()
    for label in labels
}
TEXT = (models.CharField, models.TextField, models.JSONField, models.FileField)


def texts(model: type[models.Model]) -> list[str]:
    """Columns that could hold somebody's words: no fixed choices, nothing that the database works out."""
    fields = [field for field in model._meta.local_concrete_fields if isinstance(field, TEXT)]
    return [field.name for field in fields if not field.choices and not isinstance(field, SearchVectorField)]


def is_suspect(model: type[models.Model]) -> bool:
    """Whether somebody's data could be in it: an address, a key to an account, words."""
    keys = any(field.is_relation and field.related_model is User for field in model._meta.local_concrete_fields)
    return keys or bool(texts(model))


def suspects() -> Iterator[type[models.Model]]:
    """Of the portal and of the frameworks; a page type is its page."""
    yield from (each for each in apps.get_models(include_auto_created=True) if is_suspect(each))


DECLARED = sorted({each.model for each in declarations.all_kinds()}, key=lambda model: model._meta.label)


@pytest.mark.parametrize("model", list(suspects()), ids=lambda model: model._meta.label)
def test_it_is_declared_or_holds_none(model: type[models.Model]) -> None:
    assert (model in DECLARED) != (model._meta.label in NONE), (
        f"{model._meta.label}: declare it in the app's personal_data.py, or say in holds_none.toml why it holds none."
    )


def test_nothing_is_named_that_is_not_there() -> None:
    assert set(NONE) - {each._meta.label for each in suspects()} == set()


@pytest.mark.parametrize("model", DECLARED, ids=lambda model: model._meta.label)
def test_each_column_with_words_is_accounted_for(model: type[models.Model]) -> None:
    for kind in (each for each in declarations.all_kinds() if each.model is model):
        said = {*kind.fields, *kind.theirs_not, *kind.addresses, *(kind.stays.without if kind.stays else ())}
        assert set(texts(model)) - said == set(), kind.key


@pytest.mark.parametrize("model", DECLARED, ids=lambda model: model._meta.label)
def test_each_key_to_an_account_is_somebody_s(model: type[models.Model]) -> None:
    keys = {f.name for f in model._meta.local_concrete_fields if f.is_relation and f.related_model is User}
    ways = {way for kind in declarations.all_kinds() if kind.model is model for way in kind.people}
    assert keys - ways == set()


@pytest.mark.parametrize("kind", declarations.all_kinds(), ids=lambda kind: kind.key)
def test_a_declaration_is_whole(kind: PersonalData) -> None:
    assert kind.people or kind.addresses
    assert str(kind.why)
    assert kind.kept in keeping.all_times()
    assert set(kind.written) <= set(kind.fields)
    for name in (*kind.fields, *kind.theirs_not, *(kind.stays.without if kind.stays else ())):
        kind.model._meta.get_field(name)
    read_along = reading.rows(kind, Subject(("a@example.org",))).query.select_related
    assert read_along is not True, "every key would be followed"
    if kind.stays:  # what stays says why, and what is the person's own in it becomes something else
        assert str(kind.stays.why)
        changed = {*kind.stays.without, *kind.people, *kind.written}
        assert set(kind.fields) & set(texts(kind.model)) <= changed


def test_an_undeclared_model_is_seen() -> None:
    class Diary(models.Model):
        words = models.TextField()

        class Meta:
            app_label = "tests"
            managed = False

    assert is_suspect(Diary)
    assert Diary not in DECLARED
    assert Diary._meta.label not in NONE

"""How tests edit facts as staff do: through the forms that the admin shows."""

from typing import Any

from bs4 import BeautifulSoup
from django.contrib.admin.utils import quote
from django.db.models import Model
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.users.models import UserProfile

from accounts.users.models import User
from hub.facts import record
from hub.facts.state import State, form_class_of, stored
from hub.site.models import SiteSettings
from tests.factories.accounts import UserFactory
from tests.personas import give_second_factor


def colleague(email: str, name: str) -> User:
    user = UserFactory.create(email=email, first_name=name, last_name="Editor", is_staff=True, is_superuser=True)
    UserProfile.objects.create(user=user, preferred_language="en")
    give_second_factor(user)
    return user


def url_of(fact: Model, name: str, *more: Any) -> str:
    if isinstance(fact, SiteSettings):
        known = {"edit": "wagtailsettings:edit", "history": "hub_setting_history", "take_back": "hub_setting_take_back"}
        return reverse(known[name], args=["hub", "sitesettings", fact.pk, *more])
    return reverse(type(fact).snippet_viewset.get_url_name(name), args=[quote(fact.pk), *more])  # type: ignore[attr-defined]


def form_of(answer: Any) -> Any:
    """What a browser would send; Wagtail's own reader of forms knows neither long lists, nor boxes, nor line ends."""
    html = answer.content.decode()
    page, form = BeautifulSoup(html, "html.parser"), querydict_from_html(html, form_id="w-editor-form")
    for several in page.select("select[multiple]"):
        if not several.select("option[selected]"):
            form.pop(several["name"], None)
    for box in page.select("#w-editor-form input[type=checkbox][checked]:not([value])"):
        form[box["name"]] = "on"
    for box in page.select("#w-editor-form textarea"):
        form[box["name"]] = box.text.removeprefix("\n")
    return form


def opened(client: Client, fact: Model) -> Any:
    return form_of(client.get(url_of(fact, "edit")))


def save(client: Client, fact: Model, form: QueryDict, **changed: str) -> Any:
    sent = form.copy()
    for name, value in changed.items():
        sent[name] = value
    return client.post(url_of(fact, "edit"), sent.urlencode(), content_type="application/x-www-form-urlencoded")


def state(fact: Model) -> State:
    """The fact as it is in the database."""
    return stored(fact, form_class_of(type(fact)))


def last_entry(fact: Model) -> ModelLogEntry:
    """What was put on record about it last."""
    entry: ModelLogEntry = record.entries(fact).first()
    return entry

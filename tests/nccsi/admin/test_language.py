"""The admin is in the language of who uses it, what Wagtail brings included, and writes a moment in one way."""

from datetime import datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from wagtail.models import Task, Workflow

from accounts.users.models import User
from hub.languages import kept_names

LANGUAGES = sorted(set(settings.ALL_LANGUAGES) - {"en"})
PLACES = sorted(
    ["", "pages/", "workflows/list/", "workflows/tasks/index/", "reports/site-history/", "images/", "locales/"]
)
ENGLISH = (
    "Moderators approval",
    "More actions",
    ">Locale",
    "Add locale",
    ">Snippets",
    "Status: <",
    "View latest version",
)
MOMENTS = {
    "nl": "3 maart 2027, 09:05",
    "fr": "3 mars 2027, 09:05",
    "de": "3. März 2027, 09:05",
    "en": "3 March 2027, 09:05",
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_wagtails_is_left_in_english(administrator_user: User, administrator: Client, language: str) -> None:
    administrator.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    for place in PLACES:
        answer = administrator.get(f"/admin/{place}", headers={"accept-language": language})
        text = answer.content.decode()
        assert f'<html lang="{language}"' in text, place
        assert [words for words in ENGLISH if words in text] == [], place


@pytest.mark.django_db
@pytest.mark.parametrize("language", sorted(settings.ALL_LANGUAGES))
def test_the_workflow_that_wagtail_brings_has_a_plain_name(language: str) -> None:
    with override(language):
        for kind in (Workflow, Task):
            row = kind.objects.filter(name=kept_names.MADE_AS).get()
            assert row.name == gettext(kept_names.MODERATORS_APPROVE) != kept_names.MADE_AS


@pytest.mark.parametrize("language", sorted(MOMENTS))
def test_a_moment_is_written_in_one_way(language: str) -> None:
    with override(language):
        assert date_format(datetime(2027, 3, 3, 9, 5), "DATETIME_FORMAT") == MOMENTS[language]


def test_the_label_that_no_catalog_reaches_is_still_there() -> None:
    """When it is translated in the package, `static/admin/translating.js` and its template can go."""
    package = Path(apps.get_app_config("wagtail_localize").path)
    script = (package / "static/wagtail_localize/js/wagtail-localize.js").read_text(encoding="utf-8")
    assert '"More actions"' in script

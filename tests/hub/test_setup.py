from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.utils.html import escape
from wagtail.models import GroupPagePermission, Locale, Site

from hub.installation import setting_up
from hub.pages.models import HomePage
from hub.site.models import MenuItem, SiteSettings
from hub.vocabularies.loading import entries
from hub.vocabularies.models import Term
from tests.factories.hub import words

pytestmark = pytest.mark.django_db


def test_everything_is_there_after_the_set_up() -> None:
    codes = [code for code, _name in settings.LANGUAGES]
    assert set(Locale.objects.values_list("language_code", flat=True)) == set(codes)
    homes = HomePage.objects.live()
    assert sorted(home.locale.language_code for home in homes) == sorted(codes)
    assert len({home.translation_key for home in homes}) == 1
    assert Site.objects.get().root_page.locale.language_code == settings.LANGUAGE_CODE
    assert SiteSettings.objects.get().disclaimer.data.keys() == set(codes)
    assert MenuItem.objects.filter(place="header").exists()


# The grant's own words, and in other languages whose views they are, which agency, and who is not responsible.
DISCLAIMER = {
    "en": [
        "Views and opinions expressed are however those of the author(s) only and do not necessarily reflect",
        "those of the European Union or European Social Fund Agency. Neither the European Union nor the Granting",
        "nor the Granting Authority can be held responsible for them.",
    ],
    "nl": ["de auteur(s)", "of het Europees Sociaal Fonds-agentschap", "noch de subsidieverlenende autoriteit"],
    "fr": ["leur(s) auteur(s)", "ou de l’Agence du Fonds social européen", "ni l’autorité chargée de l’octroi"],
    "de": ["der Autoren", "oder der Agentur des Europäischen Sozialfonds", "noch die Bewilligungsbehörde"],
}


@pytest.mark.parametrize("language", DISCLAIMER)
def test_pages_carry_the_disclaimer_of_the_grant(visitor: Client, language: str) -> None:
    said = SiteSettings.objects.get().disclaimer.data[language]
    assert escape(said) in visitor.get(f"/{language}/").content.decode()
    assert [part for part in DISCLAIMER[language] if part not in said] == []


def test_every_term_has_a_label_in_every_language() -> None:
    told = {(entry.vocabulary, entry.code) for entry in entries()}
    kept = {(term.vocabulary, term.code): term for term in Term.objects.all()}
    assert told == set(kept)
    assert all(len(term.label.data) == 4 and all(term.label.data.values()) for term in kept.values())
    assert kept["region", "BE21"].parent == kept["country", "BE"]
    assert len([code for vocabulary, code in told if vocabulary == "theme"]) == 20
    assert len([code for vocabulary, code in told if vocabulary == "sdg"]) == 17


def test_a_second_time_changes_nothing(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(40):
        assert setting_up.install() == []


def test_what_staff_added_stays_and_what_the_files_say_comes_back() -> None:
    Term.objects.create(vocabulary="track", code="own", label=words("Own"), position=99)
    Term.objects.filter(vocabulary="track", code="training").update(label="changed")
    SiteSettings.objects.update(name="Another centre")
    call_command("setup", verbosity=0)
    assert Term.objects.filter(vocabulary="track", code="own").exists()
    assert Term.objects.get(vocabulary="track", code="training").label.data["en"] == "Training for target groups"
    assert SiteSettings.objects.get().name == "Another centre"


def test_a_language_that_is_added_later_gets_its_home() -> None:
    home = HomePage.objects.get(locale__language_code="de")
    key = home.translation_key
    home.delete()
    call_command("setup", verbosity=0)
    assert HomePage.objects.get(locale__language_code="de").translation_key == key


def test_editors_publish_and_only_moderators_delete() -> None:
    def holds(name: str, code: str) -> bool:
        return Permission.objects.filter(group__name=name, codename=code).exists()

    assert all(holds(name, "change_call") for name in (setting_up.EDITORS, setting_up.MODERATORS))
    assert not holds(setting_up.EDITORS, "delete_call")
    assert holds(setting_up.MODERATORS, "delete_call")
    assert holds(setting_up.MODERATORS, "change_sitesettings")
    assert not holds(setting_up.EDITORS, "change_message")
    on_pages = GroupPagePermission.objects.filter(group=Group.objects.get(name=setting_up.EDITORS))
    assert "publish_page" in on_pages.values_list("permission__codename", flat=True)


def test_all_staff_read_the_mail_and_moderators_decide_about_it() -> None:
    read = {"view_message", "view_subscription", "view_suppression"}
    decide = {"change_message", "change_subscription", "change_suppression"}

    def held(name: str) -> set[str]:
        rights = Permission.objects.filter(group__name=name, content_type__app_label="notifications")
        return set(rights.values_list("codename", flat=True))

    assert held(setting_up.EDITORS) == read
    assert held(setting_up.MODERATORS) == read | decide

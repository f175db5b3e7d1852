"""Whatever had an address keeps it: renamed practices and organisations are found under every earlier one."""

from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation

from hub.pages.models import HomePage, StandardPage
from hub.pages.slugs import slug_of
from partners.organisations.models import EarlierOrganisationSlug, Organisation
from practices.editing.admin import free_slug
from practices.practice.models.earlier_slugs import EarlierPracticeSlug
from practices.practice.models.practice import Practice
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def rename(record: Practice | Organisation, slug: str) -> None:
    record.slug = slug
    record.save()


def page(client: Client, slug: str, section: str = "practices:practice", language: str = "en") -> tuple[int, str]:
    with translation.override(language):
        answer = client.get(reverse(section, args=[slug]))
    return answer.status_code, answer.headers.get("Location", "")


def _address(route: str, slug: str) -> str:
    """With anything for what the address names besides."""
    beside: dict[str, dict[str, object]] = {
        "withdraw_invitation": {"uuid": UUID(int=1)},
        "member": {"membership": 1},
        "remove": {"membership": 1},
        **{f"{verb}reuse": {"uuid": UUID(int=1)} for verb in ("", "check_", "update_", "withdraw_")},
    }
    return reverse(route, kwargs={"slug": slug, **beside.get(route.partition(":")[2], {})})


def routes_by_slug() -> list[str]:
    """Every route of the two sections whose address names one thing by its slug."""
    found = []
    for resolver in get_resolver().url_patterns:
        for section in getattr(resolver, "url_patterns", []):
            if getattr(section, "namespace", "") in {"practices", "partners"}:
                found += [
                    f"{section.namespace}:{each.name}" for each in section.url_patterns if "<slug:" in str(each.pattern)
                ]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("route", routes_by_slug())
def test_each_address_by_slug_leads_from_the_earlier_one_to_the_present_one(
    partner: Client, route: str, language: str
) -> None:
    factory = PracticeFactory if route.startswith("practices:") else OrganisationFactory
    record = factory.create(slug="before")
    rename(record, "after")
    with translation.override(language):
        before, after = (_address(route, slug) for slug in ("before", "after"))
    answer = partner.get(f"{before}?q=homes&page=2")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{after}?q=homes&page=2")
    assert "no-cache" in answer.headers["Cache-Control"]


def test_there_are_addresses_by_slug() -> None:
    assert {"practices:practice", "practices:ask", "practices:propose_update", "partners:organisation"} <= set(
        routes_by_slug()
    )


def test_a_form_sent_to_the_earlier_address_is_sent_on_whole(client: Client) -> None:
    rename(PracticeFactory.create(slug="before", contact_email="mailbox@example.org"), "after")
    answer = client.post("/en/practices/before/ask/", {"question": "What does it cost?"})
    assert (answer.status_code, answer.headers["Location"]) == (308, "/en/practices/after/ask/")


@pytest.mark.parametrize("section", ["practices", "organisations"])
def test_open_data_leads_on_as_well(client: Client, section: str) -> None:
    rename((PracticeFactory if section == "practices" else OrganisationFactory).create(slug="before"), "after")
    answer = client.get(f"/api/v1/{section}/before/?prefer=fr")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{settings.SITE_URL}/api/v1/{section}/after/?prefer=fr"
    followed = client.get(urlsplit(answer.headers["Location"]).path)
    assert followed.json()["slug"] == "after"
    assert client.get(f"/api/v1/{section}/never/").status_code == 404


def test_a_chain_of_names_leads_to_the_last_at_once_and_back_again_without_a_circle(client: Client) -> None:
    practice = PracticeFactory.create(slug="first")
    rename(practice, "second")
    rename(practice, "third")
    assert page(client, "first") == (301, "/en/practices/third/")
    rename(practice, "first")
    assert page(client, "first") == (200, "")
    assert page(client, "second") == page(client, "third") == (301, "/en/practices/first/")


def test_who_has_the_slug_now_comes_first_then_who_gave_it_up_last(client: Client) -> None:
    one, other = PracticeFactory.create(slug="shared"), PracticeFactory.create(slug="else")
    rename(one, "one")
    rename(other, "shared")
    assert page(client, "shared") == (200, "")
    rename(other, "other")
    assert page(client, "shared") == (301, "/en/practices/other/")


@pytest.mark.parametrize("hide", ["draft", "deleted"])
def test_what_is_not_public_is_not_told_by_its_earlier_address(client: Client, hide: str) -> None:
    practice = PracticeFactory.create(slug="before")
    organisation = OrganisationFactory.create(slug="before")
    rename(practice, "after")
    rename(organisation, "after")
    if hide == "draft":
        Practice.objects.update(live=False)
        Organisation.objects.update(status="hidden")
    else:
        practice.delete()
        organisation.delete()
    assert page(client, "before")[0] == page(client, "before", "partners:organisation")[0] == 404
    for section in ("practices", "organisations"):
        answer = client.get(f"/api/v1/{section}/before/")
        assert answer.status_code == 404
        assert b"after" not in answer.content


def test_names_from_before_the_first_publication_are_not_kept(client: Client) -> None:
    practice = PracticeFactory.create(slug="secret", live=False, first_published_at=None)
    organisation = OrganisationFactory.create(slug="secret", status="proposed")
    rename(practice, "open")
    rename(organisation, "open")
    Practice.objects.update(live=True)
    Organisation.objects.update(status="listed")
    assert page(client, "secret")[0] == page(client, "secret", "partners:organisation")[0] == 404
    assert not EarlierPracticeSlug.objects.exists()
    assert not EarlierOrganisationSlug.objects.exists()


def test_whatever_program_renames_it_is_noticed(client: Client) -> None:
    PracticeFactory.create(slug="before")
    Practice.objects.filter(slug="before").update(slug="after")
    assert page(client, "before") == (301, "/en/practices/after/")


def test_comparisons_and_shared_shortlists_still_show_what_was_renamed(client: Client) -> None:
    for slug in ("before", "beside"):
        PracticeFactory.create(slug=slug, texts={"en": {"title": f"Title of {slug}"}})
    rename(Practice.objects.get(slug="before"), "after")
    for name in ("compare", "shortlist"):
        shown = client.get(f"/en/practices/{name}/?practice=before&practice=beside").content.decode()
        assert "Title of before" in shown
        assert "Title of beside" in shown


def test_a_new_practice_does_not_take_the_earlier_address_of_another() -> None:
    rename(PracticeFactory.create(slug="shared-homes"), "homes-for-all")
    assert free_slug("Shared homes") == "shared-homes-2"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Œuvre à Liège", "oeuvre-a-liege"),
        ("Ærø, Đorđe", "aero-dorde"),
        ("Θεσσαλονίκη", "thessaloniki"),
        ("София", "sofiya"),
    ],
)
def test_slugs_keep_their_letters(title: str, slug: str) -> None:
    assert slug_of(title) == slug
    assert free_slug(title) == slug
    made = StandardPage(title=title)
    HomePage.objects.get(locale__language_code="en").add_child(instance=made)
    assert made.slug == slug

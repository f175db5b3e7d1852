import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hub.site.models import MenuItem, SiteSettings
from tests.factories.hub import (
    CallFactory,
    ContactFactory,
    DeadlineFactory,
    add_call_page,
    add_calls,
    add_contact_page,
    add_news,
    add_page,
    home,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_language_has_its_home(visitor: Client, language: str) -> None:
    answer = visitor.get(f"/{language}/")
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize(
    ("asked", "cookie", "expected"), [("fr", "", "/fr/"), ("es", "", "/nl/"), ("fr", "de", "/de/"), ("", "xx", "/nl/")]
)
def test_the_root_leads_to_the_visitors_language(visitor: Client, asked: str, cookie: str, expected: str) -> None:
    visitor.cookies["language"] = cookie
    answer = visitor.get("/", headers={"accept-language": asked})
    assert answer.status_code == 302
    assert answer["Location"] == expected
    assert {"Accept-Language", "Cookie"} <= set(re.split(r",\s*", answer["Vary"]))


@pytest.mark.parametrize("path", ["/es/", "/nothing/", "/en/nothing/", "/xx/practices/", "/en/calls/0/calendar.ics"])
def test_what_does_not_exist_is_not_found_at_once(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_the_home_page_shows_the_call_that_is_next(visitor: Client) -> None:
    index = add_calls()
    add_call_page(index, CallFactory.create(due=[timezone.now() - timedelta(days=1)]), title="Long gone")
    add_call_page(index, CallFactory.create(due=[timezone.now() + timedelta(days=9)]), title="Nearly there")
    add_news()
    page = visitor.get("/en/").content.decode()
    assert "Nearly there" in page
    assert "9 days left" in page
    assert "Long gone" not in page
    assert "Piece 0" in page


def test_a_call_page_tells_who_must_do_what_by_when(visitor: Client) -> None:
    contact = ContactFactory.create()
    add_contact_page()
    call = CallFactory.create(contact=contact, budget=2_500_000, funding_rate=80, tracks=["financing"])
    DeadlineFactory.create(call=call, governs="interest", due_at=timezone.now() + timedelta(days=12))
    page = add_call_page(add_calls(), call)
    text = visitor.get(page.url).content.decode()
    for expected in ("ESF+ · closing soon", "Declare your partnership (en)", "12 days left", "2,500,000 euro", "80"):
        assert expected in text
    assert f"?to={contact.pk}" in text
    assert contact.email not in text
    assert f"/en/calls/{call.pk}/calendar.ics" in text


def test_a_withdrawn_call_says_so(visitor: Client) -> None:
    call = CallFactory.create(withdrawn_at=timezone.now(), withdrawn_reason=words("No money"))
    text = visitor.get(add_call_page(add_calls(), call).url).content.decode()
    assert "This call was withdrawn." in text
    assert "No money (en)" in text


def test_the_overview_puts_open_calls_first_and_filters(visitor: Client) -> None:
    index = add_calls()
    add_call_page(index, CallFactory.create(due=[timezone.now() - timedelta(days=1)]), title="Gone by")
    add_call_page(
        index, CallFactory.create(due=[timezone.now() + timedelta(days=30)], tracks=["training"]), title="Still open"
    )
    text = visitor.get(index.url).content.decode()
    assert text.index("Still open") < text.index("Gone by")
    assert "Gone by" not in visitor.get(f"{index.url}?state=open").content.decode()
    assert "Gone by" not in visitor.get(f"{index.url}?track=training").content.decode()
    odd = visitor.get(f"{index.url}?state=nonsense&track=%00&page=-7&page=x")
    assert odd.status_code == 200
    assert "Gone by" in odd.content.decode()


@pytest.mark.parametrize("number", [1, 3, 12])
def test_the_overview_costs_the_same_however_many_calls(
    visitor: Client, number: int, django_assert_max_num_queries: Any
) -> None:
    index = add_calls()
    for _each in range(number):
        add_call_page(index, CallFactory.create(due=[timezone.now() + timedelta(days=3)]))
    visitor.get(index.url)
    with django_assert_max_num_queries(22):
        visitor.get(index.url)


def test_news_tell_search_engines_what_they_are(visitor: Client) -> None:
    add_news()
    text = visitor.get("/en/news/piece-0/").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert found
    data = json.loads(found[1])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Piece 0"
    assert 'property="og:type" content="article"' in text


def test_news_come_in_pages(visitor: Client) -> None:
    add_news(count=13)
    assert "page=2" in visitor.get("/en/news/").content.decode()
    second = visitor.get("/en/news/?page=2").content.decode()
    assert "Piece 0" in second
    assert 'rel="canonical" href="http://localhost:8000/en/news/?page=2"' in second
    assert 'rel="canonical" href="http://localhost:8000/en/news/"' in visitor.get("/en/news/?q=x").content.decode()


def test_menus_lead_to_the_readers_language_and_mark_where_it_lacks(visitor: Client) -> None:
    page = add_page(title="About us")
    MenuItem.objects.create(settings=SiteSettings.objects.get(), place="footer", label=words("About"), page=page)
    assert "About (en)" in visitor.get("/en/").content.decode()
    french = visitor.get("/fr/").content.decode()
    assert "About (fr)" in french
    assert "/en/about/" in french
    copy = page.copy_for_translation(home("fr").locale)
    copy.slug = "a-propos"
    copy.save_revision().publish()
    assert "/fr/a-propos/" in visitor.get("/fr/").content.decode()


def test_a_section_shows_its_parts_and_marks_the_nearest(visitor: Client) -> None:
    def links(page: str, start: str, end: str) -> list[tuple[str, str]]:
        part = page[page.index(start) :]
        found = re.findall(r'<a href="([^"]+)"(?: aria-current="(page|true)")?><span>', part[: part.index(end)])
        return [(url.removeprefix("/en/"), current) for url, current in found]

    entries = ["practices/", "practices/mainstreaming/", "partners/", "offers-and-requests/", "learning/"]
    entries.append("learning/themes/")
    page = visitor.get("/en/learning/themes/").content.decode()
    assert links(page, 'class="section-menu"', "</nav>") == [("learning/", ""), ("learning/themes/", "page")]
    upper = [(each, "true" if each == "learning/" else "") for each in entries if each.count("/") == 1]
    assert links(page, 'class="header__wide"', "</nav>") == upper
    drawer = links(page, 'class="drawer__panel"', "</nav>")
    assert [url for url, _current in drawer] == entries
    assert dict(drawer)["learning/themes/"] == "page"
    page = visitor.get("/en/practices/mainstreaming/moves/").content.decode()
    assert links(page, 'class="section-menu"', "</nav>") == [("practices/", ""), ("practices/mainstreaming/", "true")]
    page = visitor.get("/en/practices/").content.decode()
    assert links(page, 'class="section-menu"', "</nav>") == [("practices/", "page"), ("practices/mainstreaming/", "")]
    assert 'class="section-menu"' not in visitor.get("/en/partners/").content.decode()


def test_what_is_below_an_entry_that_leads_nowhere_stands_for_itself(visitor: Client) -> None:
    page, site = add_page(title="About us"), SiteSettings.objects.get()
    page.unpublish()
    MenuItem.objects.create(settings=site, label=words("About"), page=page, sort_order=90)
    MenuItem.objects.create(settings=site, label=words("Find"), route="hub:search", is_below=True, sort_order=91)
    shown = visitor.get("/en/").content.decode()
    assert "About (en)" not in shown
    assert shown.count("Find (en)") == 2


def test_languages_lead_to_the_same_page_where_it_exists(visitor: Client) -> None:
    page = add_page()
    copy = page.copy_for_translation(home("fr").locale)
    copy.save_revision().publish()
    text = visitor.get(page.url).content.decode()
    french = copy.get_url()
    assert f'<link rel="alternate" hreflang="fr" href="http://localhost:8000{french}">' in text
    assert f'href="{french}" lang="fr"' in text
    assert 'href="/de/" lang="de"' in text
    assert 'hreflang="x-default"' in text
    library = visitor.get("/en/practices/").content.decode()
    assert 'hreflang="nl" href="http://localhost:8000/nl/' in library


def test_languages_lead_as_near_as_they_have_it_and_say_so(visitor: Client) -> None:
    index = add_page(title="Practical")
    page = add_page(index, title="Parking", slug="parking")
    copy = index.copy_for_translation(home("fr").locale)
    copy.title = "Infos pratiques"
    copy.save_revision().publish()
    text = visitor.get(page.url).content.decode()
    note = "non traduite, mène à « Infos pratiques »"
    link = f'href="{copy.get_url()}" lang="fr" hreflang="fr"><span aria-hidden="true" title="{note}">'
    assert link in text.replace("\xa0", " ")
    assert (
        text.replace("\xa0", " ").count(note) == 4
    )  # in the header and in the menu of a phone, as a hint and to be read out
    assert 'href="/de/" lang="de" hreflang="de"><span aria-hidden="true" title="' in text
    assert 'lang="en" hreflang="en" aria-current="true"><span' in text


def test_an_address_without_language_remembers_the_one_asked_for(visitor: Client) -> None:
    answer = visitor.get("/accounts/login/?language=fr&next=/en/my/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=%2Fen%2Fmy%2F"
    assert answer.cookies["language"].value == "fr"
    assert '<html lang="fr"' in visitor.get(answer["Location"]).content.decode()
    assert visitor.get("/accounts/login/?language=xx").status_code == 200


def test_drafts_and_private_pages_stay_out_of_sight(visitor: Client) -> None:
    index = add_calls()
    page = add_call_page(index, CallFactory.create(due=[timezone.now() + timedelta(days=9)]), title="Not for all")
    index.view_restrictions.create(restriction_type="login")
    assert "Not for all" not in visitor.get("/en/").content.decode()
    index.view_restrictions.all().delete()
    page.unpublish()
    assert "Not for all" not in visitor.get("/en/").content.decode()
    assert visitor.get(page.url).status_code == 404


def test_a_closed_call_reminds_nobody(visitor: Client) -> None:
    index = add_calls()

    def page(days: int) -> str:
        call = CallFactory.create(due=[timezone.now() + timedelta(days=days)])
        return visitor.get(add_call_page(index, call).url).content.decode()

    assert "Remind me" in page(9)
    closed = page(-9)
    assert "Remind me" not in closed
    assert "?topic=calls" in closed

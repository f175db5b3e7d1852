"""What is kept for everyone, for how long, and that nobody ever gets what was made for somebody else."""

import gzip
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.users.models import User
from calls.overview.forms import CallFilterForm
from events.seats.models import Registration
from hub.content_memory import content_version, kept_pages
from hub.pages.models import StandardPage
from hub.site.models import MenuItem, SiteSettings
from hub.site_search.forms import SearchForm
from hub.vocabularies.models import Term
from nccsi.caching import content_watch, page_cache
from nccsi.caching.page_cache import Kept, PageCacheMiddleware, Shelf, in_order, key_of, shelf
from partners.directory.filters import FACETS
from practices.choosing.forms import ComparisonForm
from practices.library.filters import PracticeFilterSet
from tests.factories.accounts import UserFactory
from tests.factories.hub import add_contact_page, add_page
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory

HOME = "/en/"


@pytest.fixture
def remembering(db: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As outside of a transaction: each test runs in one, where otherwise nothing is remembered."""
    monkeypatch.setattr(content_version, "applies", lambda: True)
    monkeypatch.setattr(content_version, "SECONDS", 0.0)
    monkeypatch.setattr(content_version, "_memory", content_version._Memory())
    shelf.clear()
    yield
    shelf.clear()


def committed() -> None:
    """What the end of a transaction does to the triggers' memory."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('nccsi.content_changed', '', true)")


def queries(client: Client, address: str, **extra: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address, **extra)
    return sum("hub_contentchange" not in query["sql"] for query in captured)


# --- What is kept ---------------------------------------------------------------------------------


def test_the_second_visitor_costs_no_query_and_gets_the_same_page(remembering: None) -> None:
    first = Client().get(HOME)
    with CaptureQueriesContext(connection) as captured:
        second = Client().get(HOME)
    assert [query["sql"] for query in captured if "hub_contentchange" not in query["sql"]] == []
    assert second.content == first.content
    assert second["Cache-Control"] == page_cache.PUBLIC
    assert second["ETag"] == first["ETag"]
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert "Age" in second


def test_visitors_with_odd_cookies_share_the_page(remembering: None) -> None:
    pages = set()
    for number in range(5):
        client = Client()
        client.cookies["csrftoken"] = str(number) * 32
        client.cookies["anything"] = str(number)
        pages.add(client.get(HOME).content)
    assert len(pages) == 1
    assert len(shelf) == 1


@pytest.mark.parametrize("path", ["/en/practices/", "/en/partners/", "/en/calendar.ics", "/en/feeds/news/"])
def test_lists_feeds_and_calendars_are_kept(remembering: None, path: str) -> None:
    assert Client().get(path)["Cache-Control"] == page_cache.PUBLIC
    assert queries(Client(), path) == 0


def test_each_language_has_its_own(remembering: None) -> None:
    for _twice in range(2):
        for language in ("nl", "fr", "de", "en"):
            response = Client().get(f"/{language}/")
            assert f'<html lang="{language}"' in response.content.decode()
            assert response["Content-Language"] == language


def test_hosts_are_kept_apart(remembering: None, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "other.example.org"]
    Client().get(HOME, headers={"host": "localhost"})
    Client().get(HOME, headers={"host": "other.example.org"})
    assert len(shelf) == 2
    assert Client().get(HOME, headers={"host": "unknown.example.org"}).status_code == 400
    assert len(shelf) == 2


def test_compressed_for_those_who_can_read_it(remembering: None) -> None:
    plain = Client().get(HOME)
    packed = Client().get(HOME, headers={"accept-encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)
    assert "Accept-Encoding" in packed["Vary"]
    assert not Client().get(HOME, headers={"accept-encoding": "gzip;q=0"}).has_header("Content-Encoding")


def test_head_says_what_get_would(remembering: None) -> None:
    first, kept = Client().head(HOME), Client().get(HOME)
    again = Client().head(HOME)
    assert first["ETag"] == kept["ETag"] == again["ETag"]
    assert first["Content-Length"] == again["Content-Length"] == str(len(kept.content))
    assert first.content == again.content == b""


@pytest.mark.parametrize("path", [HOME, "/en/calendar.ics"])
def test_who_has_it_already_is_told_so(remembering: None, path: str) -> None:
    etag = Client().get(path)["ETag"]
    shelf.clear()
    for _missed_then_found in range(2):
        answer = Client().get(path, headers={"if-none-match": etag})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["Cache-Control"] == page_cache.PUBLIC
    assert Client().get(path, headers={"if-none-match": '"else"'}).status_code == 200


# --- What is not ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/admin/login/", "/accounts/login/", "/en/my/", "/en/follow/", "/en/nowhere/", "/"])
def test_what_is_for_one_person_or_no_page_is_not_kept(remembering: None, path: str) -> None:
    response = Client().get(path)
    assert "public" not in response.get("Cache-Control", "")
    assert len(shelf) == 0


def test_a_form_with_a_token_is_not_kept(remembering: None) -> None:
    page = add_contact_page()
    for client in (Client(), Client()):
        client.cookies["csrftoken"] = "x" * 32
        response = client.get(page.url)
        assert b"csrfmiddlewaretoken" in response.content
        assert response["Cache-Control"] == "private, no-store"
    assert len(shelf) == 0


def test_signed_in_people_see_their_own_pages_and_leave_none_behind(remembering: None, partner_user: User) -> None:
    people = [partner_user, *UserFactory.create_batch(3)]
    clients = [Client() for _person in people]
    for client, person in zip(clients, people, strict=True):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        response = client.get(HOME)
        assert "/en/my/" in response.content.decode()
        assert response["Cache-Control"] == "private, no-store"
    assert len(shelf) == 0
    assert "/en/my/" not in Client().get(HOME).content.decode()
    for client in clients:
        assert "/en/my/" in client.get(HOME).content.decode()


@pytest.mark.parametrize("header", ["hx-request", "authorization", "range"])
def test_special_requests_go_through(remembering: None, header: str) -> None:
    Client().get("/en/practices/", headers={header: "true"})
    assert len(shelf) == 0


def test_nothing_is_kept_where_memory_is_forbidden(remembering: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "most_bytes", 0)
    Client().get(HOME)
    assert len(shelf) == 0


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        (lambda request, response: None, True),
        (lambda request, response: response.set_cookie("anything", "1"), False),
        (lambda request, response: request.META.update(CSRF_COOKIE_NEEDS_UPDATE=True), False),
        (lambda request, response: response.headers.__setitem__("Cache-Control", "no-store"), False),
        (lambda request, response: response.headers.__setitem__("Cache-Control", "private"), False),
        (lambda request, response: setattr(response, "status_code", 404), False),
        (lambda request, response: setattr(request, "session", {"message": 1}), False),
        (lambda request, response: setattr(request.resolver_match, "view_name", "accounts:my_page"), False),
    ],
)
def test_an_answer_that_shows_whom_it_was_for_is_not_kept(remembering: None, change: Any, kept: bool) -> None:
    class Match:
        view_name = "wagtail_serve"

    class FakeSession(dict[str, Any]):
        modified = False

        def is_empty(self) -> bool:
            return not self

    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("words " * 200)
        request.resolver_match = Match()  # type: ignore[assignment]
        change(request, response)
        if hasattr(request, "session"):
            request.session = FakeSession(request.session)  # type: ignore[assignment]
        return response

    PageCacheMiddleware(view)(RequestFactory().get(HOME))
    assert bool(len(shelf)) is kept


# --- When it goes ---------------------------------------------------------------------------------


def test_a_publication_shows_at_once(remembering: None) -> None:
    page = add_page(title="Before")
    committed()
    assert "Before" in Client().get(page.url).content.decode()
    committed()
    page.title = "After"
    page.save_revision().publish()
    assert "After" in Client().get(page.url).content.decode()
    committed()
    page.unpublish()
    assert Client().get(page.url).status_code == 404


def test_a_changed_menu_and_name_show_at_once_on_every_page(remembering: None) -> None:
    Client().get("/en/practices/")
    committed()
    settings_row = SiteSettings.objects.first() or SiteSettings.objects.create()
    MenuItem.objects.create(settings=settings_row, label="Our new entry", route="partners:directory")
    committed()
    assert "Our new entry" in Client().get("/en/practices/").content.decode()
    Term.objects.filter(vocabulary="theme").update(label="A new name")
    committed()
    assert content_version.current() != content_version._Memory().version


def test_a_draft_changes_nothing(remembering: None) -> None:
    page = StandardPage.objects.get(pk=add_page(title="Published").pk)
    committed()
    version = content_version.current()
    page.title = "A draft"
    page.save_revision()
    assert content_version.current() == version


def test_after_its_minute_one_visitor_renews_it_and_the_others_do_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(page_cache.time, "monotonic", lambda: now)
    own, key = Shelf(1_000_000), ("http", "host", "/en/", "")
    own.put(key, Kept(1, now, now + 60, {}, b"words", None))
    assert own.get(key, 1)
    assert own.get(key, 2) is None
    now += 61
    assert own.get(key, 1) is None
    assert own.get(key, 1)


def test_a_post_lets_the_same_process_look_again(remembering: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_version, "SECONDS", 3600.0)
    page = add_page(title="Before")
    Client().get(page.url)
    committed()
    StandardPage.objects.filter(pk=page.pk).update(title="After")
    assert "Before" in Client().get(page.url).content.decode()
    Client().post("/en/search/")
    assert "After" in Client().get(page.url).content.decode()


@pytest.mark.django_db
def test_every_table_that_visitors_see_is_watched() -> None:
    with connection.cursor() as cursor:
        cursor.execute(content_watch._WATCHED)
        watched = {row[0] for row in cursor.fetchall()}
    assert watched == {model._meta.db_table for model in content_watch.watched()}
    assert {"wagtailcore_page", "practices_practice_terms", "hub_menuitem"} <= watched
    assert "events_registration" not in watched
    assert not {name for name in watched if name.startswith(("accounts_", "notifications_"))}


def test_what_an_app_says_no_page_shows_is_a_model_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps.get_app_config("events"), "not_shown", ("Registration", "Call"))
    with pytest.raises(LookupError, match="Call"):
        list(content_watch.watched())


def test_what_no_app_names_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps.get_app_config("events"), "not_shown", ())
    assert Registration in content_watch.watched()


@pytest.mark.django_db
def test_one_transaction_is_noted_once_and_an_update_of_nothing_never() -> None:
    content = content_version._read()
    committed()
    with TestCase.captureOnCommitCallbacks():
        Term.objects.filter(pk=Term.objects.first().pk).update(position=500)  # type: ignore[union-attr]
        changed = content_version._read()
        Term.objects.filter(vocabulary="theme").update(position=501)
        assert content_version._read() == changed != content
    committed()
    Term.objects.filter(vocabulary="theme").update(position=501)
    assert content_version._read() == changed


# --- Addresses and room ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "ordered"),
    [
        ("theme=19&q=wonen", "q=wonen&theme=19"),
        ("stage=6&stage=5", "stage=6&stage=5"),
        ("utm_source=a&q=x&fbclid=b", "q=x"),
        ("q=%C3%A9t%C3%A9", "q=%C3%A9t%C3%A9"),
        ("token=secret", None),
        ("q=%FF", None),
        ("q=" + "x" * 400, None),
        ("&".join(["q=1"] * 50), None),
    ],
)
def test_queries_are_put_in_order(query: str, ordered: str | None) -> None:
    assert in_order(query) == ordered


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/en/practices/?q=housing", "/en/partners/", "/en/search/?q=housing", "/en/practices/compare/"]
)
def test_whatever_these_pages_ask_for_is_kept(remembering: None, path: str) -> None:
    """Every address to which a page's own links and forms lead has parameters that the cache knows."""
    PracticeFactory.create_batch(3, theme=["19"], country=["BE"], texts={"en": {"title": "Housing"}})
    OrganisationFactory.create(sector="citizens", country="BE")
    page = Client().get(path).content.decode()
    own = path.partition("?")[0]
    queries = {unescape(query) for query in re.findall(rf'href="(?:{own})?\?([^"#]+)"', page)}
    forms = [
        form
        for form in re.findall(r"<form\b.*?</form>", page, re.DOTALL)
        if re.search(rf'method="get"[^>]*action="{own}"|action="{own}"[^>]*method="get"', form)
    ]
    queries |= {f"{name}=1" for form in forms for name in re.findall(r'\bname="(\w+)"', form)}
    assert {query for query in queries if in_order(query) is None} == set()
    assert queries or "compare" in path


def test_filters_of_every_list_are_known() -> None:
    fields = {*CallFilterForm.base_fields, *FACETS, *SearchForm.base_fields}
    assert kept_pages.are_known({*fields, *PracticeFilterSet.base_filters, *ComparisonForm.base_fields, "page"})


names = st.sampled_from(sorted(kept_pages._parameters)) | st.text(max_size=8)
pairs = st.lists(st.tuples(names, st.text(max_size=4)), max_size=5)


@given(pairs=pairs, noise=st.text(max_size=20))
def test_no_query_is_too_odd_and_order_is_stable(pairs: list[tuple[str, str]], noise: str) -> None:
    in_order(noise)
    known = [(name, value) for name, value in pairs if name in kept_pages._parameters]
    query = urlencode(known)
    assume(len(query) <= page_cache._LONGEST_QUERY)
    once = in_order(query)
    assert once is not None
    assert in_order(once) == once
    assert parse_qs(once, keep_blank_values=True) == parse_qs(query, keep_blank_values=True)
    if any(name not in kept_pages._parameters and not page_cache._CAMPAIGN.fullmatch(name) for name, _value in pairs):
        assert in_order(urlencode(pairs)) is None


def test_the_view_reads_the_same_query_as_the_key(remembering: None) -> None:
    request = RequestFactory().get("/en/practices/?theme=19&q=x&utm_source=mail")
    key = key_of(request)
    assert key is not None
    assert key[3] == request.META["QUERY_STRING"] == request.GET.urlencode() == "q=x&theme=19"


def test_random_searches_never_take_more_room_than_given() -> None:
    own = Shelf(50_000)
    own.put(("http", "host", "/en/", ""), Kept(1, 0, 9e9, {}, b"home", None))
    for number in range(500):
        own.put(("http", "host", "/en/practices/", f"q={number}"), Kept(1, 0, 9e9, {}, b"x" * 1_000, None))
        assert own.get(("http", "host", "/en/", ""), 1), "what is asked for often stays"
        assert own.bytes <= 50_000
    assert len(own) < 20


def test_the_session_cookie_is_the_one_that_the_cache_looks_for() -> None:
    assert settings.SESSION_COOKIE_NAME in page_cache._COOKIES

"""The open data as a whole: described, open to every site, limited, and silent about people."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from jsonschema import Draft202012Validator

from hub.models import SiteSettings
from hub.open_data.limits import DownloadLimit, ReadingLimit
from nccsi.api import schema
from partners.models import Membership
from practices import open_data
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, event_page
from tests.factories.hub import CallFactory, ContactFactory, add_call_page, add_calls
from tests.factories.partners import InterestFactory, OrganisationFactory
from tests.factories.practices import PracticeFactory, PracticeSourceFactory

ROOT = "/api/v1/"
PRACTICES = f"{ROOT}practices/"
NASTY = [
    *("", "\x00", "19", "5", "0", "-1", "٣", "'; DROP TABLE x; --", "<script>", "a & | ! b:*", '"', "-", "%", "\\"),
    *("9" * 5000, "x" * 10_000, "2027-03-28", "2027-02-30", "9999-12-31T23:59:59-12:00", "0001-01-01", "nl", "BE"),
]
VALUES = st.sampled_from(NASTY) | st.text(max_size=30)
CANARY = "canary.example.org"


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address of the description with what it takes."""
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            assert method == "get"
            yield path, operation


def body(response: Any) -> bytes:
    """All that was sent."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def seed() -> dict[str, str]:
    """One of everything, with somebody's address wherever the database keeps one; what names each of them."""
    person = UserFactory.create(email=f"person@{CANARY}", first_name="Canary", last_name="Bird")
    SiteSettings.objects.update_or_create(defaults={"contact_email": f"centre@{CANARY}"})
    owner = OrganisationFactory.create(
        email=f"organisation@{CANARY}", texts={"nl": {"summary": "Helpt", "body": "Meer"}}
    )
    Membership.objects.create(user=person, organisation=owner)
    practice = PracticeFactory.create(
        owner=owner, contact_email=f"practice@{CANARY}", theme=["19"], country=["BE"], stage="5", since=2010
    )
    PracticeSourceFactory.create(practice=practice)
    contact = ContactFactory.create(email=f"contact@{CANARY}")
    call = CallFactory.create(tracks=["training"], due=[timezone.now()], contact=contact)
    add_call_page(add_calls(), call, contact=contact)
    InterestFactory.create(call=call, email=f"interest@{CANARY}", user=person, contact_name="Canary Bird")
    event = EventFactory.create(call=call, contact=contact, capacity=5, online_url=f"https://meet.{CANARY}/room")
    event_page(event)
    RegistrationFactory.create(event=event, email=f"registration@{CANARY}", name="Canary Bird", user=person)
    return {"slug": practice.slug, "id": str(call.pk), "uid": str(event.uid), "vocabulary": "theme", "code": "19"}


def address(path: str, names: dict[str, str]) -> str:
    """A path of the description with its places filled in; organisations and practices share a place's name."""
    if "organisations" in path:
        names = names | {"slug": OrganisationFactory._meta.model.objects.get().slug}
    return path.format(**names)


def as_part(text: str) -> str:
    """A text inside an address."""
    return quote(text.encode("utf-8", "replace"), safe="")


class TestDescription:
    def test_it_is_valid_and_complete(self, tmp_path: Any) -> None:
        call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))
        paths = set(schema()["paths"])
        lists = {f"{ROOT}{name}/" for name in ("practices", "organisations", "calls", "events", "terms")}
        files = {f"{ROOT}{name}.{kind}" for name in ("practices", "organisations") for kind in ("csv", "jsonld")}
        assert lists | files < paths
        assert all(path.startswith(ROOT) for path in paths)
        assert schema()["info"]["license"]["url"] == "https://creativecommons.org/licenses/by/4.0/"

    @pytest.mark.django_db
    def test_answers_are_what_it_says(self, visitor: Client) -> None:
        names = seed()
        checked = 0
        for path, operation in operations():
            content = operation["responses"]["200"]["content"]
            shape = content.get("application/json", {}).get("schema", {})
            if "$ref" not in json.dumps(shape):
                continue
            whole = _as_json_schema(shape | {"components": schema()["components"]})
            errors = list(Draft202012Validator(whole).iter_errors(visitor.get(address(path, names)).json()))
            assert not errors, (path, errors[0].json_path, errors[0].message)
            checked += 1
        assert checked >= 9

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("accepted", "type_"),
        [
            ("*/*", "application/json"),
            ("application/json", "application/json"),
            ("application/yaml", "application/yaml"),
            ("application/vnd.oai.openapi", "application/vnd.oai.openapi"),
        ],
    )
    def test_it_comes_as_json_and_yaml(self, visitor: Client, accepted: str, type_: str) -> None:
        answer = visitor.get(f"{ROOT}schema/", headers={"accept": accepted})
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(type_)
        assert b"/api/v1/practices/" in answer.content
        assert answer["Vary"] == "Accept"

    @pytest.mark.django_db
    def test_catalogues_find_every_data_set_and_its_files(self, visitor: Client) -> None:
        answer = visitor.get(f"{ROOT}dataset.jsonld")
        assert answer["Content-Type"] == "application/ld+json"
        nodes = answer.json()["@graph"]
        sets = {node["dct:identifier"]: node for node in nodes if "dcat:Dataset" in node["@type"]}
        assert set(sets) == {"practices", "organisations", "calls", "events", "terms"}
        urls = [one["dcat:accessURL"]["@id"] for node in sets.values() for one in node["dcat:distribution"]]
        assert len(urls) == 9
        for url in urls:
            assert visitor.get(url.removeprefix("http://localhost:8000")).status_code == 200
        for node in (*sets.values(), *(one for each in sets.values() for one in each["dcat:distribution"])):
            assert node["dct:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}

    @pytest.mark.django_db
    def test_the_root_leads_everywhere(self, visitor: Client) -> None:
        answer = visitor.get(ROOT).json()
        assert answer["licence"]["name"] == "CC BY 4.0"
        urls = [
            *answer["lists"].values(),
            *answer["downloads"].values(),
            *(answer[name] for name in ("dataset", "docs")),
        ]
        for url in urls:
            assert visitor.get(url.removeprefix("http://localhost:8000")).status_code == 200, url


def _as_json_schema(shape: Any) -> Any:
    """OpenAPI 3.0 says `nullable` where JSON Schema has a type of its own."""
    if isinstance(shape, list):
        return [_as_json_schema(each) for each in shape]
    if not isinstance(shape, dict):
        return shape
    found = {name: _as_json_schema(value) for name, value in shape.items() if name not in {"nullable", "example"}}
    return {"anyOf": [found, {"type": "null"}]} if shape.get("nullable") is True else found


class WhateverIsAsked(TestCase):
    """Hypothesis throws parameters at every address."""

    def setUp(self) -> None:
        self.names = seed()

    @settings(max_examples=60, deadline=None)
    @given(data=st.data())
    def test_an_answer_or_a_problem_but_never_an_error(self, data: st.DataObject) -> None:
        cache.clear()
        path, operation = data.draw(st.sampled_from(list(operations())))
        known = [each["name"] for each in operation.get("parameters", []) if each["in"] == "query"]
        names = st.sampled_from([*known, "page", "page_size", "prefer", "format", "unknown", "q[]"])
        pairs = data.draw(st.lists(st.tuples(names, VALUES), max_size=6))
        filled = address(path, self.names)
        if "{" in path and data.draw(st.booleans()):
            filled = re.sub(
                r"\{\w+\}", lambda _place: quote(data.draw(VALUES).encode("utf-8", "replace"), safe=""), path
            )
        query = "&".join(f"{as_part(name)}={as_part(value)}" for name, value in pairs)
        answer = self.client.get(f"{filled}?{query}")
        assert answer.status_code in {200, 404} or (answer.status_code == 301 and filled != address(path, self.names))
        if answer.status_code == 404:
            assert json.loads(body(answer))["status"] == 404
        elif answer.status_code == 200:
            assert body(answer)


@pytest.mark.django_db
def test_nobody_is_told_about(visitor: Client) -> None:
    """No address, name or meeting room of anybody in any answer."""
    names = seed()
    seen = 0
    for path, _operation in operations():
        answer = visitor.get(address(path, names), {"page_size": "200"})
        text = body(answer).decode()
        assert answer.status_code == 200, path
        assert CANARY not in text, path
        assert "@example" not in text, path
        assert "Canary" not in text, path
        seen += len(text)
    assert seen > 50_000


@pytest.mark.django_db
class TestOtherSites:
    """Every site may read, nobody is known."""

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            (PRACTICES, 200),
            (f"{ROOT}practices.csv", 200),
            (f"{PRACTICES}nothing/", 404),
            (f"{ROOT}nothing/", 404),
            (f"{ROOT}practices", 301),
        ],
    )
    def test_read_everything_refusals_included(self, visitor: Client, path: str, status: int) -> None:
        answer = visitor.get(path, headers={"origin": "https://elsewhere.example"})
        assert answer.status_code == status
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        assert "ETag" in answer["Access-Control-Expose-Headers"]
        assert answer["X-Robots-Tag"] == "noindex"

    def test_may_ask_first(self, visitor: Client) -> None:
        headers = {"origin": "https://elsewhere.example", "access-control-request-method": "GET"}
        answer = visitor.options(PRACTICES, headers=headers)
        assert answer.status_code == 200
        assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in answer["Access-Control-Allow-Headers"]

    def test_read_no_page(self, visitor: Client) -> None:
        for path in (f"{ROOT}docs/", "/en/practices/", "/en/nothing/"):
            assert "Access-Control-Allow-Origin" not in visitor.get(path), path

    def test_the_answer_is_the_same_for_whoever_asks(self, visitor: Client, editor: Client) -> None:
        PracticeFactory.create(texts={"fr": {"title": "B"}, "en": {"title": "A"}})
        plain = visitor.get(PRACTICES)
        known = editor.get(PRACTICES, headers={"accept-language": "fr"})
        assert plain.content == known.content
        for answer in (plain, known):
            assert answer["Cache-Control"].startswith("public, max-age=60")
            assert answer["Content-Language"] == "nl, fr, de, en"
            assert not answer.cookies
            assert not answer.has_header("Vary")


@pytest.mark.django_db
class TestProblems:
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_nothing_can_be_written(self, visitor: Client, method: str) -> None:
        for path in (PRACTICES, f"{ROOT}practices.csv", ROOT, f"{ROOT}terms/"):
            answer = getattr(visitor, method)(path)
            assert answer.status_code == 405
            assert answer["Allow"] == "GET, HEAD, OPTIONS"
            _is_problem(answer, 405)

    def test_a_format_that_nobody_speaks(self, visitor: Client) -> None:
        _is_problem(visitor.get(PRACTICES, headers={"accept": "text/csv"}), 406)

    def test_a_browser_gets_json_and_a_download_is_what_its_address_says(self, visitor: Client) -> None:
        browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        assert visitor.get(PRACTICES, headers=browser)["Content-Type"] == "application/json"
        assert visitor.get(f"{ROOT}practices.csv", headers={"accept": "image/png"})["Content-Type"].startswith(
            "text/csv"
        )

    def test_more_parameters_than_anybody_needs(self, visitor: Client) -> None:
        with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=10):
            _is_problem(visitor.get(PRACTICES + "?" + "&".join(["q=a"] * 20)), 400)
            assert visitor.get("/en/practices/?" + "&".join(["q=a"] * 20))["Content-Type"].startswith("text/html")

    def test_our_own_mistakes(self, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_arguments: Any, **_more: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr(open_data, "opened", broken)
        visitor.raise_request_exception = False
        answer = visitor.get(PRACTICES)
        _is_problem(answer, 500)
        assert answer["Access-Control-Allow-Origin"] == "*"

    def test_too_much_at_once(self, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ReadingLimit, "limit", 3)
        monkeypatch.setattr(DownloadLimit, "limit", 1)
        for number in range(3):  # another made-up origin each time does not help
            assert visitor.get(PRACTICES, headers={"x-forwarded-for": f"198.51.100.{number}"}).status_code == 200
        answer = visitor.get(PRACTICES, headers={"x-forwarded-for": "203.0.113.9"})
        problem = _is_problem(answer, 429)
        assert 0 < int(answer["Retry-After"]) <= 60
        assert problem["retry_after"] == int(answer["Retry-After"])
        assert "page_size=200" in problem["detail"]
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert visitor.options(PRACTICES).status_code == 200
        assert visitor.get(f"{ROOT}practices.csv").status_code == 200
        _is_problem(visitor.get(f"{ROOT}organisations.csv"), 429)


def _is_problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == status
    assert {"type", "title", "detail"} <= set(problem)
    return problem


@pytest.mark.django_db
class TestPages:
    def test_the_docs_tell_every_address_and_need_no_script(self, visitor: Client) -> None:
        page = visitor.get(f"{ROOT}docs/").content.decode()
        for path, operation in operations():
            assert path in page
            for parameter in operation.get("parameters", []):
                assert f"<code>{parameter['name']}</code>" in page
        assert "https://creativecommons.org/licenses/by/4.0/" in page
        assert "dataset.jsonld" in page
        assert "<script" not in page

    def test_the_explorer_keeps_to_the_strict_policy(self, visitor: Client) -> None:
        answer = visitor.get(f"{ROOT}docs/explorer/")
        assert "unsafe" not in answer["Content-Security-Policy"]
        page = answer.content.decode()
        assert re.findall(r"<script(?![^>]*src=)", page) == []
        assert re.findall(r"<style|style=", page) == []

    def test_every_page_leads_there(self, visitor: Client) -> None:
        for path in ("/nl/", "/fr/pratiques/", "/en/search/"):
            assert 'href="/api/v1/docs/"' in visitor.get(path).content.decode()
        assert 'href="/api/v1/practices.csv"' in visitor.get("/de/praktiken/").content.decode()

    def test_robots_may_look(self, visitor: Client) -> None:
        assert "/api/" not in visitor.get("/robots.txt").content.decode()
        assert "/api/" not in visitor.get("/sitemap.xml").content.decode()

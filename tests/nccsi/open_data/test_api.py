"""The open data as a whole: described, open to every site, limited, and silent about people."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from jsonschema import Draft202012Validator

from hub.open_data import freshness
from hub.open_data.views import OpenDataView
from hub.site.models import SiteSettings
from learning.questions.models import Question
from nccsi.open_data.api import schema
from partners.organisations.models import Membership
from practices.mainstreaming.models import HookStatus, PolicyHook
from practices.reuse.models.reuses import Reuse
from tests.environment import BASE_DIR
from tests.factories.accounts import UserFactory
from tests.factories.consortia import InterestFactory
from tests.factories.events import EventFactory, RegistrationFactory, event_page
from tests.factories.hub import CallFactory, ContactFactory, add_call_page, add_calls
from tests.factories.learning import question
from tests.factories.mainstreaming import SOURCE, hook
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, PracticeSourceFactory
from tests.factories.reuse import many

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


def modules(kind: type[Any]) -> Iterator[str]:
    """Where this kind of view, those derived from it and what they write with stand."""
    for one in (kind, getattr(kind, "serializer_class", None), getattr(kind, "row_serializer_class", None)):
        if one is not None and not one.__module__.startswith("rest_framework."):
            yield one.__module__
    for derived in kind.__subclasses__():
        yield from modules(derived)


def test_a_release_that_writes_answers_otherwise_gives_them_other_tags() -> None:
    schema()  # with all views loaded
    read = {".".join(path.relative_to(BASE_DIR).with_suffix("").parts) for path in freshness.sources()}
    assert set(modules(OpenDataView)) <= read


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
    question()
    (reuse,) = many(practice, 1)
    Reuse.objects.update(created_by=person)
    made = hook("eu", status="", practices=[practice])
    HookStatus.objects.create(hook=made, status="idea", on="2020-05-01", by=person, **SOURCE)
    names = {"slug": practice.slug, "id": str(call.pk), "uid": str(event.uid), "uuid": str(reuse.uuid)}
    return names | {"vocabulary": "theme", "code": "19"}


def address(path: str, names: dict[str, str]) -> str:
    """A path of the description with its places filled in; organisations and practices share a place's name."""
    if "organisations" in path:
        names = names | {"slug": OrganisationFactory._meta.model.objects.earliest("pk").slug}
    if "questions" in path:
        names = names | {"slug": Question.objects.get().slug}
    if "policy-hooks" in path:
        names = names | {"id": str(PolicyHook.objects.get().pk)}
    return path.format(**names)


def as_part(text: str) -> str:
    """A text inside an address."""
    return quote(text.encode("utf-8", "replace"), safe="")


class TestDescription:
    def test_it_is_valid_and_complete(self, tmp_path: Any) -> None:
        call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))
        paths = set(schema()["paths"])
        lists = {f"{ROOT}{name}/" for name in ("practices", "organisations", "calls", "events", "terms")}
        lists |= {f"{ROOT}{name}/" for name in ("questions", "reuses", "policy-hooks")}
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
        known = {"practices", "reuses", "policy-hooks", "organisations", "calls", "events", "questions", "terms"}
        assert set(sets) == known
        urls = [one["dcat:accessURL"]["@id"] for node in sets.values() for one in node["dcat:distribution"]]
        assert len(urls) == len(known) + 4
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
class TestPages:
    def test_the_docs_tell_every_address_and_need_no_script(self, visitor: Client) -> None:
        page = visitor.get(f"{ROOT}docs/").content.decode()
        for path, operation in operations():
            assert path in page
            for parameter in operation.get("parameters", []):
                assert f"<code>{parameter['name']}</code>" in page
        assert "https://creativecommons.org/licenses/by/4.0/" in page
        assert "dataset.jsonld" in page
        assert re.findall(r"<script[^>]*>", page) == re.findall(r'<script src="[^"]*/js/portal[^"]*" defer>', page)

    def test_the_explorer_keeps_to_the_strict_policy(self, visitor: Client) -> None:
        answer = visitor.get(f"{ROOT}docs/explorer/")
        assert "unsafe" not in answer["Content-Security-Policy"]
        page = answer.content.decode()
        assert re.findall(r"<script(?![^>]*src=)", page) == []
        assert re.findall(r"<style|style=", page) == []

    def test_every_page_leads_there(self, visitor: Client) -> None:
        for path in ("/nl/", "/fr/pratiques/", "/en/search/"):
            assert 'href="/api/v1/docs/"' in visitor.get(path).content.decode()
        assert 'href="/api/v1/practices.csv"' in visitor.get("/de/praxisbeispiele/").content.decode()

    def test_robots_may_look(self, visitor: Client) -> None:
        assert "/api/" not in visitor.get("/robots.txt").content.decode()
        assert "/api/" not in visitor.get("/sitemap.xml").content.decode()

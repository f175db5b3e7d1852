"""The open data to the outside: open to every site, read-only, limited, and clear about what went wrong."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings

from hub.open_data.limits import DownloadLimit, ReadingLimit
from practices.open_data import records
from tests.factories.practices import PracticeFactory

ROOT = "/api/v1/"
PRACTICES = f"{ROOT}practices/"


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

        monkeypatch.setattr(records, "to_records", broken)
        visitor.raise_request_exception = False
        answer = visitor.get(PRACTICES)
        _is_problem(answer, 500)
        assert answer["Access-Control-Allow-Origin"] == "*"

    @time_machine.travel(datetime(2027, 3, 1, 12, 0, 10, tzinfo=UTC), tick=False)
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

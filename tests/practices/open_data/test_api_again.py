"""Who asks again is told that nothing changed, without any work, and never wrongly."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.content_memory import content_version
from hub.open_data import freshness
from practices.practice.models.texts import PracticeText
from tests.factories.practices import PracticeFactory
from tests.practices.open_data.test_api import CSV, JSON_LD, PRACTICES, answered


@pytest.fixture
def _remembering(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As outside of a transaction: each test runs in one, where otherwise nothing is remembered."""
    monkeypatch.setattr(content_version, "applies", lambda: True)
    monkeypatch.setattr(content_version, "SECONDS", 0.0)
    monkeypatch.setattr(content_version, "_memory", content_version._Memory())


def committed() -> None:
    """What the end of a transaction does to the triggers' memory."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('nccsi.content_changed', '', true)")


@pytest.mark.usefixtures("_remembering")
class TestAskingAgain:
    @pytest.mark.parametrize("path", [PRACTICES, f"{PRACTICES}?theme=19&page_size=5", CSV, JSON_LD, f"{PRACTICES}one/"])
    def test_nothing_is_sent_while_nothing_changed(self, visitor: Client, path: str) -> None:
        practice = PracticeFactory.create(slug="one", theme=["19"])
        committed()
        first = visitor.get(path)
        assert first.status_code == 200
        assert first["ETag"].startswith('W/"')
        with CaptureQueriesContext(connection) as queries:
            again = visitor.get(path, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert again["ETag"] == first["ETag"]
        kept = "no-cache" if path in {CSV, JSON_LD} else freshness.PUBLIC
        assert (first["Cache-Control"], again["Cache-Control"]) == (kept, kept)
        assert again["Access-Control-Allow-Origin"] == "*"
        assert answered(queries) == 0
        assert visitor.get(path, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
        PracticeText.objects.filter(practice=practice).update(title="Another title")
        committed()
        after = visitor.get(path, headers={"if-none-match": first["ETag"]})
        assert after.status_code == 200
        assert after["ETag"] != first["ETag"]

    def test_a_tag_of_another_question_or_of_nothing_is_not_taken(self, visitor: Client) -> None:
        tag = visitor.get(PRACTICES)["ETag"]
        assert visitor.get(PRACTICES, {"theme": "19"}, headers={"if-none-match": tag}).status_code == 200
        assert visitor.get(PRACTICES, {"unknown": "19"}, headers={"if-none-match": tag}).status_code == 304
        assert visitor.get(PRACTICES, headers={"if-none-match": "*"}).status_code == 304
        assert visitor.get(f"{PRACTICES}nothing/", headers={"if-none-match": "*"}).status_code == 404

    def test_another_release_is_another_answer(self, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        tag = visitor.get(PRACTICES)["ETag"]
        monkeypatch.setattr(freshness, "_form", lambda: "another")
        assert visitor.get(PRACTICES, headers={"if-none-match": tag}).status_code == 200

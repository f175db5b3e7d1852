"""Files that nobody needs: looked for in portions, and not begun where nothing takes them."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from consortia.consortium.actions import Role
from consortia.consortium.models import Consortium
from consortia.files import sweeping, uploading
from consortia.files.models import Upload
from tests.consortia.drafts.drafting import Draft, draft
from tests.consortia.drafts.working import document, pdf
from tests.consortia.partnering import address
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["draft"]


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A folder of its own."""
    settings.MEDIA_ROOT = str(tmp_path)
    with translation.override("en"):
        yield tmp_path


def test_many_files_are_looked_through_in_portions(draft: Draft, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "PORTION", 2)
    kept = [str(document(draft).file.versions.get().content.name) for _each in range(5)]
    parts = [
        f"{uploading.keep(draft.consortium, pdf(), by=draft.people[Role.LEAD_OWNER]).place}.0" for _each in "12345"
    ]
    folder = media / "private/consortia"
    for name in ("a.pdf", "b.pdf", "c.pdf", "unfinished/no-key", f"unfinished/{'0' * 32}.0"):
        (folder / name).write_bytes(b"stray")
    (folder / "unfinished" / ("1" * 32 + ".0")).write_bytes(b"of a transaction that goes on")
    for file in folder.rglob("*"):
        if file.is_file() and file.name != "1" * 32 + ".0":
            os.utime(file, (0, 0))
    with CaptureQueriesContext(connection) as asked:
        assert sweeping.sweep() == 5
    assert all(default_storage.exists(name) for name in [*kept, *parts])
    assert len([file for file in folder.rglob("*") if file.is_file()]) == 11
    of_rows = [each["sql"] for each in asked if " IN (" in each["sql"] and "SELECT" in each["sql"]]
    assert len([sql for sql in of_rows if "fileversion" in sql]) == 4, "eight files, two at a time"
    assert all(sql.partition(" IN (")[2].count(",") <= 2 for sql in of_rows)


def test_nothing_is_uploaded_where_no_verb_takes_it(draft: Draft) -> None:
    begin = address("begin_upload", draft.consortium.uuid)
    lead, file = signed_in(draft.people[Role.LEAD_OWNER]), {"name": "r.pdf", "size": 10}
    Consortium.objects.update(status="declared")
    assert lead.post(begin, file).status_code == 201
    Consortium.objects.update(status="draft")
    draft.call.deadlines.update(due_at=timezone.now() - timedelta(days=1))
    answer = lead.post(begin, file)
    assert (answer.status_code, "The call is over" in answer.json()["error"]) == (403, True)
    Consortium.objects.update(status="given_up")
    assert lead.post(begin, file).status_code == 403
    assert Upload.objects.count() == 1

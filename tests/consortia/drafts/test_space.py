"""How much the files of one consortium may take up, and that nothing is kept of who may send nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import translation

from consortia.consortium.actions import RefusedError, Role
from consortia.consortium.models import Consortium, Member
from consortia.documents import adding
from consortia.documents.models import Document
from consortia.files import uploading
from consortia.files.models import FileVersion, StoredFile, Upload
from tests.consortia.drafts.drafting import Draft, draft, new_draft
from tests.consortia.drafts.working import document, pdf
from tests.consortia.partnering import address, text
from tests.consortia.proposal.proposing import Proposing, proposing
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["draft", "proposing"]
ONE = len(pdf().read())


@pytest.fixture(autouse=True)
def one_megabyte(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.MEDIA_ROOT, settings.CONSORTIUM_MEGABYTES = str(tmp_path), 1
    with translation.override("en"):
        yield tmp_path


def _take(consortium: Consortium, *, left: int) -> None:
    """An earlier version of something has the rest."""
    file = StoredFile.objects.create(consortium=consortium)
    size = 1024 * 1024 - left
    FileVersion.objects.create(file=file, number=1, name="old.pdf", content="old.pdf", size=size, sha256="0" * 64)


def test_what_does_not_fit_is_refused_at_the_field_and_before_it_is_sent(draft: Draft) -> None:
    _take(draft.consortium, left=ONE - 1)
    client = signed_in(draft.people[Role.LEAD_OWNER])
    form = {"title": "Report", "key": uuid4(), "file": pdf()}
    answer = client.post(address("add_document", draft.consortium.uuid), form)
    assert answer.status_code == 422
    assert "of 1.0\xa0MB" in answer.context["form"].errors["file"][0]
    assert "remove documents" in text(answer)
    begun = client.post(address("begin_upload", draft.consortium.uuid), {"name": "r.pdf", "size": ONE})
    assert (begun.status_code, "take up" in begun.json()["error"]) == (422, True)
    assert not Document.objects.exists()
    assert not Upload.objects.exists()


def test_what_just_fits_is_taken_and_then_no_version_of_anything(draft: Draft) -> None:
    _take(draft.consortium, left=ONE)
    by = draft.people[Role.LEAD_OWNER]
    assert adding.add(draft.consortium, pdf(), key=uuid4(), title="Report", by=by)
    one = Document.objects.get()
    with pytest.raises(RefusedError, match="take up"):
        adding.replace(one, pdf("x"), by=by)
    assert adding.replace(one, pdf(), by=by) is None, "the same once more"
    other = Consortium.objects.create(call=draft.call, name="Other", summary={})
    other.members.create(organisation=draft.lead.organisation, status="joined", is_lead=True)
    assert adding.add(other, pdf(), key=uuid4(), title="Report", by=by), "each has space of its own"


def test_files_of_proposals_count_with_the_documents(proposing: Proposing) -> None:
    _take(proposing.consortium, left=ONE + 5)
    document(proposing.draft)
    with pytest.raises(RefusedError, match="take up"):
        proposing.send()


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_no_more_are_taken_than_fit(set_up_anew: None) -> None:
    there = new_draft()
    _take(there.consortium, left=2 * ONE)

    def add(_number: int) -> bool:
        try:
            by = there.people[Role.LEAD_OWNER]
            return adding.add(there.consortium, pdf(), key=uuid4(), title="Report", by=by)
        except RefusedError:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(add, range(4))) == 2


def test_of_who_may_send_nothing_nothing_is_kept(draft: Draft, one_megabyte: Path) -> None:
    invited = signed_in(draft.people[Role.INVITED_OWNER])
    form = {"title": "", "key": uuid4(), "file": pdf()}
    answer = invited.post(address("add_document", draft.consortium.uuid), form)
    assert answer.status_code == 422
    assert "Confirm first." in text(answer)
    begun = uploading.begin(draft.consortium, name="r.pdf", size=ONE, by=draft.people[Role.MEMBER_OWNER])
    Member.objects.filter(pk=draft.joined.pk).update(status="invited")
    url = f"{address('upload', draft.consortium.uuid, begun.uuid)}?offset=0"
    gone = signed_in(draft.people[Role.MEMBER_OWNER]).post(url, b"x", content_type="application/octet-stream")
    assert (gone.status_code, "Confirm first." in gone.json()["error"]) == (403, True)
    assert [each for each in one_megabyte.rglob("*") if each.is_file()] == []

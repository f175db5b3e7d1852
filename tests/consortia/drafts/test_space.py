"""How much the files of one consortium may take up, and that nothing is kept of who may send nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, connections, transaction
from django.test import TestCase
from django.utils import timezone, translation

from consortia.consortium.actions import RefusedError, Role
from consortia.consortium.models import Consortium, Member
from consortia.documents import adding
from consortia.documents.models import Document
from consortia.files import removing, space, uploading
from consortia.files.models import FileVersion, StoredFile, Upload
from tests.consortia.drafts.drafting import Draft, draft, new_draft
from tests.consortia.drafts.working import document, older_version, pdf
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


def test_what_another_organisation_added_is_removed_by_it_and_the_lead_alone(draft: Draft) -> None:
    old = older_version(draft, draft.lead)
    other = draft.people[Role.MEMBER_EDITOR]
    with pytest.raises(RefusedError):
        removing.remove(draft.consortium, old.uuid, by=other)
    page = address("remove_version", draft.consortium.uuid, old.uuid)
    assert page not in text(signed_in(other).get(address("space", draft.consortium.uuid)))
    theirs = older_version(draft, draft.joined)
    assert removing.remove(draft.consortium, theirs.uuid, by=draft.people[Role.LEAD_EDITOR])


def test_an_older_version_makes_room_and_its_row_says_what_it_was(draft: Draft, one_megabyte: Path) -> None:
    old = older_version(draft, draft.joined)
    place, last = one_megabyte / str(old.content.name), old.file.versions.get(number=2)
    assert place.exists()
    person = draft.people[Role.MEMBER_EDITOR]
    client, page = signed_in(person), address("remove_version", draft.consortium.uuid, old.uuid)
    space_page = address("space", draft.consortium.uuid)
    assert page in text(client.get(space_page))
    assert address("remove_version", draft.consortium.uuid, last.uuid) not in text(client.get(space_page))
    assert "The file is deleted for everybody" in text(client.get(page))
    assert place.exists()
    before = space.used(draft.consortium)
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(page)
        client.post(page)
    assert space.used(draft.consortium) == before - old.size
    assert not place.exists()
    old.refresh_from_db()
    assert (old.content.name, old.removed_by, old.removed_for) == ("", person, "Joined")
    assert draft.consortium.entries.filter(action="remove_version").count() == 1
    shown = text(client.get(address("document", draft.consortium.uuid, Document.objects.get().pk)))
    assert "Removed by Joined (Ann Joined)" in shown
    assert old.sha256 in shown
    assert f'href="{address("download", draft.consortium.uuid, old.uuid)}"' not in shown
    assert client.get(address("download", draft.consortium.uuid, old.uuid)).status_code == 404
    assert "was removed already" in text(client.get(page))
    with pytest.raises(RefusedError, match="the last version"):
        removing.remove(draft.consortium, last.uuid, by=draft.people[Role.LEAD_EDITOR])
    person.delete()
    old.refresh_from_db()
    assert (old.removed_by, old.removed_for) == (None, "Joined")


def test_what_was_submitted_or_endorses_a_declared_partnership_stays(proposing: Proposing) -> None:
    by = proposing.person(Role.LEAD_OWNER)
    letter = document(proposing.draft)
    Document.objects.filter(pk=letter.pk).update(kind="letter", endorses=proposing.draft.joined)
    adding.replace(letter, pdf("newer"), by=by)
    with pytest.raises(RefusedError, match="as long as the partnership is declared"):
        removing.remove(proposing.consortium, letter.file.versions.get(number=1).uuid, by=by)
    proposing.fill()
    proposing.submit()
    for words in ("second", "third"):
        proposing.send(pdf(words))
    first, second, _third = FileVersion.objects.filter(file__filling__part=proposing.file).order_by("number")
    with pytest.raises(RefusedError, match="submitted with a proposal"):
        removing.remove(proposing.consortium, first.uuid, by=by)
    chosen = f"{proposing.text.pk}.1,{proposing.file.pk}.2"
    assert removing.remove(proposing.consortium, second.uuid, by=by)
    with pytest.raises(RefusedError, match="Somebody removed a version"):
        proposing.submit(chosen=chosen)


@pytest.mark.parametrize("change", ["name = 'x'", "content = ''", "removed_at = now()", "sha256 = repeat('1', 64)"])
def test_the_database_lets_an_older_version_go_and_nothing_else_change(draft: Draft, change: str) -> None:
    old = older_version(draft)
    removal = "content = '', removed_at = now()"
    keys = dict(old.file.versions.values_list("number", "pk"))

    def update(number: int, said: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE consortia_fileversion SET {said} WHERE id = %s", [keys[number]])

    for number, said in ((1, change), (2, change), (2, removal), (1, f"{removal}, name = 'x'")):
        with pytest.raises(Error):
            update(number, said)
    update(1, removal)
    for said in ("content = 'back.pdf', removed_at = NULL", "removed_for = 'Somebody'"):
        with pytest.raises(Error):
            update(1, said)


def test_what_is_being_sent_counts_and_its_file_counts_once(draft: Draft) -> None:
    _take(draft.consortium, left=2 * ONE)
    lead, member = draft.people[Role.LEAD_OWNER], draft.people[Role.MEMBER_OWNER]
    begun = uploading.begin(draft.consortium, name="r.pdf", size=ONE, by=lead)
    uploading.receive(begun, pdf().read(), offset=0)
    with pytest.raises(ValidationError, match="being sent"):
        uploading.begin(draft.consortium, name="r.pdf", size=ONE + 1, by=member)
    uploading.begin(draft.consortium, name="r.pdf", size=ONE, by=member)
    form = {"title": "Report", "key": uuid4(), "upload": begun.uuid}
    answer = signed_in(lead).post(address("add_document", draft.consortium.uuid), form)
    assert answer.status_code == 302, text(answer)
    assert Document.objects.exists()
    assert Upload.objects.count() == 1


def test_who_has_no_space_left_is_told_what_can_be_removed_and_where(draft: Draft) -> None:
    older_version(draft)
    _take(draft.consortium, left=2 * ONE)
    client = signed_in(draft.people[Role.LEAD_OWNER])
    form = {"title": "Report", "key": uuid4(), "file": pdf("more")}
    shown = text(client.post(address("add_document", draft.consortium.uuid), form))
    assert "older versions, the largest first: “report.pdf”, version 1" in shown
    assert f'href="{address("space", draft.consortium.uuid)}"' in shown


def test_an_upload_that_nobody_goes_on_with_holds_no_place_for_what_never_came(draft: Draft) -> None:
    by = draft.people[Role.LEAD_OWNER]
    begun = uploading.begin(draft.consortium, name="r.pdf", size=900_000, by=by)
    uploading.receive(begun, b"x" * 1_000, offset=0)
    assert space.refusal(draft.consortium, 500_000)
    Upload.objects.filter(pk=begun.pk).update(changed_at=timezone.now() - space.STILL_COMING - timedelta(minutes=1))
    assert space.under_way(draft.consortium) == 1_000
    assert space.refusal(draft.consortium, 500_000) == ""
    uploading.receive(begun, b"x", offset=1_000)
    assert space.under_way(draft.consortium) == 900_000, "it comes again"

"""The pages: who gets them, what they say of missing parts, stale saves and receipts, and bounded queries."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.profile.to_do import tasks
from consortia.asked_parts.models import AskedPart
from consortia.consortium.actions import Role
from consortia.drafting import membership
from consortia.filling.contents import contents, selection
from consortia.filling.models import TextVersion
from consortia.proposal.models import Proposal
from consortia.receipts.models import Receipt
from tests.consortia.drafts.working import pdf
from tests.consortia.partnering import address, text
from tests.consortia.proposal.proposing import Proposing, proposing
from tests.factories.accounts import UserFactory
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
__all__ = ["proposing"]


def client_of(proposing: Proposing, role: Role) -> Client:
    return signed_in(proposing.person(role))


def page_of(proposing: Proposing, name: str, *more: Any) -> str:
    return address(name, proposing.consortium.uuid, *more)


def test_what_is_missing_stands_there_with_a_link(proposing: Proposing) -> None:
    lead, page = client_of(proposing, Role.LEAD_EDITOR), page_of(proposing, "proposal")
    shown = text(lead.get(page))
    assert "It is not submitted yet." in shown
    assert "is required and still missing" in shown
    assert f'href="{page_of(proposing, "proposal_part", proposing.text.pk)}"' in shown
    assert 'name="chosen"' not in shown
    answer = lead.post(page_of(proposing, "submit"), {"chosen": "", "seen": ""})
    assert answer.status_code == 422
    assert "It was not submitted." in text(answer)
    assert "“Summary”: is required and still missing." in text(answer)
    for damaged in ("1;2", "\n", "1.1\n"):
        assert lead.post(page_of(proposing, "submit"), {"chosen": damaged}).status_code == 422
    proposing.fill()
    assert 'name="chosen"' in text(lead.get(page))
    assert 'name="chosen"' not in text(client_of(proposing, Role.MEMBER_OWNER).get(page))
    assert page in text(lead.get(page_of(proposing, "consortium")))


def test_a_stale_save_shows_both_texts_and_keeps_the_own(proposing: Proposing) -> None:
    proposing.write("Theirs", role=Role.MEMBER_OWNER)
    page = page_of(proposing, "proposal_part", proposing.text.pk)
    lead = client_of(proposing, Role.LEAD_OWNER)
    answer = lead.post(page, {"text": "Mine", "was": "0"})
    assert answer.status_code == 422
    shown = text(answer)
    assert "Joined changed it while you were writing (Ann Joined" in shown
    assert "What stands now: version 1" in shown
    assert "<p>Theirs</p>" in shown
    assert "Mine</textarea>" in shown
    assert 'name="was" value="1"' in shown
    assert lead.post(page, {"text": "Mine", "was": "1"}).status_code == 302
    assert TextVersion.objects.count() == 2


def test_a_text_that_is_too_long_is_counted_and_kept(proposing: Proposing) -> None:
    page = page_of(proposing, "proposal_part", proposing.text.pk)
    answer = client_of(proposing, Role.LEAD_OWNER).post(page, {"text": "y" * 101, "was": "0"})
    assert answer.status_code == 422
    assert "Shorten it by 1 character. Nothing was saved yet." in text(answer)
    assert f"{'y' * 101}</textarea>" in text(answer)
    assert '<strong data-part="count">101</strong> / 100' in text(answer)
    assert not TextVersion.objects.exists()


def test_an_earlier_text_is_read_and_brought_back(proposing: Proposing) -> None:
    proposing.write("One")
    proposing.write("Two", was=1)
    member = client_of(proposing, Role.MEMBER_EDITOR)
    page = page_of(proposing, "text_version", proposing.text.pk, 1)
    assert "<p>One</p>" in text(member.get(page))
    member.post(page, {"was": "1"})
    assert TextVersion.objects.count() == 2, "somebody saved since"
    member.post(page, {"was": "2"})
    member.post(page, {"was": "2"})
    assert list(TextVersion.objects.order_by("number").values_list("text", flat=True)) == ["One", "Two", "One"]
    assert member.get(page_of(proposing, "text_version", proposing.text.pk, 9)).status_code == 404


def test_who_only_looks_after_the_deadline_is_not_told_to_be_late(proposing: Proposing) -> None:
    proposing.fill()
    proposing.move_deadline(hours=-2000)
    lead = client_of(proposing, Role.LEAD_OWNER)
    part = page_of(proposing, "proposal_part", proposing.text.pk)
    for page in (page_of(proposing, "proposal"), part):
        shown = text(lead.get(page))
        assert "The deadline has passed. It was " in shown
        assert "too late by" not in shown
    assert "too late by" in text(lead.post(part, {"text": "Later", "was": "1"}))


def test_a_file_is_sent_and_refused_at_its_field(proposing: Proposing) -> None:
    page = page_of(proposing, "proposal_part", proposing.file.pk)
    member = client_of(proposing, Role.MEMBER_OWNER)
    assert member.post(page, {"file": pdf()}).status_code == 302
    refused = member.post(page, {"file": pdf(name="a.exe")})
    assert refused.status_code == 422
    assert "Save it as one of these: pdf." in text(refused)
    assert "Version 1: report.pdf" in text(refused)


def test_the_form_sent_twice_is_one_proposal_and_the_receipt_shows_what_it_was(proposing: Proposing) -> None:
    proposing.fill()
    lead, fields = client_of(proposing, Role.LEAD_OWNER), {"chosen": selection(contents(proposing.consortium))}
    answers = [lead.post(page_of(proposing, "submit"), fields | {"seen": ""}) for _time in range(2)]
    receipt = Receipt.objects.get(kind="proposal")
    own = page_of(proposing, "proposal_receipt", receipt.number)
    assert [answer.headers["Location"] for answer in answers] == [own] * 2
    proposing.write("Changed", was=1)
    shown = text(lead.get(own))
    assert "<p>We build.</p>" in shown
    assert "Changed" not in shown
    overview = text(lead.get(page_of(proposing, "proposal")))
    assert f"Changed since the receipt {receipt.number}" in overview
    assert "submit it again if that is to count" in overview
    printed = lead.get(page_of(proposing, "proposal_pdf", receipt.number))
    assert printed.content.startswith(b"%PDF-")
    assert lead.get(page_of(proposing, "proposal_file", receipt.number)).json()["payload"] == receipt.payload


def test_strangers_and_who_is_out_get_nothing(proposing: Proposing) -> None:
    proposing.fill()
    receipt = proposing.submit()
    zero = page_of(proposing, "proposal_receipt", "\0")
    assert client_of(proposing, Role.LEAD_OWNER).get(zero).status_code == 404
    version = Proposal.objects.get().parts.get(position=2).file
    assert version is not None
    pages = [
        page_of(proposing, "proposal"),
        page_of(proposing, "proposal_part", proposing.text.pk),
        page_of(proposing, "text_version", proposing.text.pk, 1),
        page_of(proposing, "download", version.uuid),
        *(page_of(proposing, name, receipt.number) for name in ("proposal_receipt", "proposal_pdf", "proposal_file")),
    ]
    member, stranger = (client_of(proposing, role) for role in (Role.MEMBER_OWNER, Role.NOBODY))
    assert {member.get(page).status_code for page in pages} == {200}
    membership.leave(proposing.consortium, proposing.draft.joined, by=proposing.person(Role.MEMBER_OWNER))
    for client in (member, stranger):
        assert {client.get(page).status_code for page in pages} == {404}
        assert client.post(page_of(proposing, "submit")).status_code == 404
    assert "does not count: the partnership is not declared" in text(
        client_of(proposing, Role.LEAD_OWNER).get(page_of(proposing, "proposal"))
    )


def test_before_the_deadline_a_number_tells_only_those_concerned_whose_proposal_it_is(
    proposing: Proposing, editor: Client
) -> None:
    proposing.fill()
    first = proposing.submit()
    proposing.write("We build more.", was=1)
    second = proposing.submit()
    strangers = (Client(), client_of(proposing, Role.NOBODY))
    for stranger in strangers:
        for receipt in (first, second):
            shown = text(stranger.get(address("receipt", receipt.number)))
            assert "This receipt is genuine" in shown
            assert receipt.digest in shown
            assert str(proposing.call.title) in shown
            told = ("Together", "Joined", "counts: it is the last", "submitted again later", "Submission number")
            assert [each for each in told if each in shown] == []
    for knows in (client_of(proposing, Role.MEMBER_EDITOR), client_of(proposing, Role.MEMBER_OWNER), editor):
        shown = text(knows.get(address("receipt", second.number)))
        assert "This proposal counts" in shown
        assert "Together" in shown
        assert "submitted again later" in text(knows.get(address("receipt", first.number)))
    file = client_of(proposing, Role.LEAD_OWNER).get(page_of(proposing, "proposal_file", second.number)).content
    sent = Client().post(address("verify"), {"file": SimpleUploadedFile("receipt.json", file)})
    assert "Together" in text(sent), "whoever has the file knows"
    proposing.move_deadline(seconds=-1)
    for stranger in strangers:
        shown = text(stranger.get(address("receipt", second.number)))
        assert "This proposal counts" in shown
        assert "Together" in shown
        assert "We build." not in shown
        assert "report.pdf" not in shown


def test_the_pages_ask_as_much_for_many_parts(proposing: Proposing) -> None:
    proposing.fill()
    lead = client_of(proposing, Role.LEAD_OWNER)

    def asked(page: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert lead.get(page).status_code == 200
        return len(queries)

    pages = [page_of(proposing, "proposal"), page_of(proposing, "consortium")]
    list(map(asked, pages))
    few = [asked(page) for page in pages]
    for number in range(20):
        AskedPart.objects.create(call=proposing.call, kind="text", title=f"Part {number}", position=number)
    assert [asked(page) for page in pages] == few


class TestStaff:
    def test_they_set_the_parts_and_are_told_of_each_other(self, proposing: Proposing, editor: Client) -> None:
        page = f"/admin/consortia/calls/{proposing.call.pk}/parts/"
        new = {f"title_{place}": f"Annex {place}" for place in range(4)}
        fields = {**new, "kind": "file", "endings": ["pdf", "docx"], "megabytes": "5", "unit": "words", "seen": "{}"}
        assert editor.post(f"{page}new/", fields).status_code == 302
        made = AskedPart.objects.get(megabytes=5)
        assert (made.position, made.is_required, made.endings) == (3, False, ["pdf", "docx"])
        again = editor.post(f"{page}{made.pk}/", fields | {"megabytes": "6"})
        assert "Somebody changed it meanwhile" in text(again)
        missing = editor.post(f"{page}new/", fields | {"title_1": "", "endings": []})
        assert "Write the title in these languages, too" in text(missing)
        assert "This is needed for a part of this kind." in text(missing)
        proposing.write()
        assert "Somebody filled this part already" in text(editor.get(f"{page}{proposing.text.pk}/"))
        editor.post(f"{page}{proposing.text.pk}/remove/")
        assert AskedPart.objects.filter(pk=proposing.text.pk).exists()
        editor.post(f"{page}{proposing.text.pk}/close/", {"closed": "1"})
        assert AskedPart.objects.get(pk=proposing.text.pk).closed_at is not None
        assert "Ask for it again" in text(editor.get(page))

    def test_they_read_what_was_submitted_and_nothing_of_what_was_not(
        self, proposing: Proposing, editor: Client
    ) -> None:
        proposing.write()
        page = f"/admin/consortia/calls/{proposing.call.pk}/proposals/"
        assert "No proposal was submitted in this call yet." in text(editor.get(page))
        proposing.send()
        proposing.submit()
        proposing.write("Not for staff", was=1)
        assert "Together" in text(editor.get(page))
        one = f"/admin/consortia/proposals/{Proposal.objects.get().pk}/"
        shown = text(editor.get(one))
        assert "We build." in shown
        assert "Not for staff" not in shown
        answer: Any = editor.get(f"{one}zip/")
        with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
            assert archive.read("01-summary.txt") == b"We build."
        assert page in text(editor.get(f"/admin/consortia/calls/{proposing.call.pk}/"))
        assert signed_in(UserFactory.create()).get(one).status_code in {302, 403}


def test_my_page_asks_partners_to_fill_in_what_is_missing_and_who_leads_to_submit(proposing: Proposing) -> None:
    def asked(role: Role) -> list[str]:
        return [task.text for task in tasks(proposing.person(role), "en")]

    assert asked(Role.MEMBER_EDITOR) == ["Fill in the proposal of “Together”"]
    assert asked(Role.LEAD_EDITOR) == ["Submit the proposal of “Together”"]
    assert asked(Role.INVITED_OWNER) == []
    proposing.fill()
    assert asked(Role.MEMBER_EDITOR) == []
    proposing.call.deadlines.filter(governs="proposal").update(due_at=Now())
    AskedPart.objects.create(call=proposing.call, kind="text", title="One more", position=3)
    assert asked(Role.MEMBER_EDITOR) == []

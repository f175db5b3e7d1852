"""The pages: who gets them, what a stranger may see, what the workspace says, and forms sent twice or too late."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from calls.chain.models import Deadline
from consortia.consortium.actions import Role
from consortia.declaration import declaring
from consortia.declaration.models import Declaration
from consortia.drafting import membership
from consortia.receipts import files
from consortia.receipts.models import Receipt
from tests.consortia.drafts.drafting import Draft, draft
from tests.consortia.partnering import address, text
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["draft"]


@pytest.fixture
def ready(draft: Draft) -> Draft:
    draft.make_ready()
    return draft


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


def client_of(draft: Draft, role: Role) -> Client:
    return signed_in(draft.people[role])


def upload(client: Client, content: bytes) -> Any:
    return client.post(address("verify"), {"file": SimpleUploadedFile("receipt.json", content)})


class TestDeclaring:
    def test_partners_are_told_that_reviewers_read_what_is_declared(self, ready: Draft) -> None:
        lead, said = client_of(ready, Role.LEAD_OWNER), "People whom the centre appoints as reviewers read"
        assert said in text(lead.get(address("declare", ready.consortium.uuid)))
        page = address("consortium", ready.consortium.uuid)
        assert said not in text(lead.get(page))
        ready.declare()
        assert said in text(lead.get(page))

    def test_the_workspace_says_what_is_missing_and_then_shows_the_receipt(self, draft: Draft) -> None:
        lead, page = client_of(draft, Role.LEAD_OWNER), address("consortium", draft.consortium.uuid)
        assert "Invited has not signed version" in text(lead.get(page))
        assert "by the clock of the database" in text(lead.get(page))
        assert address("declare", draft.consortium.uuid) in text(lead.get(page))
        assert address("declare", draft.consortium.uuid) not in text(client_of(draft, Role.LEAD_EDITOR).get(page))
        draft.make_ready()
        assert "All have signed, and the rules of the call hold." in text(lead.get(page))
        number = draft.declare().number
        shown = text(lead.get(page))
        assert f"Receipt {number}" in shown
        assert address("withdraw_declaration", draft.consortium.uuid) in shown
        assert address("change_words", draft.consortium.uuid) not in shown
        assert address("withdraw_declaration", draft.consortium.uuid) not in text(
            client_of(draft, Role.MEMBER_OWNER).get(page)
        )

    def test_the_form_sent_twice_is_one_declaration(self, ready: Draft) -> None:
        lead, page = client_of(ready, Role.LEAD_OWNER), address("declare", ready.consortium.uuid)
        assert "What is declared: version" in text(lead.get(page))
        answers = [lead.post(page, {"seen": ""}) for _time in range(2)]
        receipt = Receipt.objects.get()
        own = address("own_receipt", ready.consortium.uuid, receipt.number)
        assert [answer.headers["Location"] for answer in answers] == [own] * 2
        assert receipt.digest in text(lead.get(own))
        again = address("withdraw_declaration", ready.consortium.uuid)
        assert [lead.post(again, {"seen": receipt.number}).status_code for _time in range(2)] == [302, 302]
        assert Declaration.objects.get().why == "withdrawn"

    def test_a_form_from_before_a_withdrawal_does_not_say_that_it_is_declared(self, ready: Draft) -> None:
        lead, uuid = client_of(ready, Role.LEAD_OWNER), ready.consortium.uuid
        first = ready.declare().number
        declaring.withdraw(ready.consortium, by=ready.people[Role.LEAD_OWNER])
        said = text(lead.post(address("declare", uuid), {"seen": ""}, follow=True))
        assert "The declaration was withdrawn:" in said
        assert "It is declared." not in said
        assert "It is declared." in text(lead.post(address("declare", uuid), {"seen": first}, follow=True))
        said = text(lead.post(address("withdraw_declaration", uuid), {"seen": first}, follow=True))
        assert "Nothing was done: look once more." in said
        assert "The declaration is withdrawn." not in said

    def test_a_refusal_names_what_is_missing_and_changes_nothing(self, draft: Draft) -> None:
        answer = client_of(draft, Role.LEAD_OWNER).post(address("declare", draft.consortium.uuid), {"seen": ""})
        assert answer.status_code == 422
        assert "It was not declared." in text(answer)
        assert "Invited has not signed version" in text(answer)
        editor = client_of(draft, Role.LEAD_EDITOR).post(address("declare", draft.consortium.uuid), {"seen": ""})
        assert "Only an owner of the organisation that leads does this." in text(editor)

    def test_after_the_deadline_there_is_no_button_and_the_draft_stays(self, ready: Draft) -> None:
        ready.call.deadlines.update(due_at=timezone.now() - timedelta(hours=3))
        lead, page = client_of(ready, Role.LEAD_OWNER), address("declare", ready.consortium.uuid)
        shown = lead.get(page)
        answer = lead.post(page, {"seen": ""})
        assert answer.status_code == 422
        assert "too late by 3" in text(answer)
        assert '<button class="button button--primary">Declare' not in text(shown)

    def test_after_the_deadline_the_workspace_offers_neither_to_declare_nor_to_withdraw(self, ready: Draft) -> None:
        lead, uuid = client_of(ready, Role.LEAD_OWNER), ready.consortium.uuid
        page, declare, withdraw = (address(name, uuid) for name in ("consortium", "declare", "withdraw_declaration"))
        later = timezone.now() + timedelta(days=90)
        Deadline.objects.create(call=ready.call, label="Submit", due_at=later, governs="proposal")
        deadline = ready.call.deadlines.filter(governs="declaration")
        deadline.update(due_at=timezone.now() - timedelta(hours=3))
        assert declare not in text(lead.get(page))
        asked = [text(lead.get(declare))]
        deadline.update(due_at=timezone.now() + timedelta(hours=3))
        ready.declare()
        assert withdraw in text(lead.get(page))
        deadline.update(due_at=timezone.now() - timedelta(hours=3))
        assert withdraw not in text(lead.get(page))
        for shown in (*asked, text(lead.get(withdraw))):
            assert "The deadline has passed. It was " in shown, "who looks sent nothing"
            assert "too late by" not in shown

    def test_who_left_reads_the_receipt_by_its_number_only(self, ready: Draft) -> None:
        number = ready.declare().number
        member = client_of(ready, Role.MEMBER_OWNER)
        own = address("own_receipt", ready.consortium.uuid, number)
        assert member.get(own).status_code == 200
        asked = member.get(address("act", ready.consortium.uuid, "leave", ready.joined.pk))
        assert "The declaration is void then" in text(asked)
        assert "is out of the consortium" in text(asked), "it is no draft any more"
        for name in ("withdraw_declaration", "declare", "share"):
            page = text(client_of(ready, Role.LEAD_OWNER).get(address(name, ready.consortium.uuid)))
            assert "Back to the draft" not in page
        membership.leave(ready.consortium, ready.joined, by=ready.people[Role.MEMBER_OWNER])
        assert member.get(own).status_code == 404
        assert "The declaration is void since" in text(member.get(address("receipt", number)))
        shown = text(client_of(ready, Role.LEAD_OWNER).get(address("consortium", ready.consortium.uuid)))
        assert "What to do: replace the organisation" in shown


class TestReceipt:
    def test_page_pdf_and_file_are_for_those_in_it(self, ready: Draft, visitor: Client) -> None:
        receipt = ready.declare()
        member = client_of(ready, Role.MEMBER_EDITOR)
        for name in ("own_receipt", "receipt_pdf", "receipt_file"):
            page = address(name, ready.consortium.uuid, receipt.number)
            assert member.get(page).status_code == 200
            assert client_of(ready, Role.NOBODY).get(page).status_code == 404
            assert visitor.get(page).status_code == 302
        file = member.get(address("receipt_file", ready.consortium.uuid, receipt.number))
        assert json.loads(file.content)["payload"] == receipt.payload
        pdf = member.get(address("receipt_pdf", ready.consortium.uuid, receipt.number))
        assert pdf.content.startswith(b"%PDF-")
        assert f'filename="receipt-{receipt.number}.pdf"' in pdf.headers["Content-Disposition"]
        for number in ("2026-00001-A", "\0"):
            assert member.get(address("own_receipt", ready.consortium.uuid, number)).status_code == 404

    def test_a_stranger_sees_names_as_long_as_it_stands_and_never_the_summary(
        self, ready: Draft, visitor: Client
    ) -> None:
        receipt = ready.declare()
        page = address("receipt", receipt.number)
        shown = text(visitor.get(page))
        assert "This receipt is genuine" in shown
        assert "The declaration stands." in shown
        assert "no qualified electronic signature or seal under Regulation (EU) No 910/2014" in shown
        for word in ("Together", "Lead (leads)", "Joined", receipt.digest, receipt.number):
            assert word in shown
        assert "We try." not in shown
        declaring.withdraw(ready.consortium, by=ready.people[Role.LEAD_OWNER])
        shown = text(visitor.get(page))
        assert "The declaration was withdrawn" in shown
        assert receipt.digest in shown
        assert "Together" not in shown
        assert "Joined" not in shown
        assert "Together" in text(upload(visitor, files.as_file(receipt))), "who has the file knows it"
        later = ready.declare().number
        assert later not in text(visitor.get(page)), "numbers lead nobody to who gave up"
        assert later in text(upload(visitor, files.as_file(receipt)))

    def test_every_page_leads_to_verifying(self, visitor: Client) -> None:
        link = f'<a href="{address("verify")}"'
        assert link in text(visitor.get("/en/"))
        assert f'{link} aria-current="page"' in text(visitor.get(address("verify")))

    def test_by_number_and_by_file(self, ready: Draft, visitor: Client) -> None:
        receipt = ready.declare()
        found = visitor.get(address("verify"), {"number": f" {receipt.number.lower()} "})
        assert "This receipt is genuine" in text(visitor.get(found.headers["Location"]))
        content = files.as_file(receipt)
        assert "This receipt is genuine" in text(upload(visitor, content))
        assert "This receipt is not genuine" in text(upload(visitor, content.replace(b"Together", b"Tigether")))
        other = content.replace(receipt.key_id.encode(), b"0" * 16)
        assert "This receipt is not known here" in text(upload(visitor, other))
        missing = visitor.get(address("receipt", "2026-99999-Z"))
        assert missing.status_code == 404
        assert "This receipt is not known here" in text(missing)

    @pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"[" * 50_000, b"{}", b"\x00" * 100, b"x" * 300_000])
    def test_garbage_is_answered_at_the_field(self, visitor: Client, content: bytes) -> None:
        answer = upload(visitor, content)
        assert answer.status_code == 422
        assert 'href="#id_file"' in text(answer)
        assert visitor.post(address("verify")).status_code == 422

    def test_the_keys_are_listed_with_their_time(self, ready: Draft, visitor: Client) -> None:
        assert "No receipt was issued yet" in text(visitor.get(address("receipt_keys")))
        receipt = ready.declare()
        shown = text(visitor.get(address("receipt_keys")))
        assert receipt.key_id in shown
        assert receipt.key.public in shown

    @pytest.mark.parametrize("language", ["nl", "fr", "de"])
    def test_in_every_language(self, ready: Draft, language: str) -> None:
        receipt = ready.declare()
        with translation.override(language):
            page = reverse("consortia:receipt", args=[receipt.number])
            pdf = reverse("consortia:receipt_pdf", args=[ready.consortium.uuid, receipt.number])
        shown = text(Client().get(page))
        assert receipt.number in shown
        assert "This receipt is genuine" not in shown
        assert client_of(ready, Role.LEAD_EDITOR).get(pdf).content.startswith(b"%PDF-")


def test_the_page_of_an_organisation_shows_what_is_declared(ready: Draft, visitor: Client) -> None:
    with translation.override("en"):
        page = ready.joined.organisation.get_absolute_url()
    assert "Consortia it is part of" not in text(visitor.get(page))
    receipt = ready.declare()
    shown = text(visitor.get(page))
    assert "Together" in shown
    assert address("receipt", receipt.number) in shown
    membership.leave(ready.consortium, ready.joined, by=ready.people[Role.MEMBER_OWNER])
    assert "Together" not in text(visitor.get(page))

"""Submitting: complete, in time, again and again; what was submitted is frozen, and the last one counts."""

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.profile.to_do import tasks
from consortia.asked_parts.models import AskedPart
from consortia.consortium.actions import RefusedError, Role
from consortia.consortium.models import Consortium
from consortia.drafting import membership
from consortia.filling.contents import contents, selected, selection
from consortia.proposal.archive import stream
from consortia.proposal.models import Proposal, SubmittedPart
from consortia.proposal.shown import state
from consortia.receipts import clock, files, verifying
from consortia.receipts.models import Receipt, SigningKey
from consortia.receipts.telling import Told, tell
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.consortia.drafts.drafting import mailed
from tests.consortia.drafts.working import pdf
from tests.consortia.proposal import make_example
from tests.consortia.proposal.proposing import Proposing, proposing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
__all__ = ["proposing"]
HERE = Path(__file__).parent
ALL = {f"{who}@{name}.example" for who in ("owner", "editor") for name in ("lead", "joined")}


def told(receipt: Receipt) -> Told:
    return tell(json.loads(receipt.payload), receipt)


def test_the_receipt_has_the_hash_of_each_file_and_text(proposing: Proposing) -> None:
    proposing.fill()
    before = clock.now()
    receipt = proposing.submit()
    assert before <= receipt.at <= clock.now()
    said = json.loads(receipt.payload)
    assert (said["kind"], said["number"], said["submission"]) == ("proposal", receipt.number, 1)
    text, file = said["parts"]
    assert (text["kind"], text["sha256"]) == ("text", sha256(b"We build.").hexdigest())
    assert text["title"]["nl"] == "Samenvatting"
    assert (file["kind"], file["name"], file["sha256"]) == (
        "file",
        "report.pdf",
        sha256(b"%PDF-1.7\n% words\n%%EOF\n").hexdigest(),
    )
    assert [each["name"] for each in said["organisations"]] == ["Lead", "Joined"]
    assert "We build" not in receipt.payload
    assert "Ann" not in receipt.payload
    assert verifying.by_file(files.as_file(receipt)).code == verifying.Code.GENUINE
    assert told(receipt).stands


def test_every_partner_gets_one_mail_with_the_receipt(proposing: Proposing) -> None:
    proposing.fill()
    receipt = proposing.submit()
    assert proposing.submit() == receipt, "nothing changed"
    assert mailed("proposal_submitted") == ALL
    found = Message.objects.filter(kind="consortia/proposal_submitted")
    assert found.count() == 4
    text = render(found[0], now=timezone.now()).text
    for word in (receipt.number, receipt.digest, f"/receipts/{receipt.number}/"):
        assert word in text
    assert "takes the place" not in text


def test_what_is_missing_is_named_and_nothing_is_submitted(proposing: Proposing) -> None:
    proposing.send()
    with pytest.raises(RefusedError, match="“Summary”: is required and still missing"):
        proposing.submit()
    assert not Receipt.objects.filter(kind="proposal").exists()
    AskedPart.objects.filter(pk=proposing.text.pk).update(is_required=False)
    assert len(json.loads(proposing.submit().payload)["parts"]) == 1


def test_a_call_that_asks_for_nothing_takes_nothing(proposing: Proposing) -> None:
    AskedPart.objects.all().delete()
    with pytest.raises(RefusedError, match="has not said yet"):
        proposing.submit()


def test_submitted_again_the_last_one_counts_and_both_stay_readable(proposing: Proposing) -> None:
    proposing.fill()
    first = proposing.submit()
    assert not state(proposing.consortium).is_changed
    proposing.write("We build more.", was=1, role=Role.MEMBER_OWNER)
    assert state(proposing.consortium).is_changed
    assert told(first).stands, "a change alone changes nothing about what counts"
    second = proposing.submit(role=Role.LEAD_EDITOR)
    assert (told(first).stands, told(first).replaced_by) == (False, second.number)
    assert told(second).stands
    texts = [each.parts.get(position=1).text for each in Proposal.objects.order_by("number")]
    assert [each.text for each in texts if each] == ["We build.", "We build more."]
    last = Message.objects.filter(kind="consortia/proposal_submitted").order_by("-pk")[0]
    assert "takes the place" in render(last, now=timezone.now()).text


def test_what_the_page_showed_is_submitted_whatever_was_saved_meanwhile(proposing: Proposing) -> None:
    proposing.fill()
    shown = selection(contents(proposing.consortium))
    proposing.write("A second later", was=1, role=Role.MEMBER_OWNER)
    receipt = proposing.submit(chosen=shown, seen="")
    assert json.loads(receipt.payload)["parts"][0]["sha256"] == sha256(b"We build.").hexdigest()
    assert state(proposing.consortium).is_changed
    assert proposing.submit(chosen=shown, seen="") == receipt, "the form sent twice"


def test_who_did_not_see_the_receipt_that_counts_does_not_replace_it(proposing: Proposing) -> None:
    proposing.fill()
    old = selection(contents(proposing.consortium))
    proposing.write("Newer", was=1)
    counts = proposing.submit()
    with pytest.raises(RefusedError, match=f"receipt {counts.number} counts now"):
        proposing.submit(role=Role.LEAD_EDITOR, chosen=old, seen="")
    assert Proposal.objects.count() == 1
    assert proposing.submit(chosen=old, seen=counts.number) != counts


def test_versions_of_another_consortium_are_none(proposing: Proposing) -> None:
    proposing.fill()
    other = Consortium.objects.create(call=proposing.call, name="Other", summary={}, status="declared")
    assert not any(slot.version for slot in selected(other, selection(contents(proposing.consortium))))


def test_too_late_says_by_how_much_and_what_was_submitted_still_counts(proposing: Proposing) -> None:
    proposing.fill()
    receipt = proposing.submit()
    proposing.write("Too slow", was=1)
    proposing.move_deadline(seconds=-20)
    with pytest.raises(RefusedError, match=r"too late by 2\d\.\d{3} seconds.*what was submitted before still counts"):
        proposing.submit()
    assert told(receipt).stands
    assert state(proposing.consortium).is_changed


def test_a_proposal_does_not_count_once_the_declaration_is_void(proposing: Proposing) -> None:
    proposing.fill()
    receipt = proposing.submit()
    membership.leave(proposing.consortium, proposing.draft.joined, by=proposing.person(Role.MEMBER_OWNER))
    assert not told(receipt).stands
    assert "not declared any more" in told(receipt).standing
    with pytest.raises(RefusedError, match="the partnership is declared first"):
        proposing.submit()


def test_a_part_that_is_closed_afterwards_is_no_change(proposing: Proposing) -> None:
    proposing.fill()
    proposing.submit()
    AskedPart.objects.filter(pk=proposing.file.pk).update(closed_at=clock.now())
    assert not state(proposing.consortium).is_changed


def test_nobody_alters_what_was_submitted(proposing: Proposing) -> None:
    proposing.fill()
    proposing.submit()
    for rows, change in ((Proposal.objects, {"selection": ""}), (SubmittedPart.objects, {"position": 7})):
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            rows.update(**change)


def test_all_of_it_in_one_file(proposing: Proposing) -> None:
    proposing.write()
    proposing.send(pdf("as submitted", name="../plan é.pdf"))
    receipt = proposing.submit()
    proposing.send(pdf("later"))
    with ZipFile(BytesIO(b"".join(stream(Proposal.objects.get())))) as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist()}
    assert list(found) == ["01-summary.txt", "02-plan é.pdf", f"{receipt.number}.json"]
    assert found["01-summary.txt"] == b"We build."
    assert b"as submitted" in found["02-plan é.pdf"]
    assert verifying.by_file(found[f"{receipt.number}.json"]).code == verifying.Code.GENUINE


def test_my_page_says_what_is_to_be_submitted_and_what_is_lacking(
    proposing: Proposing,
) -> None:
    def said(role: Role) -> list[str]:
        return [task.text for task in tasks(proposing.person(role), "en")]

    assert "Submit the proposal of “Together”" in said(Role.LEAD_EDITOR)
    assert [text for text in said(Role.MEMBER_OWNER) if "proposal" in text] == ["Fill in the proposal of “Together”"]
    proposing.fill()
    assert not any("proposal" in text for text in said(Role.MEMBER_OWNER))
    proposing.submit()
    assert not any("proposal" in text for text in said(Role.LEAD_OWNER))
    proposing.write("Better", was=1)
    assert any("changed since it was submitted" in text for text in said(Role.LEAD_OWNER))
    proposing.move_deadline(minutes=-1)
    assert not any("proposal" in text for text in said(Role.LEAD_OWNER))


def test_a_receipt_of_before_an_upgrade_still_verifies_and_is_told(proposing: Proposing) -> None:
    """The stored file: made once, with a key of tests; text and file are those that it names by their hash."""
    public = (HERE.parent / "receipts" / "example.key").read_text().strip()
    content = (HERE / "example.json").read_bytes()
    SigningKey.objects.create(key=json.loads(content)["key"], public=public)
    verdict = verifying.by_file(content)
    assert verdict.code == verifying.Code.GENUINE
    assert verdict.attested is not None
    text, file = verdict.attested["parts"]
    assert text["sha256"] == sha256(make_example.TEXT.encode()).hexdigest()
    assert file["sha256"] == sha256(make_example.FILE).hexdigest()
    shown = dict(tell(verdict.attested, None).lines)
    assert (shown["Call"], shown["Parts"], shown["Submission number"]) == ("Call", "2", "2")
    assert verifying.by_file(content.replace("plan é".encode(), b"plan e")).code == verifying.Code.ALTERED

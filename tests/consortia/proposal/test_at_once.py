"""Two people at the same moment: no version is lost, one submission is one receipt."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.core import context
from django.db import OperationalError, connection, transaction
from django.test import RequestFactory
from django.utils import translation

from consortia.asked_parts import setting
from consortia.asked_parts.models import AskedPart
from consortia.consortium.actions import Role
from consortia.consortium.models import Consortium, Entry, Member
from consortia.consortium.stale import ChangedError
from consortia.files.models import FileVersion
from consortia.filling.models import Filling, TextVersion
from consortia.proposal import emails
from consortia.proposal.models import Proposal
from consortia.receipts.models import Receipt
from notifications.outbox.models import Message
from tests.consortia.declaration.test_at_once import at_once
from tests.consortia.drafts.working import pdf
from tests.consortia.proposal.proposing import Proposing, proposing

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["proposing"]


@pytest.fixture(autouse=True)
def english(set_up_anew: None) -> Iterator[None]:
    with translation.override("en"):
        yield


def _told(act: Any) -> Any:
    try:
        return act()
    except ChangedError as changed:
        return changed


def test_two_editors_of_one_text_one_is_saved_and_the_other_told(proposing: Proposing) -> None:
    people = [Role.LEAD_OWNER, Role.LEAD_EDITOR, Role.MEMBER_OWNER, Role.MEMBER_EDITOR]
    found = at_once(*[lambda role=role: _told(lambda: proposing.write(f"By {role}", role=role)) for role in people])
    assert sum(isinstance(each, TextVersion) for each in found) == 1
    assert sum(isinstance(each, ChangedError) for each in found) == 3
    assert TextVersion.objects.get().text in {f"By {role}" for role in people}


def test_two_files_at_once_are_two_versions(proposing: Proposing) -> None:
    roles = [Role.LEAD_OWNER, Role.LEAD_EDITOR, Role.MEMBER_OWNER]
    at_once(*[lambda role=role: proposing.send(pdf(str(role)), role=role) for role in roles])
    assert sorted(FileVersion.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert Filling.objects.count() == 1


def test_two_leads_at_once_get_one_receipt(proposing: Proposing) -> None:
    proposing.fill()
    Message.objects.all().delete()
    roles = [Role.LEAD_OWNER, Role.LEAD_EDITOR] * 2
    found = at_once(*[lambda role=role: proposing.submit(role=role, seen="").number for role in roles])
    assert set(found) == {Receipt.objects.get(kind="proposal").number}
    mails = Message.objects.filter(kind="consortia/proposal_submitted")
    assert mails.count() == mails.values("to_email").distinct().count() == 4


def test_two_consortia_with_the_same_people_are_both_told(proposing: Proposing) -> None:
    proposing.fill()
    receipt, request = proposing.submit(), RequestFactory().get("/")
    other = Consortium.objects.create(call=proposing.call, name="The other way round", summary={}, status="declared")
    for each in proposing.consortium.members.standing():
        facts = {"organisation": each.organisation, "status": "joined", "is_lead": not each.is_lead}
        Member.objects.create(consortium=other, **facts)

    def tell(consortium: Consortium) -> int:
        with context.request_context(request), transaction.atomic():
            emails.submitted(consortium, receipt, number=1)
        return consortium.pk

    both = [proposing.consortium, other]
    for _time in range(5):
        assert at_once(*[lambda each=each: tell(each) for each in both]) == [each.pk for each in both]


def test_a_part_is_not_taken_away_under_the_hands_of_who_fills_it(proposing: Proposing) -> None:
    staff = proposing.person(Role.NOBODY)
    first, second = at_once(
        lambda: proposing.write(), lambda: setting.remove(proposing.call, proposing.text.pk, by=staff)
    )
    if isinstance(first, TextVersion):
        assert isinstance(second, str), "refused, in the language of the thread"
    else:
        assert isinstance(first, str)
        assert second is True
    assert AskedPart.objects.filter(pk=proposing.text.pk).exists() == isinstance(first, TextVersion)


def test_the_database_is_killed_in_the_middle_and_nothing_is_half_submitted(
    proposing: Proposing, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposing.fill()
    before = Entry.objects.count()

    def end_own_session(*args: Any, **told: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    def submit() -> str:
        try:
            proposing.submit()
        except OperationalError:
            return "killed"
        return "submitted"

    with monkeypatch.context() as patched:
        # The last thing that is done: receipt, proposal and log are written by then.
        patched.setattr("consortia.proposal.emails.submitted", end_own_session)
        assert at_once(submit) == ["killed"]
    assert not Proposal.objects.exists()
    assert not Receipt.objects.filter(kind="proposal").exists()
    assert Entry.objects.count() == before
    receipt = proposing.submit()
    assert Proposal.objects.get().receipt == receipt
    assert Message.objects.filter(kind="consortia/proposal_submitted").count() == 4

"""Consortia that declare or submit while something is killed, and what must be left of each: all of it, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils import timezone

from accounts.users.models import User
from calls.chain.models import Call, Deadline
from consortia.consortium.models import Consortium, Entry, Member
from consortia.declaration.models import Declaration
from consortia.filling.contents import contents, selection
from consortia.proposal.models import Proposal
from consortia.receipts import clock, verifying
from consortia.receipts.issuing import issue
from consortia.receipts.models import Receipt
from consortia.sign_off import versions
from consortia.sign_off.models import SignOff
from notifications.outbox.models import Message
from partners.organisations.models import Membership
from tests.consortia.partnering import address
from tests.consortia.proposal.proposing import filled, text_part
from tests.consortia.running_server import TOKEN, Answer, ask, cookie_of
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, public_call
from tests.smtp_sink import Sink


class Kind(StrEnum):
    """What is sent, as the log of a consortium calls it."""

    DECLARE = "declare"
    SUBMIT = "submit"


MAILS = {Kind.DECLARE: "consortia/consortium_declared", Kind.SUBMIT: "consortia/proposal_submitted"}
PAGES = {Kind.DECLARE: "own_receipt", Kind.SUBMIT: "proposal_receipt"}


@dataclass(frozen=True, eq=False)
class Case:
    """One consortium, the form that its lead sends, and who gets the receipt."""

    kind: Kind
    consortium: Consortium
    cookie: str
    fields: Mapping[str, str]
    receivers: frozenset[str]

    def send(self, port: int) -> Answer:
        """The form as its page has it, for the first time or again."""
        path = address(str(self.kind), self.consortium.uuid)
        return ask(port, "POST", path, cookie=self.cookie, fields=dict(self.fields))


def arrange(number: int) -> list[Case]:
    """In one call: the even ones may be declared, the others are declared and may submit."""
    call = public_call(due_at=timezone.now() + timedelta(days=3))
    due_at = timezone.now() + timedelta(days=9)
    Deadline.objects.create(call=call, label="Submit", due_at=due_at, governs="proposal", has_time=True)
    return [_case(call, Kind.SUBMIT if each % 2 else Kind.DECLARE, each) for each in range(number)]


def _case(call: Call, kind: Kind, number: int) -> Case:
    made = Consortium.objects.create(call=call, name=f"Of {number}", summary={"en": "We try."})
    owners = [_member(made, f"{who} {number}", is_lead=who == "Lead") for who in ("Lead", "Other")]
    version = versions.renew(made)
    for member in made.members.all():
        SignOff.objects.create(member=member, version=version, is_confirmed=True)
    fields = {"csrfmiddlewaretoken": TOKEN, "seen": ""}
    if kind == Kind.SUBMIT:
        _declare(made)
        filled(made, text_part(call))
        fields["chosen"] = selection(contents(made))
    return Case(kind, made, cookie_of(owners[0]), fields, frozenset(owner.email for owner in owners))


def _member(made: Consortium, name: str, *, is_lead: bool) -> User:
    organisation, owner = OrganisationFactory.create(name=name), UserFactory.create()
    Membership.objects.create(organisation=organisation, user=owner, role=Membership.Role.OWNER)
    Member.objects.create(consortium=made, organisation=organisation, status="joined", is_lead=is_lead)
    return owner


def _declare(made: Consortium) -> None:
    """The rows of a declaration, not its mails and log."""
    at = clock.now()
    receipt = issue(Receipt.Kind.DECLARATION, attests={"consortium": {"name": made.name}}, at=at)
    Declaration.objects.create(consortium=made, receipt=receipt, declared_at=at)
    Consortium.objects.filter(pk=made.pk).update(status=Consortium.Status.DECLARED)


def receipt_of(case: Case) -> Receipt | None:
    """What it got for what it sent; fails on half of it."""
    rows = Declaration.objects if case.kind == Kind.DECLARE else Proposal.objects
    found = [row.receipt for row in rows.select_related("receipt").filter(consortium=case.consortium)]
    logged = list(Entry.objects.filter(consortium=case.consortium, action=case.kind).values_list("note", flat=True))
    mails = Message.objects.filter(kind=MAILS[case.kind], to_email__in=case.receivers)
    told = sorted((mail.to_email, mail.context["number"]) for mail in mails)
    assert len(found) <= 1, f"{case} counts twice"
    assert logged == [receipt.number for receipt in found], "the log says otherwise"
    assert told == sorted((email, receipt.number) for email in case.receivers for receipt in found), "mails"
    if case.kind == Kind.DECLARE:
        status = Consortium.objects.get(pk=case.consortium.pk).status
        assert status == ("declared" if found else "draft")
    for receipt in found:
        assert verifying.by_number(receipt.number).code == verifying.Code.GENUINE
    return found[0] if found else None


def check_answers(case: Case, receipt: Receipt | None, answers: list[Answer]) -> None:
    """Whoever was led to a receipt has that one, however often it was sent."""
    for answer in answers:
        if answer.status == 302:
            assert receipt, f"{case} was answered and is not there"
            assert answer.location == address(PAGES[case.kind], case.consortium.uuid, receipt.number)
        else:
            assert answer.status in {0, 500, 503}, answer


def copies(case: Case, receipt: Receipt | None, sink: Sink) -> int:
    """How many mails came beyond one to each; fails on any that is not the same mail again."""
    more = 0
    for email in case.receivers:
        mails = sink.to(email)
        assert len({str(mail["Message-ID"]) for mail in mails}) == (1 if receipt else 0), f"{email}: {len(mails)} mails"
        for mail in mails:
            body = mail.get_body(("plain",))
            assert receipt
            assert body
            assert receipt.number in body.get_content()
        more += max(len(mails) - 1, 0)
    return more

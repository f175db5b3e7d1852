"""Consortia of somebody's organisation, as far as each has come: what fills the arguments of their addresses."""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.users.models import User
from calls.chain.models import Call
from consortia.asked_parts.models import AskedPart
from consortia.conflicts.models import Statement
from consortia.consortium.models import Consortium, Member
from consortia.declaration import declaring
from consortia.documents import models as documents
from consortia.files.models import FileVersion, StoredFile, Upload
from consortia.filling import sending
from consortia.filling import writing as filling
from consortia.notes.models import Note
from consortia.proposal import submitting
from consortia.reviewers.models import Reviewer
from consortia.reviewing.models import Criterion
from consortia.sign_off import answering, versions
from consortia.to_do.models import Task
from partners.organisations.models import Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory


def begun(call: Call, lead: Organisation, mark: str) -> dict[str, str]:
    """A consortium that the organisation has just begun."""
    made = Consortium.objects.create(call=call, name=f"{mark} together", summary={"en": f"{mark} sums up"})
    member = Member.objects.create(consortium=made, organisation=lead, status="joined", is_lead=True)
    versions.renew(made)
    return {"uuid": str(made.uuid), "member": str(member.pk), "action": "give_up", **_work(member, mark)}


def _work(member: Member, mark: str) -> dict[str, str]:
    """A document, a note and a task of an organisation in its consortium."""
    consortium, person = member.consortium, member.organisation.memberships.order_by("-pk")[0].user
    file = StoredFile.objects.create(consortium=consortium)
    content = ContentFile(f"%PDF-1.7 {mark}".encode(), name="plan.pdf")
    version = FileVersion.objects.create(
        file=file, number=1, name=f"{mark}.pdf", content=content, size=9, sha256="0" * 64, by=person
    )
    document = documents.Document.objects.create(
        consortium=consortium, title=f"{mark} plans", added_by=member, file=file
    )
    upload = Upload.objects.create(consortium=consortium, by=person, name=f"{mark}.pdf", size=9)
    note = Note.objects.create(consortium=consortium, text=f"{mark} notes", organisation_name="Theirs", by=person)
    task = Task.objects.create(consortium=consortium, what=f"{mark} does", member=member, added_by=member)
    return {
        "document": str(document.pk),
        "version": str(version.uuid),
        "upload": str(upload.uuid),
        "note": str(note.pk),
        "task": str(task.pk),
    }


def declared(call: Call, lead: Organisation, mark: str) -> dict[str, str]:
    """A declared one: its names are public, and its summary is not."""
    made = Consortium.objects.create(call=call, name="Declared together", summary={"en": f"{mark} sums it up"})
    member = Member.objects.create(consortium=made, organisation=lead, status="joined", is_lead=True)
    version, owner = versions.renew(made), Membership.objects.filter(organisation=lead, role="owner")[0].user
    answering.confirm(made, member, number=version.number, by=owner)
    return {"uuid": str(made.uuid), "number": declaring.declare(made, by=owner).number}


def submitted(call: Call, of: dict[str, str], mark: str) -> dict[str, str]:
    """The proposal of a declared one, with a text and a file."""
    made = Consortium.objects.get(uuid=of["uuid"])
    owner = made.members.get().organisation.memberships.filter(role="owner")[0].user
    text, file = (
        AskedPart.objects.get_or_create(call=call, kind=kind, defaults={"title": {"en": title}, "endings": ["pdf"]})[0]
        for kind, title in (("text", "Summary"), ("file", "Budget"))
    )
    filling.write(made, text, text=f"{mark} writes it", was=0, by=owner)
    upload = SimpleUploadedFile(f"{mark}.pdf", f"%PDF-1.7 {mark}".encode())
    version = sending.send(made, file, upload, by=owner)
    receipt = submitting.submit(made, by=owner)
    places = {"uuid": str(made.uuid), "part": str(text.pk), "version": str(version.uuid if version else "")}
    return {**places, "number": receipt.number, "pk": str(made.proposals.get().pk)}


def reviewed(call: Call, chair: User, *, reason: str) -> dict[str, str]:
    """A declared consortium whose review somebody chairs; a reviewer declared this conflict with it."""
    lead = OrganisationFactory.create(slug="declaring-organisation", name="Declaring organisation")
    made = Consortium.objects.create(call=call, name="Declared together", summary={"en": "Sums up"}, status="declared")
    Member.objects.create(consortium=made, organisation=lead, status="joined", is_lead=True)
    version = versions.renew(made).number
    own = Reviewer.objects.create(call=call, user=chair, role=Reviewer.Role.CHAIR)
    Statement.objects.create(reviewer=own, consortium=made, has_conflict=False, version=version)
    reviewer = Reviewer.objects.create(call=call, user=UserFactory.create(email="reviewer@example.com"))
    said = Statement.objects.create(
        reviewer=reviewer, consortium=made, has_conflict=True, reason=reason, version=version
    )
    titles = dict.fromkeys(("nl", "fr", "de", "en"), "Criterion")
    criterion = Criterion.objects.create(call=call, title=titles, guidance={})
    return {
        "call_id": str(call.pk),
        "pk": str(call.pk),
        "uuid": str(made.uuid),
        "reviewer": str(reviewer.pk),
        "conflict": f"declared-{said.pk}",
        "key": str(criterion.pk),
    }

"""Matches and introductions for the walk: those of the demo's partner, whose organisation shows interest in a call."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import override

from accounts.users.models import User
from calls.chain.models import Call
from consortia.consortium.models import Consortium, Member
from consortia.declaration.models import Declaration
from consortia.documents.models import Document
from consortia.files import versions
from consortia.files.models import StoredFile
from consortia.interest.models import Contribution, Interest
from consortia.introductions.models import Introduction
from hub.vocabularies.models import Term
from partners.organisations.models import Membership, Organisation
from tests.browser.organisations import PARTNER

OTHER = "other@example.org"


def addresses(language: str) -> dict[str, str]:
    """The list, the form, and an introduction in each state, seen by the partner."""
    own, other = (Membership.objects.get(user__email=email, role="owner").organisation for email in (PARTNER, OTHER))
    call = Interest.objects.confirmed().filter(organisation=own).latest("pk").call
    Interest.objects.filter(organisation=other, call=call).update(is_shown=True)
    waiting, accepted, declined, asks, withdrawn = Organisation.objects.public().exclude(pk__in=[own.pk, other.pk])[:5]
    now = timezone.now()
    of = {
        "introduction waiting": _introduction(call, own, waiting),
        "introduction accepted": _introduction(call, own, accepted, status="accepted", answered_at=now),
        "introduction declined": _introduction(call, own, declined, status="declined", answered_at=now),
        "introduction to answer": _introduction(call, asks, own),
        "introduction taken back": _introduction(call, own, withdrawn, status="withdrawn"),
    }
    with override(language):
        return {
            "matches": reverse("consortia:matches", args=[call.pk, own.slug]),
            "ask for introduction": reverse("consortia:ask", args=[call.pk, own.slug, other.pk]),
            **{name: each.get_absolute_url() for name, each in of.items()},
            **_draft(call, own),
        }


def _draft(call: Call, own: Organisation) -> dict[str, str]:
    """The pages of the demo's draft, which the partner leads."""
    draft = Consortium.objects.get(call=call, members__organisation=own, members__is_lead=True)
    lead = draft.members.get(is_lead=True)
    return {
        "form consortium": reverse("consortia:begin", args=[call.pk, own.slug]),
        "consortium": draft.get_absolute_url(),
        "words of consortium": reverse("consortia:change_words", args=[draft.uuid]),
        "invite into consortium": f"{reverse('consortia:invite', args=[draft.uuid])}?q=social",
        "part in consortium": reverse("consortia:set_part", args=[draft.uuid, lead.pk]),
        "sign consortium": reverse("consortia:sign", args=[draft.uuid, lead.pk]),
        **_work(draft, lead),
        "what the centre sees": reverse("consortia:share", args=[draft.uuid]),
        "give consortium up": reverse("consortia:act", args=[draft.uuid, "give_up", lead.pk]),
        "declare": reverse("consortia:declare", args=[draft.uuid]),
    } | _declared(call)


def _declared(call: Call) -> dict[str, str]:
    """The pages of the demo's declared partnership, which the partner is in."""
    declaration = Declaration.objects.standing().get(consortium__call=call)
    number, uuid = declaration.receipt.number, declaration.consortium.uuid
    return {
        "withdraw declaration": reverse("consortia:withdraw_declaration", args=[uuid]),
        "own receipt": reverse("consortia:own_receipt", args=[uuid, number]),
        "verify receipt": reverse("consortia:verify"),
        "receipt": reverse("consortia:receipt", args=[number]),
        "receipt unknown": reverse("consortia:receipt", args=["2026-00001-A"]),
        "keys of receipts": reverse("consortia:receipt_keys"),
    }


def _work(draft: Consortium, lead: Member) -> dict[str, str]:
    """What the organisations work with: the demo's note and task, and a document."""
    file = StoredFile.objects.create(consortium=draft)
    user = lead.organisation.memberships.all()[0].user
    upload = SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF\n")
    versions.add(file, upload, member=lead, by=user)
    facts = {"title": "Letter", "kind": "letter", "endorses": lead, "added_by": lead, "file": file}
    made = Document.objects.create(consortium=draft, **facts)
    task, note = draft.tasks.all()[0], draft.notes.all()[0]
    return {
        "documents": reverse("consortia:documents", args=[draft.uuid]),
        "add document": reverse("consortia:add_document", args=[draft.uuid]),
        "document": made.get_absolute_url(),
        "remove document": reverse("consortia:remove_document", args=[draft.uuid, made.pk]),
        "notes": reverse("consortia:notes", args=[draft.uuid]),
        "change note": reverse("consortia:change_note", args=[draft.uuid, note.pk]),
        "tasks": reverse("consortia:tasks", args=[draft.uuid]),
        "add task": reverse("consortia:add_task", args=[draft.uuid]),
        "change task": reverse("consortia:change_task", args=[draft.uuid, task.pk]),
    }


def _introduction(call: Call, one: Organisation, other: Organisation, **state: Any) -> Introduction:
    facts = {"message": "Shall we build a fund together?", "asked_at": timezone.now() - timedelta(days=2), **state}
    known = {"call": call, "from_organisation": one, "to_organisation": other}
    return Introduction.objects.get_or_create(**known, defaults=facts)[0]


def party(call: Call, name: str, email: str, *, track: str = "", **facts: Any) -> None:
    """For a journey: a listed organisation with an owner who signs in as the demo's people do.

    With a track it shows interest in the call.
    """
    like = User.objects.get(email=PARTNER)
    person = User.objects.create(email=email, first_name="Ann", last_name=name, language="en", password=like.password)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    sector, country = (
        Term.objects.get(vocabulary=each, code=code) for each, code in (("sector", "academia"), ("country", "BE"))
    )
    own = Organisation.objects.create(slug=slugify(name), name=name, status="listed", sector=sector, country=country)
    Membership.objects.create(organisation=own, user=person, role=Membership.Role.OWNER)
    if track:
        made = Interest.objects.create(
            call=call,
            organisation=own,
            organisation_name=name,
            sector=sector,
            contact_name="Ann",
            email=email,
            language="en",
            consent_wording="-",
            status="confirmed",
            confirmed_at=timezone.now(),
            is_shown=True,
            **facts,
        )
        Contribution.objects.create(interest=made, track=Term.objects.get(vocabulary="track", code=track))

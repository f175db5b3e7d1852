"""A portal with somebody's row in every corner, each with words that nobody else may read.

Three people leave traces: `partner`, who signs in; `other`, who signs in, too; and a stranger without an account.
Names, addresses, words and keys of theirs hold their mark, which is looked for in every answer that others get.
"""

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from accounts.users.models import User
from calls.chain.models import Call, Deadline
from calls.questions.models import Question
from consortia.asked_parts.models import AskedPart
from consortia.conflicts.models import FormerMailbox
from consortia.consortium.models import Consortium
from consortia.interest import links as interest_links
from consortia.interest.models import Interest
from consortia.introductions.models import Introduction
from consortia.receipts.models import Receipt
from consortia.time_stamps.models import ReceiptTimeStamp
from events.afterwards import certificates
from events.door import passes
from events.door.models import WalkIn
from events.seats import links as event_links
from events.seats.models import Registration
from events.series.models import Series
from hub.newsletter.models import Digest
from hub.sheets.uploads import Sheet
from hub.site.models import SiteSettings
from hub.vocabularies.models import Term
from notifications.outbox.models import Suppression
from notifications.subscriptions import links
from notifications.subscriptions.models import Subscription
from partners.claims.models import Claim
from partners.duplicates.models import LikelyPair
from partners.exchange import reminders
from partners.members import links as invitation_links
from partners.members.models import Invitation
from partners.organisations.models import Membership, Organisation
from partners.sheets.models import OrganisationImport
from practices.choosing.models import ShortlistEntry
from practices.import_export.models import PracticeImport
from practices.reconfirmation import owner_requests
from practices.reconfirmation.models import ConfirmationRequest
from practices.submissions.models import Submission, SubmissionFile
from tests.access import account, figures, questions, reuse, undertakings
from tests.factories import submissions
from tests.factories.accounts import UserFactory
from tests.factories.consortia import InterestFactory
from tests.factories.events import EventFactory, RegistrationFactory, door_pass, event_page, series_page
from tests.factories.exchange import NoticeFactory
from tests.factories.hub import ContactFactory, add_contact_page, add_news, add_page, home
from tests.factories.mainstreaming import hook as policy_hook
from tests.factories.notifications import MessageFactory, SubscriptionFactory
from tests.factories.partners import OrganisationFactory, public_call
from tests.factories.past_events import guest, past_event
from tests.factories.practices import PracticeFactory
from tests.personas import give_second_factor, signed_in

LANGUAGES = ("nl", "fr", "de", "en")
# Everybody without a right of their own; partner is the owner of what is somebody's own below.
ROLES = ("visitor", "signed_in", "partner", "other", "editor", "moderator", "administrator")
MARKS = {"partner": "zq1owner", "other": "zq2other", "stranger": "zq3stranger"}
# Stands in what is not public yet; who owns such a thing sees it.
HIDDEN = "zq4hidden"


@dataclass
class World:
    """Who asks, for what, and what betrays somebody."""

    clients: dict[str, Client] = field(default_factory=dict)
    # By the label that the table uses: what to fill the arguments of an address with, and what comes after "?".
    objects: dict[str, dict[str, str]] = field(default_factory=dict)
    queries: dict[str, str] = field(default_factory=dict)
    # By person: words and keys that are theirs alone.
    secrets: dict[str, set[str]] = field(default_factory=dict)


def build() -> World:
    """Everything below, in the transaction of the test."""
    world = World()
    people = _people(world)
    call = public_call(title="The call")
    hidden_call = Call.objects.create(title=f"{HIDDEN} call")
    for each in (call, hidden_call):
        Deadline.objects.create(call=each, label="Declare", due_at="2030-01-01T12:00Z", governs="declaration")
    event = EventFactory.create()
    for language in LANGUAGES:
        event_page(event, language=language)
    hidden_event = EventFactory.create(title=f"{HIDDEN} event")
    series, hidden_series = (Series.objects.create(title=title) for title in ("Clinic hours", f"{HIDDEN} series"))
    series_page(EventFactory.create(title="Clinic hour", series=series))
    EventFactory.create(title=f"{HIDDEN} date", series=hidden_series)
    _pages(world)
    _practices(world, people)
    _organisations(world, people)
    _members(world, people)
    _files(world)
    world.secrets["hidden"] = {HIDDEN}
    world.objects |= {
        "-": {},
        "call": {
            "call_id": str(call.pk),
            "pk": str(call.pk),
            "deadline_id": str(call.deadlines.get().pk),
            "entry": "1",
        },
        "call-hidden": {
            "call_id": str(hidden_call.pk),
            "pk": str(hidden_call.pk),
            "deadline_id": str(hidden_call.deadlines.get().pk),
        },
        "event": {"uid": str(event.uid), "uuid": str(event.uid), "pk": str(event.pk), "entry": "1", "language": "fr"},
        "series": {"uid": str(series.uid)},
        "series-hidden": {"uid": str(hidden_series.uid)},
        "event-hidden": {"uid": str(hidden_event.uid), "pk": str(hidden_event.pk)},
        "forged": {
            "token": "a.b-c_d",
            "uidb36": "1",
            "key": "abcdef-0123456789abcdef0123456789abcdef",
            "pk": "1",
            "number": "forged",
        },
        "nothing": dict.fromkeys(("slug", "section", "path", "token", "vocabulary", "code"), "nothing"),
        "template": {"kind": "csv"},
        "handbook-picture": {"name": "home"},
        "old-place": {"rest": "public-practice/"},
        "root": {"page": str(Page.get_first_root_node().pk), "destination": "2"},
        "translated-page": {"page_id": str(Page.objects.filter(depth=2).earliest("pk").pk)},
        "term": {"vocabulary": "theme", "code": "19"},
        "sitemap": {"section": "practices"},
    }
    _work_of_staff(world, people["editor"])
    for person in MARKS:
        _traces(world, person, people.get(person), call=call, event=event)
    _introductions(world)
    world.objects |= questions.asked(people, mark=MARKS["partner"], hidden=HIDDEN)
    world.objects |= account.given(people["editor"], hidden=HIDDEN)
    world.objects |= account.data_of(
        people["partner"], people["administrator"], other=people["other"], guest=f"{MARKS['stranger']}@example.org"
    )
    world.objects |= figures.counted(people["editor"], hidden=HIDDEN)
    world.objects["review"] = undertakings.reviewed(call, people["partner"], reason=f"{HIDDEN} reason")
    return world


def _people(world: World) -> dict[str, User]:
    world.clients["visitor"] = Client()
    people = {}
    for role in ROLES[1:]:
        mark = MARKS.get(role, role)
        staff = role in {"editor", "moderator", "administrator"}
        user = UserFactory.create(
            email=f"{mark}@example.org",
            first_name=mark.capitalize(),
            last_name=mark.capitalize(),
            is_staff=staff,
            is_superuser=role == "administrator",
        )
        if staff:
            give_second_factor(user)
        if role in {"editor", "moderator"}:
            user.groups.add(Group.objects.get(name=f"{role.capitalize()}s"))
        world.clients[role] = signed_in(user)
        people[role] = user
    return people


def _pages(world: World) -> None:
    add_contact_page()
    news = add_news()
    public = news.get_children().get()
    draft = add_page(home(), slug="draft-page", title=f"{HIDDEN} draft")
    draft.unpublish()
    private = add_page(home(), slug="private-page", title="Private page")
    restriction = PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    locked = add_page(home(), slug="locked-page", title=f"{HIDDEN} behind a password")
    with_password = PageViewRestriction.objects.create(
        page=locked, restriction_type=PageViewRestriction.PASSWORD, password="open"
    )
    staff_only = add_page(home(), slug="staff-page", title=f"{HIDDEN} for moderators")
    group = PageViewRestriction.objects.create(page=staff_only, restriction_type=PageViewRestriction.GROUPS)
    group.groups.set(Group.objects.filter(name="Moderators"))
    for label, page in (
        ("page", public),
        ("page-draft", draft),
        ("page-for-users", private),
        ("page-with-password", locked),
        ("page-for-moderators", staff_only),
    ):
        place = page.get_url().split("/", 2)[2]
        world.objects[label] = {"_1": place, "page_id": str(page.pk)}
    world.objects["page-with-password"]["page_view_restriction_id"] = str(with_password.pk)
    world.objects["page-for-users"]["page_view_restriction_id"] = str(restriction.pk)


def _practices(world: World, people: dict[str, User]) -> None:
    owned = OrganisationFactory.create(slug="owner-of-practices")
    Membership.objects.create(organisation=owned, user=people["partner"])
    public = PracticeFactory.create(
        slug="public-practice", owner=owned, contact_email=f"{MARKS['stranger']}@example.org"
    )
    draft = PracticeFactory.create(
        slug="draft-practice", live=False, owner=owned, texts={"en": {"title": f"{HIDDEN} practice"}}
    )
    asked = ConfirmationRequest.objects.create(practice=public, known_on="2024-01-01", asked_at="2026-01-01T00:00Z")
    world.objects |= {
        "practice": {"slug": "public-practice"},
        "practice-draft": {"slug": "draft-practice"},
        "row-practice": {"pk": str(public.pk)},
        "row-practice-draft": {"pk": str(draft.pk)},
        "policy-hook": {"pk": str(policy_hook(practices=[public, draft]).pk), "entry": "1"},
        "confirmation": {"token": owner_requests.token_of(asked)},
    }
    world.objects |= reuse.objects(public, by=people["editor"], other=people["other"])
    world.queries["compare"] = "practice=public-practice&practice=draft-practice"
    world.objects["compare"] = {}
    for person in ("partner", "other"):
        ShortlistEntry.objects.create(user=people[person], practice=public)


def _work_of_staff(world: World, editor: User) -> None:
    digest = Digest.objects.create(subject=f"{HIDDEN} issue", since="2026-01-01T00:00Z")
    sheet = Sheet(["slug"], [(2, [""])])
    organisations = OrganisationImport.objects.create(by=editor, name="organisations.csv", sheet=sheet.as_json())
    plan = PracticeImport.objects.create(by=editor, name="practices.csv", sheet=sheet.as_json())
    contact = ContactFactory.create()
    world.objects |= {
        "contact": {"pk": str(contact.pk), "entry": "1"},
        "organisation-import": {"pk": str(organisations.pk)},
        "term-row": {"pk": str(Term.objects.order_by("pk")[0].pk), "entry": "1"},
        "settings": {
            "app_name": "hub",
            "model_name": "sitesettings",
            "pk": str(SiteSettings.load().pk),
            "entry": "1",
        },
        "colleague": {"pk": str(editor.pk)},
    }
    world.objects |= {"digest": {"pk": str(digest.pk), "entry": "1"}, "import": {"pk": str(plan.pk)}}


def _organisations(world: World, people: dict[str, User]) -> None:
    listed = OrganisationFactory.create(slug="listed-organisation")
    hidden = OrganisationFactory.create(
        slug="proposed-organisation", name=f"{HIDDEN} firm", status=Organisation.Status.PROPOSED
    )
    Membership.objects.create(organisation=hidden, user=people["partner"])
    world.objects |= {
        "organisation": {"slug": "listed-organisation", "pk": str(listed.pk), "entry": "1"},
        "organisation-proposed": {"slug": "proposed-organisation"},
    }


def _members(world: World, people: dict[str, User]) -> None:
    """An organisation of each, where somebody is invited; another that partner edits and does not own."""
    second = UserFactory.create(email="second@example.org")
    for person, mark in MARKS.items():
        own = OrganisationFactory.create(slug=f"organisation-of-{person}", name=f"Organisation of {person}")
        invitation = Invitation.objects.create(organisation=own, email=f"{mark}@example.org", language="en")
        membership = Membership.objects.create(organisation=own, user=second, role=Membership.Role.OWNER)
        facts = {"slug": own.slug, "pk": str(own.pk), "membership": str(membership.pk), "uuid": str(invitation.uuid)}
        world.objects[f"organisation-of-{person}"] = facts
        world.secrets[person] = {_signed_form(invitation.uuid.hex)}
        if user := people.get(person):
            Membership.objects.create(organisation=own, user=user, role=Membership.Role.OWNER)
            asked = OrganisationFactory.create(name=f"Asked for by {person}")
            claim = Claim.objects.create(organisation=asked, user=user, position=f"{mark} position")
            world.objects[f"claim-{person}"] = {"claim": str(claim.pk), "pk": str(claim.pk)}
        else:
            world.objects["link-invitation"] = {"token": invitation_links.token_of(invitation)}
    _notices(world)
    merged = world.objects["organisation-of-partner"]["pk"], world.objects["organisation-of-other"]["pk"]
    world.objects["merge"] = dict(zip(("pk", "other"), merged, strict=True))
    world.objects["pair"] = {"pk": str(LikelyPair.objects.create(first_id=merged[0], second_id=merged[1]).pk)}
    edited = Membership.objects.get(organisation__slug="owner-of-practices", user=people["partner"])
    world.objects["organisation-edited"] = {"slug": "owner-of-practices", "membership": str(edited.pk)}


def _notices(world: World) -> None:
    """What partner's organisation offers, what is over, what is not public yet; one whose link a stranger got."""
    of = {slug: Organisation.objects.get(slug=slug) for slug in ("organisation-of-partner", "organisation-of-stranger")}
    hidden = Organisation.objects.get(slug="proposed-organisation")
    made = {
        "notice-partner": NoticeFactory.create(organisation=of["organisation-of-partner"]),
        "notice-over": NoticeFactory.create(
            organisation=of["organisation-of-partner"], until="2026-01-31", renewed_at="2026-01-01T00:00Z"
        ),
        "notice-hidden": NoticeFactory.create(organisation=hidden, title=f"{HIDDEN} offer"),
    }
    world.objects |= {label: {"pk": str(notice.pk)} for label, notice in made.items()}
    mailed = NoticeFactory.create(organisation=of["organisation-of-stranger"])
    world.objects["link-renew"] = {"token": reminders.token_of(mailed)}


def _introductions(world: World) -> None:
    """The organisation of each takes part in a call and shows it; those who sign in asked that of the stranger."""
    call = public_call(title="A call for partners")
    of = {person: Organisation.objects.get(slug=f"organisation-of-{person}") for person in MARKS}
    for person, mark in MARKS.items():
        named = {"organisation_name": of[person].name, "contact_name": f"{mark} acts", "email": f"{mark}@example.org"}
        InterestFactory.create(call=call, organisation=of[person], is_shown=True, offers=f"{mark} offers", **named)
    asked = of["stranger"]
    for person in ("partner", "other"):
        made = Introduction.objects.create(
            call=call, from_organisation=of[person], to_organisation=asked, message=f"{MARKS[person]} writes"
        )
        world.objects[f"introduction-{person}"] = {"pk": str(made.pk)}
        place = {"call_id": str(call.pk), "slug": of[person].slug, "organisation": str(asked.pk)}
        world.objects[f"matches-{person}"] = place
    place = {"call_id": str(call.pk), "slug": of["partner"].slug, "organisation": str(of["other"].pk)}
    world.objects["matches-new"] = place
    for person in ("partner", "other"):
        world.objects[f"draft-{person}"] = undertakings.begun(call, of[person], MARKS[person])
    world.objects["draft-shown"] = undertakings.begun(call, of["partner"], MARKS["partner"])
    # Of which staff may read all but the notes.
    Consortium.objects.filter(uuid=world.objects["draft-shown"]["uuid"]).update(shown_to_centre="all")
    for person in ("partner", "other"):
        declared = undertakings.declared(call, of[person], MARKS[person])
        world.objects[f"declared-{person}"] = declared
        submitted = undertakings.submitted(call, declared, MARKS[person])
        world.objects[f"submitted-{person}"] = submitted
        # The first version of the text, whose number is no receipt's.
        world.objects[f"written-{person}"] = submitted | {"number": "1"}
    stamped = Receipt.objects.get(number=world.objects["declared-partner"]["number"])
    ReceiptTimeStamp.objects.create(receipt=stamped, reply=b"a reply", authority="An authority", stamped_at=stamped.at)
    world.objects["part"] = {"pk": str(call.pk), "key": str(AskedPart.objects.filter(call=call)[0].pk)}


def _files(world: World) -> None:
    image = Image.objects.create(title="A picture", file=get_test_image_file())
    for_staff = Collection.get_first_root_node().add_child(name="For staff")
    restriction = CollectionViewRestriction.objects.create(
        collection=for_staff, restriction_type=CollectionViewRestriction.LOGIN
    )
    locked = Collection.get_first_root_node().add_child(name="Behind a password")
    with_password = CollectionViewRestriction.objects.create(
        collection=locked, restriction_type=CollectionViewRestriction.PASSWORD, password="open"
    )
    for label, collection in (
        ("document", None),
        ("document-for-users", for_staff),
        ("document-with-password", locked),
    ):
        document = Document(title=label, file=ContentFile(b"%PDF-1.7", name=f"{label}.pdf"))
        if collection:
            document.collection = collection
        document.save()
        world.objects[label] = {"_1": str(document.pk), "_2": document.filename, "path": document.file.name}
    world.objects["document-for-users"]["restriction_id"] = str(restriction.pk)
    world.objects["document-file"] = {"path": world.objects["document"].pop("path")}
    world.objects["document-with-password"]["restriction_id"] = str(with_password.pk)
    for label in ("document-for-users", "document-with-password"):
        world.objects[label].pop("path")
    world.objects["picture"] = {"path": image.get_rendition("width-50").file.name}
    world.objects["original"] = {"path": image.file.name}


def _traces(world: World, person: str, user: User | None, *, call: Call, event: Any) -> None:
    """One row of this person in each table that keeps people."""
    mark = MARKS[person]
    email = f"{mark}@example.org"
    named = {"email": email, "language": "en", "consent_wording": f"{mark} agreed"}
    registration = RegistrationFactory.create(
        event=event,
        name=f"{mark} name",
        organisation_name=f"{mark} firm",
        access_needs=f"{mark} needs",
        user=user,
        **named,
    )
    # What an interest shows to everybody is the organisation; the person behind it is not shown.
    interest = InterestFactory.create(
        call=call, organisation_name=f"Firm of {person}", contact_name=f"{mark} contact", user=user, **named
    )
    question = Question.objects.create(
        call=call, language="en", asked=f"{mark} asks", name=f"{mark} asker", email=email, asked_at="2026-11-01T00:00Z"
    )
    subscription = SubscriptionFactory.create(topic=f"call:{call.pk}", user=user, **named)
    message = MessageFactory.create(to_email=email, subject=f"{mark} subject", dedupe_key=mark)
    refused = Suppression.objects.create(email=email, reason=f"550 {mark} is gone")
    _at_the_door(world, person, registration)
    keys = [registration.uuid, interest.uuid, subscription.uuid, message.uuid]
    if user:
        FormerMailbox.objects.create(user=user, domain=f"{mark}.example")
        keys += _submission(world, person, user)
    else:
        _links(world, registration, interest, subscription)
    for name, row in (
        ("registration", registration),
        ("interest", interest),
        ("question", question),
        ("subscription", subscription),
        ("message", message),
        ("suppression", refused),
    ):
        world.objects[f"{name}-{person}"] = {"pk": str(row.pk), "registration_id": str(row.pk), "entry": "1"}
    world.objects[f"interest-{person}"]["uuid"] = str(interest.uuid)
    signed = (form for key in keys for form in (str(key), key.hex, _signed_form(key.hex)))
    world.secrets.setdefault(person, set()).update({mark, *signed})


def _at_the_door(world: World, person: str, registration: Registration) -> None:
    """Somebody who came without having signed up, and a link for helpers."""
    mark, event = MARKS[person], registration.event
    WalkIn.objects.create(
        uuid=uuid4(), event=event, name=f"{mark} walks in", email=f"{mark}@example.org", language="en"
    )
    held = door_pass(event, label=person)
    world.objects["link-door"] = {"token": passes.token_of(held)}
    world.objects[f"seat-{person}"] = {"uid": str(event.uid), "person": str(registration.uuid)}


def _submission(world: World, person: str, user: User) -> list[Any]:
    mark = MARKS[person]
    submission: Submission = submissions.draft(user, title=f"{mark} submission", contact_email=f"{mark}@example.org")
    sent = submissions.sent(user, title=f"{mark} sent", contact_email=f"{mark}@example.org")
    keys = []
    for label, row in ((f"submission-{person}", submission), (f"sent-{person}", sent)):
        content = ContentFile(b"%PDF-1.7", name=f"{mark}.pdf")
        file = SubmissionFile.objects.create(submission=row, name=f"{mark}.pdf", size=8, file=content)
        world.objects[label] = {"uuid": str(row.uuid), "number": "1", "file": str(file.uuid), "pk": str(row.pk)}
        keys += [row.uuid, file.uuid]
    task = submissions.task_of(sent)
    world.objects[f"review-{person}"] = {
        "pk": str(sent.practice_id),
        "action_name": "approve",
        "task_state_id": str(task.pk),
    }
    world.objects[f"media-{person}"] = {"path": str(file.file.name)}
    return keys


def _links(world: World, registration: Registration, interest: Interest, subscription: Subscription) -> None:
    """What the stranger's mails hold: who has the link may act, whoever they are."""
    world.objects |= {
        "link-cancel": {"token": event_links.cancel_token(registration)},
        "link-certificate": {"number": certificates.issue(guest(past_event(), name=registration.name)).number},
        "link-confirm-seat": {"token": event_links.confirm_token(registration)},
        "link-confirm-interest": {"token": interest_links.confirm_token(interest)},
        "link-withdraw": {"token": interest_links.withdraw_token(interest)},
        "link-stop": {"token": links.stop_token(subscription)},
        "link-confirm": {"token": links.confirm_token(subscription, language="en", offsets=[])},
        "link-manage": {"token": links.manage_token(subscription), "pk": str(subscription.pk)},
    }


def _signed_form(text: str) -> str:
    """How `django.core.signing` writes it inside a token."""
    return base64.urlsafe_b64encode(json.dumps(text).encode()).decode().rstrip("=")

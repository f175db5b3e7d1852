"""Words that stand nowhere else, in each column that can hold somebody's words, and where they are afterwards."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import DataError, IntegrityError, connection, models, transaction
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import Comment, CommentReply, ModelLogEntry, Page, PageSubscription, UploadedFile
from wagtail.users.models import UserProfile

from accounts.my_data import copies
from accounts.personal_data import declarations
from accounts.personal_data.declarations import PersonalData
from accounts.personal_data.models import DataCopy
from accounts.personal_data.subjects import Subject, of_account
from accounts.users.models import User
from consortia.consortium.models import Entry
from consortia.interest.models import Contribution, Interest
from consortia.notes.models import Note
from consortia.sign_off.models import SignOff
from events.agenda.models import Event
from events.door.models import Scan
from events.feedback.models import FeedbackGiven
from events.questions.models import Answer, Question, SensitiveAnswer
from hub.vocabularies.models import Term
from learning.experts.models import Expert
from learning.questions.models import Question as LearningQuestion
from nccsi.maintenance import database_programs
from partners.exchange.models import Notice
from partners.members.models import FormerMembership
from partners.organisations.models import Membership, Organisation
from partners.sheets.models import OrganisationImport
from practices.context.models import KeptSituation
from practices.import_export.models import PracticeImport
from practices.practice.models.practice import Practice
from tests.factories.notifications import MessageFactory
from tests.factories.past_events import guest, past_event

TEXT = (models.CharField, models.TextField, models.JSONField)
# Shorter columns hold codes.
SHORTEST = 30


def fill(user: User) -> None:
    """A row of this person in what the world of `tests/access` leaves empty."""
    _events(user)
    _organisations(user)
    _admin(user)
    _rest(user)
    _as_others_know_it(user)


def _rest(user: User) -> None:
    KeptSituation.objects.create(user=user, country="BE")
    interest = Interest.objects.filter(user=user)[0]
    Contribution.objects.create(interest=interest, track=Term.objects.all()[0], how="Somehow")
    question = LearningQuestion.objects.all()[0]
    Expert.objects.create(question=question, user=user, name="Name", field="Field", languages=["en"], wording="Yes")
    sheet = {"columns": ["slug"], "rows": []}
    for model in (OrganisationImport, PracticeImport):
        model.objects.create(by=user, name="sheet.csv", sheet=sheet)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "none"})
    DataCopy.objects.filter(user=user).update(asked_at=timezone.now() - copies.ONE_IN)
    copies.ask(of_account(user), language="en")


def _events(user: User) -> None:
    came = guest(past_event(), name=str(user), email=user.email, user=user)
    for sensitive, model in ((False, Answer), (True, SensitiveAnswer)):
        asked = Question.objects.create(event=came.event, label="What?", is_sensitive=sensitive)
        model.objects.create(registration=came, question=asked, value="Something")
    Event.organisers.through.objects.create(event=came.event, user=user)
    FeedbackGiven.objects.create(registration=came)
    from events.afterwards.models import Certificate

    Certificate.objects.create(registration=came, number=f"C{user.pk:015d}", name=str(user))
    now = timezone.now()
    Scan.objects.create(
        uuid=uuid4(), registration=came, day=now.date(), kind="in", scanned_at=now, happened_at=now, by=user
    )


def _organisations(user: User) -> None:
    organisation = Membership.objects.filter(user=user)[0].organisation
    FormerMembership.objects.create(user=user, organisation=organisation, began_at=timezone.now())
    Organisation.objects.filter(pk=organisation.pk).update(email=user.email)
    Notice.objects.filter(organisation=organisation).update(made_by=user)
    for note in Note.objects.filter(by=user):
        note.changed_by, note.changed_by_name = user, organisation.name
        note.save()
    Entry.objects.create(consortium=Note.objects.filter(by=user)[0].consortium, action="begun", note="Note", by=user)
    for sign in SignOff.objects.filter(member__organisation__memberships__user=user):
        sign.by = user
        sign.save()


def _admin(user: User) -> None:
    """As somebody who worked in the admin once."""
    EmailConfirmation.objects.create(email_address=EmailAddress.objects.get(user=user), key=f"key{user.pk}")
    UserProfile.objects.create(user=user, avatar=ContentFile(b"GIF89a" + user.email.encode(), name="me.gif"))
    page = Page.objects.get(depth=2, locale__language_code="en")
    about = ContentType.objects.get_for_model(page)
    EditingSession.objects.create(user=user, content_type=about, object_id=page.pk, last_seen_at=timezone.now())
    FormState.objects.create(
        user=user, content_type=about, object_id=page.pk, data="{}", last_updated_at=timezone.now()
    )
    comment = Comment.objects.create(page=page, user=user, text="Text", contentpath="title")
    CommentReply.objects.create(comment=comment, user=user, text="Text")
    PageSubscription.objects.create(user=user, page=page, comment_notifications=True)
    UploadedFile.objects.create(uploaded_by_user=user, file=ContentFile(user.email.encode(), name="up.txt"))
    page.owner = user
    page.save()


def _as_others_know_it(user: User) -> None:
    """Name and address in records of changes, in versions, and in mail to others."""
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(User),
        object_id=user.pk,
        label=str(user),
        action="wagtail.edit",
        timestamp=timezone.now(),
        data={"changes": [{"before": user.email, "after": f"{user} at {user.email}"}]},
        user=user,
    )
    practice = Practice.objects.all()[0]
    practice.contact_email = user.email
    practice.owner_name = str(user)
    practice.save_revision()
    practice.refresh_from_db()
    practice.save_revision()
    MessageFactory.create(
        to_email="staff@example.org", context={"said": f"{user} ({user.email}) asks"}, dedupe_key=f"k{user.pk}"
    )


def plant(subject: Subject, word: str) -> set[str]:
    """Put the word into every column that holds this person's own words, their name and address into what they wrote
    for others; returns the kinds that have a row."""
    found = set()
    for kind in declarations.all_kinds():
        for row in kind.rows(subject):
            found.add(kind.key)
            for field in _columns(kind):
                own = not (kind.stays and field.name in kind.written)
                words = word if own else f"{subject.name} {subject.email}"
                _put(row, field, words)
    return found


def _columns(kind: PersonalData) -> list[Any]:
    fields = [kind.model._meta.get_field(name) for name in kind.fields if name not in kind.addresses]
    return [
        each
        for each in fields
        if isinstance(each, TEXT) and not each.choices and not isinstance(each, models.EmailField)
    ]


def _put(row: Any, field: Any, words: str) -> None:
    if isinstance(field, models.CharField) and (field.max_length or SHORTEST) < SHORTEST:
        return
    value: Any = {"said": words} if isinstance(field, models.JSONField) else words
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field.name: value})
    except (IntegrityError, DataError):  # of a row that nobody may alter
        return


def rows_with(*words: str) -> dict[str, int]:
    """In which tables any of these words stands, in whatever column; sessions are read by themselves."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS whole_row WHERE whole_row::text ILIKE ANY(%s)',
                [[f"%{word}%" for word in words]],
            )
            if number := cursor.fetchone()[0]:
                found[table] = number
    sessions = [str(each.get_decoded()).lower() for each in Session.objects.all()]
    if number := sum(any(word.lower() in each for word in words) for each in sessions):
        found["sessions"] = number
    return found


def files_with(*words: str) -> list[str]:
    """In which uploads, of whatever kind."""
    stored = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return [path.name for path in stored if any(word.lower().encode() in path.read_bytes().lower() for word in words)]


def dump_with(folder: Path, *words: str) -> int:
    """How many lines of a fresh dump."""
    with (folder / "dump.sql").open("wb") as file:
        database_programs.run("pg_dump", "--format=plain", write=file)
    return sum(any(word.lower() in line.lower() for word in words) for line in (folder / "dump.sql").open())

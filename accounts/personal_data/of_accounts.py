"""What accounts, signing in and the admin's own framework hold about people."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile
from wagtail_localize.models import SegmentOverride, StringTranslation

from accounts.personal_data.declarations import PersonalData, acted
from accounts.personal_data.keeping_times import DATA_COPIES, ERASURES
from accounts.personal_data.models import DataCopy, Erasure
from accounts.signing_in.keeping_times import ACCOUNTS, SESSIONS
from accounts.users.models import User

ACCOUNT = _("So that you can sign in, and nobody else as you.")
ADMIN = _("So that the admin works as you left it.")

DECLARED = [
    PersonalData(EmailAddress, why=ACCOUNT, kept=ACCOUNTS, people=("user",), fields=("email", "verified", "primary")),
    PersonalData(
        EmailConfirmation, why=ACCOUNT, kept=ACCOUNTS, people=("email_address__user",), fields=("sent",),
        theirs_not=("key",),
    ),
    PersonalData(
        Authenticator, why=ACCOUNT, kept=ACCOUNTS, people=("user",), fields=("type", "created_at", "last_used_at"),
        theirs_not=("data",), named=_("second factors and passkeys"),
    ),
    PersonalData(
        DataCopy, why=_("So that you can fetch it."), kept=DATA_COPIES, people=("user",), addresses=("email",),
        fields=("email", "language", "asked_at", "ready_at"), theirs_not=("file",),
    ),
    acted(Erasure, "by", kept=ERASURES, written=("reason",), theirs_not=("removed", "kept")),
    PersonalData(
        UserProfile, why=ADMIN, kept=ACCOUNTS, people=("user",),
        fields=("preferred_language", "current_time_zone", "avatar", "theme", "contrast", "density"),
        theirs_not=("dismissibles",), named=_("choices for the admin"),
    ),
    PersonalData(
        EditingSession, why=ADMIN, kept=SESSIONS, people=("user",), fields=("last_seen_at",), theirs_not=("object_id",),
    ),
    PersonalData(
        FormState, why=ADMIN, kept=SESSIONS, people=("user",), fields=("data", "last_updated_at"),
        theirs_not=("object_id", "parent_object_id"), named=_("forms of the admin that were not saved"),
    ),
    PersonalData(PageSubscription, why=ADMIN, kept=ACCOUNTS, people=("user",), fields=("page",)),
    PersonalData(
        Comment, why=ADMIN, kept=ACCOUNTS, people=("user",), fields=("text", "created_at"),
        theirs_not=("contentpath", "position"),
    ),
    PersonalData(CommentReply, why=ADMIN, kept=ACCOUNTS, people=("user",), fields=("text", "created_at")),
    PersonalData(
        UploadedFile, why=ADMIN, kept=ACCOUNTS, people=("uploaded_by_user",), fields=("file",),
        named=_("files that were being uploaded in the admin"),
    ),
    acted(Comment, "resolved_by", kept=ACCOUNTS, theirs_not=("text", "contentpath", "position")),
    acted(ModelLogEntry, "user", kept=ACCOUNTS, theirs_not=("label", "data", "object_id", "action")),
    acted(PageLogEntry, "user", kept=ACCOUNTS, theirs_not=("label", "data", "action")),
    acted(Revision, "user", kept=ACCOUNTS, theirs_not=("object_id", "object_str", "content")),
    acted(WorkflowState, "requested_by", kept=ACCOUNTS, theirs_not=("object_id",)),
    acted(TaskState, "finished_by", kept=ACCOUNTS, written=("comment",)),
    acted(
        Page, "owner", "locked_by", kept=ACCOUNTS,
        theirs_not=("path", "title", "draft_title", "slug", "url_path", "seo_title", "search_description"),
    ),
    acted(Document, "uploaded_by_user", kept=ACCOUNTS, theirs_not=("title", "file", "file_hash")),
    acted(Image, "uploaded_by_user", kept=ACCOUNTS, theirs_not=("title", "file", "description", "file_hash")),
    acted(StringTranslation, "last_translated_by", kept=ACCOUNTS, theirs_not=("data", "tool_name", "field_error")),
    acted(SegmentOverride, "last_translated_by", kept=ACCOUNTS, theirs_not=("data_json", "field_error")),
    PersonalData(
        User, why=ACCOUNT, kept=ACCOUNTS, people=("pk",), addresses=(),
        fields=("email", "first_name", "last_name", "language", "date_joined", "last_login"),
        theirs_not=("password",), named=_("account"),
    ),
]  # fmt: skip

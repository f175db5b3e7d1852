"""What undertakings of organisations hold about people."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.declarations import PersonalData, Stays, acted
from accounts.personal_data.subjects import Subject
from consortia.conflicts.keeping_times import MAILBOXES
from consortia.conflicts.models import FormerMailbox, Lifting, Statement
from consortia.consortium.keeping_times import CONSORTIA
from consortia.consortium.models import Entry
from consortia.files.keeping_times import UNFINISHED
from consortia.files.models import FileVersion, Upload
from consortia.filling.models import TextVersion
from consortia.interest import registration
from consortia.interest.keeping_times import INTERESTS
from consortia.interest.models import Contribution, Interest
from consortia.introductions.keeping_times import INTRODUCTIONS
from consortia.introductions.models import Introduction
from consortia.notes.models import Note
from consortia.outcomes.models import Outcome, Release
from consortia.receipts.keeping_times import RECEIPTS
from consortia.receipts.models import Receipt
from consortia.reviewers.keeping_times import REVIEWERS
from consortia.reviewers.models import Reviewer
from consortia.reviewing.models import Judgement, Mark
from consortia.sign_off.models import SignOff
from consortia.to_do.models import Task

SIGNED = _("Signed as a whole so that it stays provable: it names the consortium and its organisations, no person.")
INTEREST = _("So that organisations find each other for a call.")


def withdraw_interests(subject: Subject) -> None:
    """The organisation is told of by nobody any more; a colleague may begin anew."""
    mine = INTERESTS_SHOWN.rows(subject)
    for each in mine:
        registration.withdraw(each)
    # What was merged into mine is somebody else's own row.
    Interest.objects.filter(merged_into__in=mine, status=Interest.Status.WITHDRAWN).exclude(pk__in=mine).update(
        merged_into=None
    )


def remove_parts(subject: Subject) -> None:
    """What was uploaded of a file that is not whole."""
    storage = FileVersion._meta.get_field("content").storage
    for place in [each.place for each in Upload.objects.filter(by=subject.user)]:
        transaction.on_commit(partial(storage.delete, place))


INTERESTS_SHOWN = PersonalData(
    Interest, why=INTEREST, kept=INTERESTS, people=("user",), addresses=("email",), first=withdraw_interests,
    fields=("call", "organisation_name", "contact_name", "email", "language", "role", "offers", "looks_for", "status",
            "proposed", "consent_wording", "created_at", "confirmed_at"),
)  # fmt: skip

DECLARED = [
    PersonalData(
        Contribution, why=INTEREST, kept=INTERESTS, people=("interest__user",), addresses=("interest__email",),
        fields=("track", "how"),
    ),
    INTERESTS_SHOWN,
    PersonalData(
        FormerMailbox, why=_("So that conflicts of interest can be seen."), kept=MAILBOXES, people=("user",),
        fields=("domain", "until"),
    ),
    PersonalData(
        Upload, why=_("So that an upload can go on where it broke off."), kept=UNFINISHED, people=("by",),
        fields=("name", "size", "changed_at"), first=remove_parts,
    ),
    PersonalData(
        Statement, why=_("So that conflicts of interest can be seen."), kept=REVIEWERS, people=("reviewer__user",),
        fields=("consortium", "has_conflict", "reason", "at"), written=("consortium", "has_conflict", "at"),
        stays=Stays(
            _("That a reviewer had a conflict or none, which may be looked into; not what you said of it."),
            without={"reason": "–"},
        ),
    ),
    PersonalData(
        Mark, why=_("So that the judgement can be explained."), kept=REVIEWERS, people=("judgement__reviewer__user",),
        fields=("criterion", "value", "reason"), written=("criterion", "value", "reason"),
        stays=Stays(_("Your judgement stands, as that of a reviewer without a name.")),
    ),
    PersonalData(
        Judgement, why=_("So that the judgement can be explained."), kept=REVIEWERS, people=("reviewer__user",),
        fields=("consortium", "handed_in_at"), written=("consortium", "handed_in_at"),
        stays=Stays(_("Your judgement stands, as that of a reviewer without a name.")),
    ),
    PersonalData(
        Receipt, why=SIGNED, kept=RECEIPTS,
        people=("declaration__consortium__members__sign_offs__by",), fields=("number", "kind", "at"),
        written=("number", "kind", "at"), theirs_not=("payload", "digest", "signature"), stays=Stays(SIGNED),
    ),
    acted(SignOff, "by", kept=CONSORTIA, written=("reason",)),
    acted(Reviewer, "user", kept=REVIEWERS),
    acted(Reviewer, "added_by", kept=REVIEWERS),
    acted(Lifting, "by", kept=REVIEWERS, written=("reason",), theirs_not=("organisation_name",)),
    acted(
        Entry, "by", kept=CONSORTIA, written=("note",), theirs_not=("action", "organisation_name", "about_name"),
    ),
    acted(
        FileVersion, "by", kept=CONSORTIA, written=("name", "content"),
        theirs_not=("sha256", "organisation_name", "removed_for"),
    ),
    acted(
        FileVersion, "removed_by", kept=CONSORTIA,
        theirs_not=("name", "content", "sha256", "organisation_name", "removed_for"),
    ),
    acted(TextVersion, "by", kept=CONSORTIA, written=("text",), theirs_not=("sha256", "organisation_name")),
    acted(
        Introduction, "asked_by", kept=INTRODUCTIONS, written=("message",), theirs_not=("note",),
    ),
    acted(Introduction, "answered_by", kept=INTRODUCTIONS, written=("note",), theirs_not=("message",)),
    # Everybody in the consortium goes on writing in them.
    acted(Note, "by", kept=CONSORTIA, theirs_not=("text", "organisation_name", "changed_by_name")),
    acted(
        Note, "changed_by", kept=CONSORTIA, theirs_not=("text", "organisation_name", "changed_by_name"),
        named=_("notes in consortia that you changed"),
    ),
    acted(
        Task, "person", kept=CONSORTIA, theirs_not=("what", "changed_by_name"),
        named=_("tasks in consortia that were given to you"),
    ),
    acted(
        Task, "changed_by", kept=CONSORTIA, theirs_not=("what", "changed_by_name"),
        named=_("tasks in consortia that you changed"),
    ),
    acted(Outcome, "settled_by", kept=CONSORTIA, written=("reasons", "conditions")),
    acted(Release, "by", kept=CONSORTIA),
]  # fmt: skip

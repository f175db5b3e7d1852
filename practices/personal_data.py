"""What the library holds about people."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.declarations import PersonalData, Stays, acted
from accounts.personal_data.subjects import Subject
from hub.facts.keeping_times import RECORD
from practices.choosing.models import ShortlistEntry
from practices.context.keeping_times import SITUATIONS
from practices.context.models import KeptSituation
from practices.contributing import submission
from practices.import_export.keeping_times import IMPORTS
from practices.import_export.models import PracticeImport
from practices.mainstreaming.models import HookStatus, StageMove
from practices.practice.models.practice import Practice
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseCheck
from practices.reuse.models.versions import ReuseVersion
from practices.submissions.keeping_times import DECIDED, DRAFTS
from practices.submissions.models import Submission, SubmissionEvent, SubmissionFile

CONTRIBUTED = _("So that the centre can look at the practice that you sent, and you can see how far it is.")


def take_back_submissions(subject: Subject) -> None:
    """What is under review is taken back; a practice that was never public goes with who described it."""
    for each in Submission.objects.filter(user=subject.user).select_related("practice"):
        submission.withdraw(each)
        if each.practice and not each.is_update and each.practice.first_published_at is None:
            each.practice.delete()


DECLARED = [
    PersonalData(
        ShortlistEntry, why=_("So that you find them again."), kept=SITUATIONS, people=("user",),
        fields=("practice", "added_at"), named=_("practices that you keep"),
    ),
    PersonalData(
        KeptSituation, why=_("So that you see which practices fit."), kept=SITUATIONS, people=("user",),
        fields=("country", "region", "reach", "targets", "sectors", "budget", "months", "changed_at"),
        named=_("what you said of your situation"),
    ),
    PersonalData(
        SubmissionFile, why=CONTRIBUTED, kept=DECIDED, people=("submission__user",),
        fields=("name", "file", "uploaded_at"),
    ),
    PersonalData(
        SubmissionEvent, why=CONTRIBUTED, kept=DECIDED, people=("submission__user",), fields=("what", "note", "at"),
    ),
    PersonalData(
        Submission, why=CONTRIBUTED, kept=DRAFTS, people=("user",), first=take_back_submissions,
        fields=("title", "language", "answers", "status", "reason", "consent_wording", "created_at", "sent_at",
                "decided_at"),
        theirs_not=("base",),
    ),
    PersonalData(
        PracticeImport, why=_("So that you can look at it before it is taken over."), kept=IMPORTS, people=("by",),
        fields=("name", "sheet", "created_at"), theirs_not=("made",),
    ),
    PersonalData(
        Practice, why=_("So that readers can ask about the practice."), kept=RECORD, addresses=("contact_email",),
        fields=("slug", "contact_email"), written=("slug",),
        theirs_not=("original_language", "place", "website", "owner_name", "picture_author", "picture_licence"),
        named=_("practices with your address as their contact"),
        stays=Stays(_("The practice stays in the library, without your address."), without={"contact_email": ""}),
    ),
    acted(Practice, "locked_by", kept=RECORD, theirs_not=(
        "slug", "original_language", "place", "website", "owner_name", "contact_email", "picture_author",
        "picture_licence")),
    acted(StageMove, "by", kept=RECORD, written=("word", "reason"), theirs_not=("source_title", "source_url", "place")),
    acted(
        HookStatus, "by", kept=RECORD, written=("word", "reason"), theirs_not=("source_title", "source_url", "place")
    ),
    acted(Reuse, "created_by", kept=RECORD, written=("reason",), theirs_not=("adopter", "place")),
    acted(
        ReuseVersion, "by", kept=RECORD, written=("came_of_it", "why_stopped", "what_changed", "circumstances"),
        theirs_not=("taken_version", "language"),
    ),
    acted(ReuseCheck, "by", kept=RECORD, written=("reason",)),
]  # fmt: skip

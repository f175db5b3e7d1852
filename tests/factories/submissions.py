"""Submissions at every point of their way, brought there by the verbs that people use."""

from typing import Any

from django.utils import timezone
from i18nfield.strings import LazyI18nString

from accounts.users.models import User
from hub.vocabularies.models import Term
from practices.assessment.models import Judgement, Verdict
from practices.contributing import submission as verbs
from practices.contributing.step_form import stamp
from practices.practice.models.practice import Assessor, Practice
from practices.review import decisions
from practices.submissions.models import Submission
from tests.factories.accounts import UserFactory

ANSWERS: dict[str, Any] = {
    "title": "Shared gardens",
    "summary": "Neighbours who do not know each other grow vegetables together.",
    "what": "A garden for each street.",
    "kind": "good-practice",
    "theme": ["3", "19"],
    "target": ["older-people"],
    "results": "Eight of ten people know more neighbours than before.",
    "evidence": "2",
    "sources": [{"title": "Report", "url": "https://example.org/report"}],
    "needs": "A plot, water, and a coordinator for a day a week.",
    "cost": "",
    "sector": ["citizens", "government"],
    "steps": "1. Find a plot.\n2. Ring every bell.",
    "place": "Ghent",
    "country": ["BE"],
    "region": ["BE23"],
    "since": 2015,
    "website": "https://example.org/",
    "owner": "",
    "owner_name": "Gardens together",
    "contact_email": "gardens@example.org",
}


def draft(user: User | None = None, **answers: Any) -> Submission:
    """A draft in English that lacks nothing, but for what is overwritten here."""
    begun = verbs.start(user=user or UserFactory.create(), language="en")
    begun.answers = ANSWERS | answers
    begun.title = begun.answers["title"]
    begun.save()
    return begun


def send(submission: Submission, *, reply: str = "") -> Submission:
    """Send it, as the check page does."""
    submission.refresh_from_db()
    verbs.send(submission, seen=stamp(submission.answers), consent_wording="I agree.", reply=reply)
    submission.refresh_from_db()
    return submission


def sent(user: User | None = None, **answers: Any) -> Submission:
    """One that waits for the centre."""
    return send(draft(user, **answers))


def task_of(submission: Submission) -> Any:
    """What the reviewers have to do now."""
    assert submission.practice
    return Practice.objects.get(pk=submission.practice_id).current_workflow_task_state


def judge(submission: Submission, by: User) -> None:
    """A judgement with a reason for every criterion, saved as staff save a draft."""
    practice = Practice.objects.get(pk=submission.practice_id).get_latest_revision_as_object()
    practice.judgements.set(
        Judgement(criterion=term, verdict=Verdict.MET, reason=LazyI18nString({"en": "Shown."}))
        for term in Term.objects.of("criterion")
    )
    practice.assessed_on, practice.assessed_by = timezone.localdate(), Assessor.STAFF
    practice.save_revision(user=by)


def published(user: User, by: User, **answers: Any) -> Submission:
    """One whose practice can be read."""
    submission = sent(user, **answers)
    decisions.find_eligible(task_of(submission), by=by)
    judge(submission, by)
    decisions.approve(task_of(submission), by=by)
    submission.refresh_from_db()
    return submission

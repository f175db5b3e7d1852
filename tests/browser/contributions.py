"""Submissions at several points of their way, for the walk past every page.

Like `facts`, run inside the portal's own Django.
"""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.users.models import User
from practices.practice.mailbox import mailbox
from practices.practice.models.practice import Practice
from practices.reconfirmation import owner_requests
from practices.reconfirmation.models import ConfirmationRequest
from practices.submissions.models import Answers, Submission, SubmissionEvent

ANSWERS: Answers = {
    "title": "Shared gardens",
    "summary": "Neighbours who do not know each other grow vegetables together.",
    "kind": "good-practice",
    "theme": ["3"],
    "target": ["older-people"],
    "results": "Eight of ten people know more neighbours than before.",
    "evidence": "2",
    "sources": [{"title": "Report", "url": "https://example.org/report"}],
    "needs": "A plot and a coordinator.",
    "sector": ["citizens"],
    "steps": "1. Find a plot.\n2. Ring every bell.",
    "country": ["BE"],
    "owner": "",
    "owner_name": "Gardens together",
    "contact_email": "gardens@example.org",
}


def addresses(language: str) -> dict[str, str]:
    """The pages of contributing; the walker is partner@example.org."""
    user = User.objects.get(email="partner@example.org")
    practice = next(each for each in Practice.objects.public().order_by("pk") if mailbox(each))
    owned = Practice.objects.public().filter(owner__memberships__user=user).first() or _owned(user)
    draft = _submission(user, language, "draft", ANSWERS)
    unfinished = _submission(user, language, "draft", {"title": "Half of it"})
    asked = _submission(user, language, "questions", ANSWERS)
    refused = _submission(user, language, "refused", {"title": "Carrots"})
    known_on = date(2020, 1, 1)
    Practice.objects.filter(pk=practice.pk).update(checked_on=known_on)
    request, _made = ConfirmationRequest.objects.get_or_create(
        practice=practice, known_on=known_on, defaults={"asked_at": timezone.now()}
    )
    with override(language):
        return {
            "submit": reverse("practices:submit"),
            **{
                f"submit step {number}": reverse("practices:submit_step", args=[draft.uuid, number]) for number in STEPS
            },
            "submit files": reverse("practices:submit_files", args=[draft.uuid]),
            "submit check": reverse("practices:submit_check", args=[draft.uuid]),
            "submit check unfinished": reverse("practices:submit_check", args=[unfinished.uuid]),
            "my practices": reverse("practices:submissions"),
            "submission asked": reverse("practices:submission", args=[asked.uuid]),
            "submission refused": reverse("practices:submission", args=[refused.uuid]),
            "given answers": reverse("practices:given_answers", args=[asked.uuid]),
            "withdraw submission": reverse("practices:withdraw_submission", args=[draft.uuid]),
            "propose update": reverse("practices:propose_update", args=[owned.slug]),
            "still true": reverse("practices:reconfirm", args=[owner_requests.token_of(request)]),
            "still true unknown": reverse("practices:reconfirm", args=["unknown"]),
        }


STEPS = range(1, 6)


def _owned(user: User) -> Practice:
    practice = Practice.objects.public().order_by("-pk")[0]
    membership = user.memberships.select_related("organisation")[0]
    Practice.objects.filter(pk=practice.pk).update(owner=membership.organisation)
    return practice


def _submission(user: User, language: str, status: str, answers: Answers) -> Submission:
    decided = timezone.now() if status == "refused" else None
    found, made = Submission.objects.get_or_create(
        user=user,
        language=language,
        status=status,
        title=answers["title"],
        defaults={
            "answers": answers,
            "sent_at": None if status == "draft" else timezone.now(),
            "decided_at": decided,
            "consent_wording": "-",
            "reason": "It is about growing carrots." if decided else "",
        },
    )
    if made and status != "draft":
        what = SubmissionEvent.What.REFUSED if decided else SubmissionEvent.What.QUESTION
        found.events.create(what=what, by=SubmissionEvent.By.CENTRE, note="How many people?\n\nIn which year?")
    return found

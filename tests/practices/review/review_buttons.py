"""The buttons of the review and the editor's page, as tests press and send them."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from accounts.users.models import User
from notifications.outbox.models import Message
from practices.practice.models.practice import Practice
from practices.submissions.models import Submission
from tests.factories.submissions import task_of

NAMES = "wagtailsnippets_practices_practice"


def press(client: Client, submission: Submission, action: str, **words: str) -> Any:
    """A button of the review, as its dialogue sends it."""
    task = task_of(submission)
    return client.post(reverse(f"{NAMES}:workflow_action", args=[submission.practice_id, action, task.pk]), words)


def edited(submission: Submission, **more: Any) -> dict[str, Any]:
    """What the editor's page sends for this practice as it stands."""
    practice = Practice.objects.get(pk=submission.practice_id).get_latest_revision_as_object()
    text = practice.texts.get()
    names = ("language", "title", "summary", "what", "results", "needs", "steps")
    texts = [{name: getattr(text, name) for name in names} | {"id": str(text.pk)}]
    data: dict[str, Any] = {
        "original_language": "en",
        "kind": str(practice.kind_id),
        "slug": practice.slug,
        "owner_name": practice.owner_name,
        "texts": inline_formset(texts, initial=1),
        "assessed_on": "",
        "assessed_by": "",
        "assessment_due_on": "",
        **{name: inline_formset([]) for name in ("sources", "figures", "documents", "uses", "judgements")},
    }
    lists = {"theme": [str(term.pk) for term in practice.terms.all() if term.vocabulary == "theme"]}
    return nested_form_data(data) | lists | more


def mails_to(user: User) -> list[str]:
    return [mail.kind.removeprefix("practices/") for mail in Message.objects.filter(to_email=user.email).order_by("pk")]

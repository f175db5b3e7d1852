"""How somebody hears that they review a call."""

from urllib.parse import urljoin
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop, override

from consortia.interest.emails import call_words
from consortia.reviewers.models import Reviewer
from notifications.outbox import outbox

OVER = gettext_noop("The person no longer reviews the call.")


def appointed(reviewer: Reviewer) -> None:
    """The call, the role, and where to begin."""
    user = reviewer.user
    if user is None:
        return
    language = outbox.spoken(user.mail_language)
    words = call_words(reviewer.call, language)
    with override(language):
        page = urljoin(settings.SITE_URL, reverse("consortia:reviews", args=[reviewer.call_id]))
    outbox.queue(
        "consortia/reviewer_appointed",
        to=user.email,
        language=user.mail_language,
        context={"call_title": words["title"], "url": page, "is_chair": reviewer.is_chair},
        dedupe_key=f"consortia/reviewer_appointed:{uuid4()}",
        about=_about(reviewer),
        allowance=None,
    )


def take_back(reviewer: Reviewer) -> None:
    """What still waits, once the role is taken away."""
    outbox.withdraw(_about(reviewer), reason=OVER)


def _about(reviewer: Reviewer) -> str:
    return f"reviewer:{reviewer.pk}"

"""How long those wait who describe a practice (`hub.measures`)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hub.measures.breakdowns import by_choice, by_language
from hub.measures.durations import days_between
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from practices.submissions.models import Submission


def _decided(span: Span) -> Rows:
    decided = Submission.objects.filter(
        status__in=[Submission.Status.PUBLISHED, Submission.Status.REFUSED],
        sent_at__isnull=False,
        **span.within("decided_at"),
    )
    return decided.annotate(days=days_between("sent_at", "decided_at"))


def _shown(submission: Submission) -> Listed:
    url = reverse("wagtailsnippets_practices_submission:inspect", args=[submission.pk])
    return Listed(str(submission), url, str(submission.get_status_display()))


DAYS = Measure(
    code="submission_days",
    area=Area.SERVICE,
    name=_("Days to decide about a practice that was sent in"),
    definition=_(
        "From the day on which somebody last sent a practice, or a change of one, to the decision: half of them waited "
        "no longer than this. What was withdrawn does not count."
    ),
    unit=_("days"),
    kind=Kind.HAPPENED,
    records=_decided,
    middle="days",
    fetched=lambda rows: rows.order_by("-decided_at", "-pk"),
    listed=_shown,
    breakdowns=(by_choice("status", _("Decision"), "status", Submission.Status), by_language("language")),
    better=-1,
)

MEASURES = (DAYS,)

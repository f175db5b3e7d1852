"""How questions about calls are answered (`hub.measures`)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calls.questions.models import Question
from hub.measures.breakdowns import by_choice, by_language, by_term
from hub.measures.durations import days_between
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span


def _asked(span: Span) -> Rows:
    return Question.objects.filter(**span.within("asked_at"))


def _asked_and_answered(span: Span) -> Rows:
    return _asked(span).filter(status=Question.Status.ANSWERED)


def _answered(span: Span) -> Rows:
    answered = Question.objects.filter(status=Question.Status.ANSWERED, **span.within("decided_at"))
    return answered.annotate(days=days_between("asked_at", "decided_at"))


def _shown(question: Question) -> Listed:
    """As the page shows it, where it does: what somebody typed may tell who they are."""
    url = reverse("wagtailsnippets_calls_question:edit", args=[question.pk])
    words = str(question) if question.is_shown else str(question.get_status_display())
    return Listed(words, url, str(question.call))


def _latest_first(rows: Rows) -> Rows:
    return rows.select_related("call").order_by("-asked_at", "-pk")


ANSWER_DAYS = Measure(
    code="call_answer_days",
    area=Area.SERVICE,
    name=_("Days to answer a question about a call"),
    definition=_(
        "From the question to the answer on the page of the call: half of the questions waited no longer than this. "
        "Questions that were refused, or wait, do not count."
    ),
    unit=_("days"),
    kind=Kind.HAPPENED,
    records=_answered,
    middle="days",
    fetched=_latest_first,
    listed=_shown,
    breakdowns=(by_language("language"),),
    better=-1,
)

ANSWERED = Measure(
    code="call_questions_answered",
    area=Area.SERVICE,
    name=_("Questions about calls that were answered"),
    definition=_(
        "Of the questions that were asked in these days, the share that has an answer on the page of the call by now."
    ),
    unit=_("per cent"),
    kind=Kind.HAPPENED,
    records=_asked_and_answered,
    whole=_asked,
    fetched=_latest_first,
    listed=_shown,
    breakdowns=(
        by_language("language"),
        by_term("track", _("Action track"), "call__tracks", several=True),
        by_choice("status", _("Status"), "status", Question.Status),
    ),
)

MEASURES = (ANSWER_DAYS, ANSWERED)

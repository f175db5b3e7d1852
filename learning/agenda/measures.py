"""What the learning agenda counts: questions, answers, experiences, experts (`hub.measures`)."""

from django.db.models import Prefetch
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.measures.breakdowns import by_choice, by_language, by_term
from hub.measures.durations import days_between
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from learning.answers.models import AnswerVersion
from learning.experience.models import Experience
from learning.experts.models import Expert
from learning.questions.models import Question, QuestionText


def _public(span: Span) -> Rows:
    return Question.objects.public().filter(proposed_at__lt=span.end)


def _answered(span: Span) -> Rows:
    return _public(span).filter(state=Question.State.ANSWERED)


def _words(question: Question) -> str:
    text = question.text_in(get_language() or "")
    return text.words if text else question.slug


def _question(question: Question) -> Listed:
    url = question.get_absolute_url() if question.is_public else ""
    return Listed(_words(question), url, str(question.get_state_display()))


def _with_words(rows: Rows) -> Rows:
    return rows.prefetch_related(Prefetch("texts", QuestionText.objects.defer("search_vector"))).order_by(
        "-proposed_at", "-pk"
    )


_ABOUT = (
    by_term("theme", _("Theme"), "terms", is_shared=True),
    by_term("target", _("Target group"), "terms", is_shared=True),
    by_language("original_language"),
)

QUESTIONS = Measure(
    code="learning_questions",
    area=Area.LEARNING,
    name=_("Questions of the learning agenda"),
    definition=_(
        "Questions that the centre accepted, open, answered for now, or set aside. What was only proposed, or "
        "declined, does not count."
    ),
    unit=_("questions"),
    kind=Kind.STANDING,
    records=_public,
    fetched=_with_words,
    listed=_question,
    breakdowns=(by_choice("state", _("State"), "state", Question.State), *_ABOUT),
    is_open=True,
)

ANSWERED = Measure(
    code="learning_questions_answered",
    area=Area.LEARNING,
    name=_("Questions answered for now"),
    definition=_("Questions that stand as answered for now, as a share of all on the learning agenda."),
    unit=_("per cent"),
    kind=Kind.STANDING,
    records=_answered,
    whole=_public,
    fetched=_with_words,
    listed=_question,
    breakdowns=_ABOUT,
    is_open=True,
)


def _given(span: Span) -> Rows:
    return AnswerVersion.objects.public().filter(**span.within("at"))


def _revised(span: Span) -> Rows:
    return _given(span).filter(number__gt=1)


def _of_question(record: AnswerVersion | Experience | Expert) -> Listed:
    """By the question: what people tell of themselves stands on its page, as far as they want it."""
    note = str(record.get_confidence_display()) if isinstance(record, AnswerVersion) else ""
    return Listed(_words(record.question), record.question.get_absolute_url(), note)


def _with_question(rows: Rows) -> Rows:
    return rows.select_related("question").prefetch_related("question__texts").order_by("-pk")


_ABOUT_QUESTION = (
    by_term("theme", _("Theme"), "question__terms", is_shared=True),
    by_term("target", _("Target group"), "question__terms", is_shared=True),
)
_CONFIDENCE = by_choice("confidence", _("How sure"), "confidence", AnswerVersion.Confidence)

ANSWERS = Measure(
    code="answers_given",
    area=Area.LEARNING,
    name=_("Answers written"),
    definition=_(
        "Versions of answers to questions of the learning agenda, first ones and those that replaced others; another "
        "language of the same version does not count."
    ),
    unit=_("answers"),
    kind=Kind.HAPPENED,
    records=_given,
    fetched=_with_question,
    listed=_of_question,
    breakdowns=(_CONFIDENCE, *_ABOUT_QUESTION, by_language("original_language")),
    anew=True,
    is_open=True,
)

REVISED = Measure(
    code="answers_revised",
    area=Area.LEARNING,
    name=_("Answers revised"),
    definition=_("Versions of answers that replaced an earlier one, because something was learned since."),
    unit=_("answers"),
    kind=Kind.HAPPENED,
    records=_revised,
    fetched=_with_question,
    listed=_of_question,
    breakdowns=(_CONFIDENCE, *_ABOUT_QUESTION),
    anew=True,
    is_open=True,
)


def _shared(span: Span) -> Rows:
    return Experience.objects.public().filter(**span.within("decided_at"))


EXPERIENCES = Measure(
    code="experiences_shared",
    area=Area.LEARNING,
    name=_("Experiences shared"),
    definition=_(
        "Experiences that people told about a question and that the centre put on its page, by the day on which it did."
    ),
    unit=_("experiences"),
    kind=Kind.HAPPENED,
    records=_shared,
    fetched=_with_question,
    listed=_of_question,
    breakdowns=(
        by_language("language"),
        by_term("sector", _("Sector"), "organisation__sector"),
        *_ABOUT_QUESTION,
    ),
    is_open=True,
)


def _experts(span: Span) -> Rows:
    return Expert.objects.public().filter(accepted_at__lt=span.end)


EXPERTS = Measure(
    code="experts_named",
    area=Area.LEARNING,
    name=_("Experts named"),
    definition=_(
        "People who agreed to be named as knowing about a question, once for each question. Who took that back does "
        "not count."
    ),
    unit=_("people"),
    kind=Kind.STANDING,
    records=_experts,
    fetched=_with_question,
    listed=_of_question,
    breakdowns=_ABOUT_QUESTION,
    people=True,
    is_open=True,
)


def _decided(span: Span) -> Rows:
    decided = Question.objects.exclude(state=Question.State.PROPOSED).filter(**span.within("decided_at"))
    return decided.annotate(days=days_between("proposed_at", "decided_at"))


DAYS = Measure(
    code="learning_question_days",
    area=Area.SERVICE,
    name=_("Days to decide about a proposed question"),
    definition=_(
        "From the day on which somebody proposed a question for the learning agenda to the decision of the centre: "
        "half of them waited no longer than this. What was declined is kept for a year."
    ),
    unit=_("days"),
    kind=Kind.HAPPENED,
    records=_decided,
    middle="days",
    fetched=_with_words,
    listed=_question,
    breakdowns=(
        by_choice("state", _("State"), "state", Question.State),
        by_language("original_language"),
    ),
    better=-1,
)

MEASURES = (QUESTIONS, ANSWERED, ANSWERS, REVISED, EXPERIENCES, EXPERTS, DAYS)

"""The open data of the learning agenda: questions, and every version of their answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from hub.open_data.addresses import addresses
from hub.open_data.licence import LICENCE
from hub.open_data.schema import WORDS, codes, named
from hub.open_data.views import PREFER, OpenDataViewSet
from hub.open_data.words import CodesField, MomentField, Words, WordsField, by_language
from hub.vocabularies.models import Term
from learning.agenda.filters import Agenda
from learning.answers.models import AnswerText, AnswerVersion
from learning.questions.models import Question, QuestionText
from learning.voting.results import with_votes
from practices.practice.models.practice import Practice

PARAMETERS = [
    WORDS,
    OpenApiParameter("state", enum=list(Question.PUBLIC), many=True, description="Where the question stands."),
    codes("theme", "What it is about."),
    codes("target", "Whom it is about."),
    PREFER,
]


@dataclass(frozen=True)
class OpenAnswer:
    """One version of an answer."""

    version: AnswerVersion
    text: Words
    changed: Words
    because: Words


@dataclass(frozen=True)
class OpenQuestion:
    """One question of the agenda; persons are no part of it, but for the organisation that looks after it."""

    question: Question
    words: Words
    why: Words
    urls: Words
    votes: int
    owner: str
    theme: list[str]
    target: list[str]
    practices: list[str]
    language: list[str]
    answer: OpenAnswer | None
    answers: list[OpenAnswer]
    licence: str = LICENCE["uri"]


class AnswerSerializer(serializers.Serializer[OpenAnswer]):
    """What was known from a moment on."""

    number = serializers.IntegerField(source="version.number", help_text="The highest one counts.")
    text = WordsField()
    confidence = serializers.ChoiceField(AnswerVersion.Confidence.values, source="version.confidence")
    changed = WordsField(help_text="What changed; of every version but the first.")
    because = WordsField(help_text="On the strength of what.")
    organisation = serializers.CharField(
        source="version.organisation_name", help_text="For which organisation it was written; empty when for none."
    )
    at = MomentField(source="version.at")


class QuestionRowSerializer(serializers.Serializer[OpenQuestion]):
    """A question in a list, with the answer that counts."""

    slug = serializers.CharField(source="question.slug")
    urls = WordsField(help_text="Its page in each language of the portal.")
    question = WordsField(source="words")
    why = WordsField(help_text="Why it matters.")
    state = serializers.ChoiceField(Question.PUBLIC, source="question.state")
    state_note = WordsField(source="question.state_note", help_text="Why it was set aside.")
    votes = serializers.IntegerField(help_text="How many organisations chose it in the last round that is over.")
    owner = serializers.CharField(help_text="The organisation that looks after it, by its slug; empty for the centre.")
    theme = CodesField(help_text="What it is about.")
    target = CodesField(help_text="Whom it is about.")
    practices = serializers.ListField(child=serializers.CharField(), help_text="Practices that belong to it, by slug.")
    next_step = WordsField(source="question.next_step")
    next_step_on = serializers.DateField(source="question.next_step_on", allow_null=True)
    review_due = serializers.DateField(source="question.review_due", allow_null=True)
    language = CodesField(help_text="The languages there are words in.")
    answer = AnswerSerializer(allow_null=True)
    updated_at = MomentField(source="question.updated_at")
    licence = serializers.URLField()


class QuestionSerializer(QuestionRowSerializer):
    """A question with every version of its answer."""

    answers = AnswerSerializer(many=True, help_text="The last one first.")


def to_records(keys: Sequence[int], *, whole: bool) -> list[OpenQuestion]:
    """The public ones among these, in this order, with a fixed number of queries; earlier answers only when `whole`."""
    practices = Practice.objects.public().only("pk", "slug").order_by("pk")
    terms = Term.objects.only("vocabulary", "code").order_by("position", "pk")
    texts = AnswerText.objects.defer("search_vector").order_by("pk")
    versions = AnswerVersion.objects.all() if whole else AnswerVersion.objects.current()
    versions = versions.order_by("-number").prefetch_related(Prefetch("texts", texts))
    rows = with_votes(Question.objects.public().filter(pk__in=keys)).select_related("owner_organisation")
    found = rows.prefetch_related(
        Prefetch("texts", QuestionText.objects.defer("search_vector").order_by("pk")),
        Prefetch("terms", terms),
        Prefetch("practices", practices),
        Prefetch("answer_versions", versions),
    ).in_bulk()
    return [_to_record(found[key]) for key in keys if key in found]


def _to_record(row: Any) -> OpenQuestion:
    texts, terms = list(row.texts.all()), list(row.terms.all())
    answers = [_answer(version) for version in row.answer_versions.all()]
    owner = row.owner_organisation
    return OpenQuestion(
        question=row,
        words=by_language(texts, "words"),
        why=by_language(texts, "why"),
        urls=addresses("learning:question", row.slug),
        votes=row.votes,
        owner=owner.slug if owner and owner.status == "listed" else "",
        theme=[term.code for term in terms if term.vocabulary == "theme"],
        target=[term.code for term in terms if term.vocabulary == "target"],
        practices=[practice.slug for practice in row.practices.all()],
        language=sorted(text.language for text in texts),
        answer=answers[0] if answers else None,
        answers=answers,
    )


def _answer(version: AnswerVersion) -> OpenAnswer:
    texts = list(version.texts.all())
    return OpenAnswer(version, *(by_language(texts, field) for field in ("text", "changed", "because")))


@extend_schema_view(
    list=extend_schema(summary="Questions of the learning agenda that fit", parameters=PARAMETERS),
    retrieve=extend_schema(summary="One question with every version of its answer", parameters=[named("slug")]),
)
class QuestionViewSet(OpenDataViewSet):
    """What the network wants to know, and what it knows by now."""

    queryset = Question.objects.public()
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    row_serializer_class = QuestionRowSerializer
    serializer_class = QuestionSerializer
    parameters = PARAMETERS
    # A round of votes is over at a moment at which nobody changes anything.
    moves_by_itself = True

    def found(self) -> Any:
        asked = Agenda(self.request.query_params, get_language() or "")
        rows = asked.found()
        rows = rows if asked.words else rows.order_by("-decided_at", "-pk")
        return rows.values_list("pk", flat=True)

    def to_records(self, keys: Sequence[int], *, whole: bool) -> list[OpenQuestion]:
        return to_records(keys, whole=whole)

    def named(self) -> int:
        return get_object_or_404(Question.objects.public(), slug=self.kwargs["slug"]).pk

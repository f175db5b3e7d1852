"""What the site's search finds on the agenda: by the words of questions and of the answers that count, and by terms."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet, Value
from django.db.models.signals import post_save
from django.urls import reverse

from hub.query_parsing import site_words
from hub.query_parsing.lexicon import Lexicon
from hub.query_parsing.relevance import (
    BODY,
    FOREIGN,
    NEVER,
    NOTHING,
    SUMMARY,
    TERM,
    TITLE,
    Sql,
    any_of,
    array,
    condition,
    count,
    first_of,
    how_many,
    number,
    times,
    total,
)
from hub.query_parsing.text_queries import LANGUAGES, TextQueries, either, weighing
from hub.query_parsing.words import Word
from hub.search import full_text
from hub.site_search.registry import Asked, Hit
from hub.site_search.rows import named, row
from learning.agenda.filters import Card, cards
from learning.answers.models import AnswerText, AnswerVersion
from learning.questions.models import Question, QuestionText

_COLUMNS = {"key": "pk"}
_STANDS = " OR ".join(
    f"language = '{code}' AND search_vector @@ hub_query('{code}', typed)" for code in full_text.CONFIGURATIONS
)
_PUBLIC = f"SELECT id FROM learning_question WHERE state IN ({', '.join(map(repr, Question.PUBLIC))})"  # noqa: S608  # constants
_QUESTIONS = "SELECT question_id FROM learning_questiontext WHERE"
# Words of a version that another one took the place of are found no more.
_ANSWERS = """SELECT question_id FROM learning_answertext JOIN learning_answerversion AS version
ON version.id = version_id WHERE NOT EXISTS (
    SELECT FROM learning_answerversion AS later
    WHERE later.question_id = version.question_id AND later.number > version.number
) AND"""
_READABLE = f"{{key}} IN ({_QUESTIONS} language = %s)"


class Questions:
    """What stands on the agenda, in whatever language it is."""

    lexicon = Lexicon(
        stands=(f"EXISTS (SELECT FROM learning_questiontext WHERE ({_STANDS}) AND question_id IN ({_PUBLIC}))",)
    )

    def found(self, asked: Asked) -> QuerySet[Any, Any]:
        """What has each of the words in its question, in its answer or among its terms, or is that question."""
        queries = asked.queries
        told = how_many(_has(queries, word) for word in queries.significant)
        enough = Sql(f"({told.text}) >= %s", (*told.values, queries.words.least or len(queries.significant)))
        the_title = _by_words("hub_plain(words) = hub_plain(%s)", asked.title)
        in_title = _by_words("hub_side_by_side(hub_plain(words), hub_plain(%s))", asked.title)
        fits = any_of([enough if queries.significant else NEVER, the_title])
        return row(
            Question.objects.public().filter(condition(fits, **_COLUMNS)),
            kind=Value("question"),
            key="pk",
            named=count(named(the_title, in_title), **_COLUMNS),
            matched=count(told if queries.words.least else NOTHING, **_COLUMNS),
            fitting=count(told if len(queries.significant) > 1 else NOTHING, **_COLUMNS),
            level=number(total(_level(queries, word, asked.language) for word in queries.significant), **_COLUMNS),
            moment="updated_at",
        )

    def hits(self, keys: Iterable[int], language: str) -> Mapping[int, Hit]:
        """The question, what is known by now, and where it stands."""
        found = list(Question.objects.public().with_words().filter(pk__in=list(keys)))
        shown = cards(found, language)
        return {question.pk: _hit(card) for question, card in zip(found, shown, strict=True)}


def own_list(words: str) -> str:
    """The agenda with the same words."""
    return f"{reverse('learning:questions')}?{urlencode({'q': words})}"


def visible_texts() -> list[str]:
    """Questions, why they matter and the answers that count, for the words that searches know."""
    found = QuestionText.objects.filter(question__in=Question.objects.public())
    answers = AnswerText.objects.filter(version__in=AnswerVersion.objects.public().current())
    told = [text for pair in found.values_list("words", "why") for text in pair]
    return [*told, *answers.values_list("text", flat=True)]


def follow_words() -> None:
    """Called once when Django starts: what a question says is learnt when it, or its answer, is saved."""
    post_save.connect(_learn_question, sender=Question, dispatch_uid="learning.site_words")
    post_save.connect(_learn_text, sender=QuestionText, dispatch_uid="learning.site_words")
    post_save.connect(_learn_text, sender=AnswerText, dispatch_uid="learning.site_words")


def _learn_question(instance: Question, raw: bool = False, **_signal: Any) -> None:
    if not raw and instance.is_public:
        told = QuestionText.objects.filter(question=instance).values_list("words", "why")
        site_words.learn([text for pair in told for text in pair])


def _learn_text(instance: QuestionText | AnswerText, raw: bool = False, **_signal: Any) -> None:
    if raw:
        return
    if isinstance(instance, AnswerText):
        site_words.learn([instance.text])
    elif instance.question.is_public:
        site_words.learn([instance.words, instance.why])


def _by_words(condition: str, title: str) -> Sql:
    return Sql(f"{{key}} IN ({_QUESTIONS} {condition})", (title,))


def _has(queries: TextQueries, word: Word) -> Sql:
    loosely = {code: queries.loosely(word, code) for code in LANGUAGES}
    return any_of([_of(_QUESTIONS, loosely), _of(_ANSWERS, loosely), _among_terms(queries, word)])


def _level(queries: TextQueries, word: Word, language: str) -> Sql:
    heads = {code: either([queries.loosely(word, code), queries.kin(word, code)]) for code in LANGUAGES}
    in_title = _of(_QUESTIONS, {code: weighing(head, "A") for code, head in heads.items()})
    told = first_of((in_title, TITLE), (_of(_QUESTIONS, heads), SUMMARY), (_of(_ANSWERS, heads), BODY))
    own = first_of((Sql(_READABLE, (language,)), 1.0), otherwise=FOREIGN)
    return total([times(told, own), first_of((_among_terms(queries, word), TERM))])


def _of(table: str, queries: Mapping[str, str]) -> Sql:
    """Whether a question has a text there that has what its language is asked for."""
    others = f"language NOT IN ({', '.join(repr(code) for code in full_text.CONFIGURATIONS)})"
    asked = [(f"language = '{code}'" if code else others, query) for code, query in queries.items() if query]
    if not asked:
        return NEVER
    fits = " OR ".join(f"{language} AND search_vector @@ %s::tsquery" for language, _query in asked)
    return Sql(f"{{key}} IN ({table} ({fits}))", tuple(query for _language, query in asked))


def _among_terms(queries: TextQueries, word: Word) -> Sql:
    keys = queries.keys(word)
    if not keys:
        return NEVER
    through = Question.terms.through._meta.db_table
    return Sql(f"{{key}} IN (SELECT question_id FROM {through} WHERE term_id = ANY(%s::int[]))", (array(keys),))  # noqa: S608  # constants


def _hit(card: Card) -> Hit:
    answer = card.answer
    return Hit(
        title=card.words,
        url=card.url,
        text=answer.short if answer else "",
        details=(card.state_label, answer.confidence if answer else ""),
        title_language=card.language,
        text_language=answer.language if answer else "",
    )

import json
import re
from typing import Any

import pytest
from django.test import Client
from i18nfield.strings import LazyI18nString

from calls.pages.models import CallPage
from calls.questions import answering, topics
from calls.questions.models import Question
from tests.calls.questions.asked import ASKED, ASKER, answered, asked_of
from tests.factories.hub import add_document

pytestmark = pytest.mark.django_db


def test_the_page_shows_answers_without_who_asked(visitor: Client, page: CallPage) -> None:
    question = answered(page, answer="Yes:\n\n- a <b>café</b>\n- a bakery")
    Question.objects.filter(pk=question.pk).update(name="Asker Name", email=ASKER)
    text = visitor.get(page.url).content.decode()
    assert f'id="question-{question.pk}"' in text
    assert "&lt;b&gt;café&lt;/b&gt;" in text
    assert "Asker Name" not in text
    assert ASKER not in text
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert [each["mainEntity"][0]["name"] for each in map(json.loads, data) if each["@type"] == "FAQPage"] == [ASKED]


def test_a_question_shown_without_an_answer_can_be_followed(visitor: Client, page: CallPage) -> None:
    question = asked_of(page)
    answering.show(question)
    text = visitor.get(page.url).content.decode()
    assert ASKED in text
    assert f"?topic={question.topic}" in text
    assert ASKED in visitor.get(f"/en/follow/?topic={question.topic}").content.decode()


def test_a_question_that_waits_is_not_named_to_others(page: CallPage) -> None:
    question = asked_of(page)
    topic = topics.question(str(question.pk), "en")
    assert topic is not None
    assert ASKED not in topic.title
    assert topics.question("999999", "en") is None
    assert topics.question("x", "en") is None


@pytest.mark.parametrize("looked_for", ["cafe LIEGE", "CAFÉ", "may   yes"])
def test_searching_ignores_case_and_accents(visitor: Client, page: CallPage, looked_for: str) -> None:
    answered(page)
    answered(page, "What does it cost?", "Nothing.")
    text = visitor.get(page.url, {"q": looked_for}).content.decode()
    assert ASKED in text
    assert "What does it cost?" not in text


@pytest.mark.parametrize(
    "query", ["?q=%00", "?q=" + "x" * 300, "?question=x", "?question=99999999999999", "?page=-3", "?page=x&q=nothing"]
)
def test_odd_addresses_change_nothing(visitor: Client, page: CallPage, query: str) -> None:
    answered(page)
    assert visitor.get(f"{page.url}{query}").status_code == 200


def test_words_in_another_language_say_so(visitor: Client, page: CallPage) -> None:
    question = asked_of(page)
    question.wording = LazyI18nString({"nl": "Mag een café meedoen?"})
    question.answer = LazyI18nString({"nl": "Ja."})
    answering.answer(question)
    text = visitor.get(page.url).content.decode()
    assert '<span lang="nl">Mag een café meedoen?</span>' in text
    assert "Language of the text: Dutch" in text


def test_a_link_to_an_answer_opens_its_page_of_the_list(visitor: Client, page: CallPage) -> None:
    first = answered(page, "The oldest one?")
    for number in range(20):
        answered(page, f"Number {number}?")
    assert "The oldest one?" not in visitor.get(page.url).content.decode()
    text = visitor.get(f"{page.url}?question={first.pk}").content.decode()
    assert f'id="question-{first.pk}" open' in text


@pytest.mark.parametrize("number", [1, 3, 40])
def test_the_page_costs_the_same_however_many_questions(
    visitor: Client, page: CallPage, number: int, django_assert_max_num_queries: Any
) -> None:
    for each in range(number):
        answered(page, f"Number {each}?")
        add_document(page.call, f"Document {each}")
    visitor.get(page.url)
    with django_assert_max_num_queries(31):
        visitor.get(page.url)

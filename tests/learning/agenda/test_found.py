"""Questions are found by the search of the whole site and told as open data, as long as visitors see them."""

import pytest
from django.test import Client

from accounts.users.models import User
from hub.search.models import SiteWord
from hub.site_search.finding import find
from learning.agenda.api import to_records
from learning.agenda.site_search import visible_texts
from learning.questions import proposing
from learning.questions.models import Question
from tests.factories import learning as make
from tests.factories.partners import term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def titles(words: str) -> list[str]:
    return [hit.title for hit in find(words, "en").hits]


def test_by_the_words_of_the_question_of_the_answer_and_by_terms() -> None:
    asked = make.question("Who keeps the pottery alive?")
    asked.terms.add(term("theme", "19"))
    assert titles("pottery") == ["Who keeps the pottery alive?"]
    make.answer(asked, make.draft("The velodrome does."))
    assert titles("velodrome") == titles("housing") == ["Who keeps the pottery alive?"]
    assert {"velodrome", "pottery"} <= {word for text in visible_texts() for word in text.lower().strip("?.").split()}
    make.answer_next(asked, "The harbour does.")
    assert SiteWord.objects.filter(word="harbour").exists(), "searches know the words of answers"
    assert titles("velodrome") == []
    assert titles("harbour") == ["Who keeps the pottery alive?"]


def test_what_waits_is_not_found_and_what_is_accepted_is(partner_user: User, editor_user: User) -> None:
    waiting = make.proposed(partner_user, words="Who keeps the pottery alive?")
    assert titles("pottery") == []
    proposing.accept(waiting, by=editor_user)
    assert titles("pottery") == ["Who keeps the pottery alive?"]


def test_open_data_tell_every_version(client: Client, partner_user: User) -> None:
    asked = make.question()
    make.answer(asked, make.draft(), make.next_draft())
    make.proposed(partner_user, words="Unread?")
    rows = client.get("/api/v1/questions/?state=answered").json()["results"]
    assert [row["slug"] for row in rows] == [asked.slug]
    assert rows[0]["answer"]["changed"] == {"en": "Contracts matter."}
    whole = client.get(f"/api/v1/questions/{asked.slug}/").json()
    assert [each["number"] for each in whole["answers"]] == [2, 1]
    assert client.get("/api/v1/questions/unread/").status_code == 404
    assert Question.objects.count() == 2


def test_a_list_reads_only_the_answers_that_count() -> None:
    asked = make.question()
    make.answer(asked, make.draft(), make.next_draft(), make.next_draft("A third.", because="Five cities told so."))
    (listed,), (whole,) = to_records([asked.pk], whole=False), to_records([asked.pk], whole=True)
    assert [each.version.number for each in listed.answers] == [3]
    assert [each.version.number for each in whole.answers] == [3, 2, 1]
    assert listed.answer
    assert listed.answer == whole.answer

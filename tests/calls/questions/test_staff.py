import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from calls.pages.models import CallPage
from calls.questions import answering
from calls.questions.models import Question
from notifications.delivery.rendering import render
from notifications.following import overview
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from tests.calls.questions.asked import ASKED, ASKER, answered, asked_of, follow, mail_of
from tests.factories.hub import CallFactory, add_call_page, words

pytestmark = pytest.mark.django_db


def _form(page: CallPage, **fields: Any) -> dict[str, Any]:
    texts = {f"{name}_{box}": "" for name in ("wording", "answer") for box in range(4)} | {"wording_3": ASKED}
    return {"call": page.call_id, "status": "waiting", "refusal": ""} | texts | fields


def test_staff_answer_in_the_admin(editor: Client, page: CallPage) -> None:
    question = asked_of(page, email=ASKER, name="Asker Name")
    follow(question)
    address = f"/admin/snippets/calls/question/edit/{question.pk}/"
    screen = editor.get(address).content.decode()
    assert "Asker Name" in screen
    empty = editor.post(address, _form(page, status="answered"))
    assert list(empty.context["form"].errors) == ["answer"]
    unexplained = editor.post(address, _form(page, status="refused"))
    assert list(unexplained.context["form"].errors) == ["refusal"]
    assert not Message.objects.exists()
    answered = _form(page, status="answered", answer_3="Yes", wording_0="Mag het?")
    preview = editor.post(address, answered)
    assert preview.context["receivers"] == 1
    assert "Yes" in preview.context["previews"][0].mail.text
    assert not Message.objects.exists()
    typed = dict(preview.context["typed"])
    back = editor.post(address, typed | {"back": "1"})
    assert back.context["form"]["answer"].value()[3] == "Yes"
    assert Question.objects.get().status == "waiting"
    answer = editor.post(address, typed | {"confirm": "tell"})
    assert answer.status_code == 302, answer.context["form"].errors
    question.refresh_from_db()
    assert (question.status, question.wording.data["nl"], question.asked) == ("answered", "Mag het?", ASKED)
    assert question.email == ASKER
    assert Message.objects.get().kind == "calls/question_answered"


def test_staff_add_a_question_that_came_in_another_way(editor: Client, page: CallPage) -> None:
    answer = editor.post(
        "/admin/snippets/calls/question/add/", _form(page, status="answered", answer_3="Yes", confirm="tell")
    )
    assert answer.status_code == 302, answer.context["form"].errors
    question = Question.objects.get()
    assert (question.language, question.status) == ("en", "answered")


@pytest.mark.parametrize(("choice", "mails"), [("tell", 1), ("quiet", 0)])
def test_a_correction_is_shown_with_its_day_and_told_where_staff_want_it(
    editor: Client, visitor: Client, page: CallPage, choice: str, mails: int
) -> None:
    question = asked_of(page)
    follow(question)
    question.answer = LazyI18nString({"en": "Yes, it may."})
    answering.answer(question)
    Message.objects.update(status=Message.Status.SENT, sent_at=timezone.now())
    address = f"/admin/snippets/calls/question/edit/{question.pk}/"
    asked = editor.post(address, _form(page, status="answered", answer_3="No, it may not."))
    assert (asked.context["is_correction"], asked.context["receivers"]) == (True, 1)
    assert "No, it may not." in asked.context["previews"][0].mail.text
    question.refresh_from_db()
    assert question.corrected_at is None
    assert editor.post(address, dict(asked.context["typed"]) | {"confirm": choice}).status_code == 302
    question.refresh_from_db()
    assert question.corrected_at is not None
    assert question.corrected_at > question.decided_at
    assert Message.objects.filter(kind="calls/question_corrected").count() == mails
    assert "Corrected on" in visitor.get(page.url).content.decode()
    if mails:
        body = mail_of("question_corrected").body
        assert "No, it may not." in body
        assert "was corrected" in body


def test_a_language_that_is_added_corrects_nothing(editor: Client, visitor: Client, page: CallPage) -> None:
    question = answered(page)
    address = f"/admin/snippets/calls/question/edit/{question.pk}/"
    form = _form(page, status="answered", answer_3="Yes, it may.", answer_1="Oui.")
    assert editor.post(address, form).status_code == 302
    assert Question.objects.get().corrected_at is None
    assert "Corrected on" not in visitor.get(page.url).content.decode()


@pytest.mark.parametrize(("language", "said"), [("en", False), ("nl", True)])
def test_the_mail_names_the_language_of_an_answer_that_is_not_the_readers(
    page: CallPage, language: str, said: bool
) -> None:
    question = answered(page)
    for kind in ("question_answered", "question_corrected"):
        message = Message(kind=f"calls/{kind}", language=language, context={"question": question.pk, "by_call": False})
        message.subscription = Subscription(topic=question.topic, language=language)
        mail = render(message, now=timezone.now())
        for text in (mail.text, mail.html):
            assert ("Engels" in text) == said, (kind, text)
            assert "Yes, it may." in text


def test_the_list_puts_what_waits_first_and_the_menu_counts_it(editor: Client, page: CallPage) -> None:
    answered(page, "Done already?")
    asked_of(page, "Still open?")
    text = editor.get("/admin/snippets/calls/question/").content.decode()
    assert text.index("Still open?") < text.index("Done already?")
    assert re.search(r"(Questions|Vragen) \(1\)", text)
    assert editor.get(f"/admin/snippets/calls/question/?status=waiting&call={page.call_id}&q=open").status_code == 200


def test_others_do_not_see_them(visitor: Client, partner: Client, page: CallPage) -> None:
    for client in (visitor, partner):
        assert client.get("/admin/snippets/calls/question/").status_code in {302, 403}


def test_a_list_of_what_one_follows_costs_the_same_however_long(page: CallPage) -> None:
    for number in range(12):
        call = CallFactory.create()
        add_call_page(page.get_parent().specific, call, slug=f"more-{number}")
        follow(Question.objects.create(call=call, status="shown", wording=words("Why?")), "one@example.org")
        if number < 2:
            follow(Question.objects.create(call=call, status="shown", wording=words("Why?")), "two@example.org")
    numbers = []
    for email in ("one@example.org", "two@example.org", "one@example.org"):
        with CaptureQueriesContext(connection) as queries:
            overview.all_followed(email, "en")
        numbers.append(len(queries))
    assert numbers[1] == numbers[2] <= 10
    assert len(overview.all_followed("one@example.org", "en")) == 12

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.users.models import User
from calls.pages.models import CallPage
from calls.questions import answering
from calls.questions.models import Question
from hub.site.models import SiteSettings
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from tests.calls.questions.asked import ASKED, ASKER, ask, mail_of
from tests.factories.hub import CallFactory, add_call_page, add_calls

pytestmark = pytest.mark.django_db


def test_anybody_asks_and_staff_hear_at_once(visitor: Client, page: CallPage) -> None:
    answer = ask(visitor, page, name="Visitor")
    assert answer["Location"] == f"/en/questions/asked/{page.call_id}/"
    assert "We have your question" in visitor.get(answer["Location"]).content.decode()
    question = Question.objects.get()
    assert (question.status, question.language, question.email) == ("waiting", "en", "")
    mail = mail_of("question_asked")
    assert mail.to == ["calls@example.org"]
    assert ASKED in mail.body
    assert f"/admin/snippets/calls/question/edit/{question.pk}/" in mail.body
    assert ASKED not in visitor.get(page.url).content.decode()


def test_who_wants_to_hear_confirms_from_the_mailbox(visitor: Client, page: CallPage) -> None:
    answer = ask(visitor, page, tell="on", email=ASKER)
    assert "we sent you a mail" in visitor.get(answer["Location"]).content.decode()
    subscription = Subscription.objects.get()
    question = Question.objects.get(email=ASKER)
    assert (subscription.topic, subscription.status) == (question.topic, "pending")
    assert "Tell me by mail" in subscription.consent_wording
    confirmation = Message.objects.get(kind="notifications/confirm")
    assert confirmation.to_email == ASKER
    assert ASKED not in json.dumps(confirmation.context)
    assert visitor.post(confirmation.context["confirm_url"]).status_code == 200
    subscription.refresh_from_db()
    assert subscription.status == "active"


def test_an_address_without_the_wish_to_hear_is_not_kept(visitor: Client, page: CallPage) -> None:
    ask(visitor, page, email=ASKER)
    assert Question.objects.get().email == ""
    assert not Subscription.objects.exists()


def test_asking_twice_is_one_question_and_one_mail_of_each_kind(visitor: Client, page: CallPage) -> None:
    assert [ask(visitor, page, tell="on", email=ASKER).status_code for _time in range(3)] == [302] * 3
    assert Question.objects.count() == 1
    kinds = sorted(Message.objects.values_list("kind", flat=True))
    assert kinds == ["calls/question_asked", "notifications/confirm"]


@pytest.mark.parametrize(
    "answers",
    [
        {"question": ""},
        {"question": "x" * 2001},
        {"question": "a\x00b"},
        {"tell": "on"},
        {"tell": "on", "email": "no address"},
        {"website": "robot"},
        {"rendered": "forged"},
    ],
)
def test_bad_input_keeps_what_was_written(visitor: Client, page: CallPage, answers: dict[str, str]) -> None:
    answer = ask(visitor, page, **{"name": "Somebody kept"} | answers)
    assert answer.status_code == 200
    assert "Somebody kept" in answer.content.decode()
    assert not Question.objects.exists()


@pytest.mark.parametrize("call_id", ["0", "999999999999999999999999"])
def test_a_call_that_nobody_sees_takes_no_questions(visitor: Client, call_id: str) -> None:
    assert visitor.get(f"/en/questions/ask/{call_id}/").status_code == 404
    assert visitor.get(f"/en/questions/asked/{call_id}/").status_code == 404
    hidden = CallFactory.create()
    assert visitor.post(f"/en/questions/ask/{hidden.pk}/", {"question": ASKED}).status_code == 404


def test_a_closed_call_says_so_and_gives_the_words_back(visitor: Client, page: CallPage) -> None:
    address = f"/en/questions/ask/{page.call_id}/"
    stamp = visitor.get(address).context["form"]["rendered"].value()
    page.call.deadlines.update(due_at=timezone.now() - timedelta(minutes=1))
    answer = visitor.post(address, {"question": "Long words. " * 200 + ASKED, "rendered": stamp})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "This call takes no more questions" in text
    assert ASKED in text
    assert not Question.objects.exists()
    assert "takes no more questions" in visitor.get(address).content.decode()
    assert address not in visitor.get(page.url).content.decode()
    with pytest.raises(answering.CallClosedError):
        answering.ask(call=page.call, words=ASKED, language="en")


def test_without_a_contact_the_centre_hears(visitor: Client) -> None:
    SiteSettings.objects.update(contact_email="centre@example.org")
    call = CallFactory.create(due=[timezone.now() + timedelta(days=3)])
    add_call_page(add_calls(), call)
    answering.ask(call=call, words=ASKED, language="en")
    assert Message.objects.get().to_email == "centre@example.org"


def test_a_signed_in_asker_with_a_proved_address_follows_at_once(
    partner: Client, partner_user: User, page: CallPage
) -> None:
    partner_user.emailaddress_set.update_or_create(  # type: ignore[attr-defined]
        email=partner_user.email, defaults={"verified": True, "primary": True}
    )
    ask(partner, page, tell="on", email=partner_user.email)
    assert Subscription.objects.get().status == "active"

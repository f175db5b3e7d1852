import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from i18nfield.strings import LazyI18nString
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from accounts.users.models import User
from calls.chain.models import Call
from calls.documents.models import CallDocument
from calls.pages.models import CallPage
from calls.questions import answering, call_topics
from calls.questions.models import Question
from hub.site.models import SiteSettings
from notifications.delivery.composing import compose
from notifications.delivery.rendering import render
from notifications.following import managing, overview, subscribing
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from tests.factories.hub import CallFactory, ContactFactory, add_call_page, add_calls, words

pytestmark = pytest.mark.django_db

ASKED = "May a café from Liège take part?"
ASKER = "asker@example.org"


@pytest.fixture(autouse=True)
def _patient_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.public_forms.spam.MINIMUM_SECONDS", 0)


@pytest.fixture
def page() -> CallPage:
    call = CallFactory.create(contact=ContactFactory.create(), due=[timezone.now() + timedelta(days=30)])
    return add_call_page(add_calls(), call)


def _question(page: CallPage, text: str = ASKED, **fields: Any) -> Question:
    return Question.objects.create(
        call=page.call, language="en", asked=text, wording=LazyI18nString({"en": text}), **fields
    )


def _answered(page: CallPage, text: str = ASKED, answer: str = "Yes, it may.") -> Question:
    question = _question(page, text)
    question.answer = LazyI18nString({"en": answer})
    answering.answer(question)
    return question


def _ask(visitor: Client, page: CallPage, **answers: Any) -> Any:
    address = f"/en/questions/ask/{page.call_id}/"
    stamp = visitor.get(address).context["form"]["rendered"].value()
    return visitor.post(address, {"question": ASKED, "rendered": stamp} | answers)


def _follow(question: Question, email: str = ASKER, language: str = "en", **fields: Any) -> Subscription:
    confirmed = {"status": "active", "confirmed_at": timezone.now(), "consent_wording": "Yes"}
    facts = {"topic": question.topic, "language": language} | confirmed | fields
    return Subscription.objects.create(email=email, **facts)


def _mail(kind: str) -> Any:
    message = Message.objects.get(kind=f"calls/{kind}")
    return compose(message, render(message, now=timezone.now()))


# --- Asking ---------------------------------------------------------------------------------------


def test_anybody_asks_and_staff_hear_at_once(visitor: Client, page: CallPage) -> None:
    answer = _ask(visitor, page, name="Visitor")
    assert answer["Location"] == f"/en/questions/asked/{page.call_id}/"
    assert "We have your question" in visitor.get(answer["Location"]).content.decode()
    question = Question.objects.get()
    assert (question.status, question.language, question.email) == ("waiting", "en", "")
    mail = _mail("question_asked")
    assert mail.to == ["calls@example.org"]
    assert ASKED in mail.body
    assert f"/admin/snippets/calls/question/edit/{question.pk}/" in mail.body
    assert ASKED not in visitor.get(page.url).content.decode()


def test_who_wants_to_hear_confirms_from_the_mailbox(visitor: Client, page: CallPage) -> None:
    answer = _ask(visitor, page, tell="on", email=ASKER)
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
    _ask(visitor, page, email=ASKER)
    assert Question.objects.get().email == ""
    assert not Subscription.objects.exists()


def test_asking_twice_is_one_question_and_one_mail_of_each_kind(visitor: Client, page: CallPage) -> None:
    assert [_ask(visitor, page, tell="on", email=ASKER).status_code for _time in range(3)] == [302] * 3
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
    answer = _ask(visitor, page, **{"name": "Somebody kept"} | answers)
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
    _ask(partner, page, tell="on", email=partner_user.email)
    assert Subscription.objects.get().status == "active"


# --- Answering ------------------------------------------------------------------------------------


def test_an_answer_goes_to_everyone_who_waits_once(page: CallPage) -> None:
    question = _question(page, email=ASKER)
    _follow(question)
    _follow(question, "other@example.org", "fr")
    _follow(question, "pending@example.org", status="pending", confirmed_at=None)
    question.answer = LazyI18nString({"en": "Yes, it may.", "fr": "Oui."})
    for _time in range(2):
        answering.answer(question)
    mails = Message.objects.filter(kind="calls/question_answered").order_by("to_email")
    assert [mail.to_email for mail in mails] == [ASKER, "other@example.org"]
    assert len({mail.dedupe_key for mail in mails}) == 2
    english, french = (compose(mail, render(mail, now=timezone.now())) for mail in mails)
    assert "Yes, it may." in english.body
    assert "Oui." in french.body
    assert "List-Unsubscribe" in english.extra_headers
    assert f"{page.url}?question={question.pk}#question-{question.pk}" in english.body


def test_who_follows_the_call_hears_once_and_why(page: CallPage) -> None:
    question = _question(page)
    _follow(question, "both@example.org")
    topic = f"call:{page.call_id}"
    for email in ("both@example.org", "call@example.org"):
        _follow(question, email, topic=topic)
    question.answer = LazyI18nString({"en": "Yes, it may."})
    answering.answer(question)
    # Who follows the call from now on finds the answer on its page.
    _follow(question, "late@example.org", topic=topic)
    answering.answer(question)
    answering.tell_latecomers(now=timezone.now())
    mails = Message.objects.filter(kind="calls/question_answered").order_by("to_email")
    assert [mail.to_email for mail in mails] == ["both@example.org", "call@example.org"]
    of_question, of_call = (compose(mail, render(mail, now=timezone.now())).body for mail in mails)
    assert "wanted to hear the answer to this question" in of_question
    assert "wanted to hear" not in of_call
    assert f"follows “{page.title}”" in of_call


def test_a_refusal_is_no_news_for_those_who_follow_the_call(page: CallPage) -> None:
    question = _question(page)
    _follow(question, topic=f"call:{page.call_id}")
    question.refusal = "It concerns another call."
    answering.refuse(question)
    assert not Message.objects.filter(kind="calls/question_refused").exists()


def test_the_mail_says_what_the_answer_is_when_it_leaves(page: CallPage) -> None:
    question = _question(page)
    _follow(question)
    question.answer = LazyI18nString({"en": "Yse"})
    answering.answer(question)
    question.answer = LazyI18nString({"en": "Yes"})
    answering.answer(question)
    assert "Yes" in _mail("question_answered").body


def test_an_answer_taken_back_is_not_sent_and_may_be_given_again(page: CallPage) -> None:
    question = _question(page)
    _follow(question)
    question.answer = LazyI18nString({"en": "Yes"})
    answering.answer(question)
    answering.put_back(question)
    assert list(Message.objects.values_list("status", flat=True)) == ["withdrawn"]
    answering.answer(question)
    assert Message.objects.waiting().count() == 1


def test_who_confirms_after_the_answer_hears_it_once(page: CallPage) -> None:
    question = _question(page)
    subscription = _follow(question, status="pending", confirmed_at=None)
    question.answer = LazyI18nString({"en": "Yes"})
    answering.answer(question)
    assert answering.tell_latecomers(now=timezone.now()) == 0
    Subscription.objects.filter(pk=subscription.pk).update(status="active", confirmed_at=timezone.now())
    assert [answering.tell_latecomers(now=timezone.now()) for _time in range(2)] == [1, 0]


def test_a_refusal_goes_to_the_asker_alone(visitor: Client, page: CallPage) -> None:
    question = _question(page, email=ASKER)
    _follow(question, ASKER.upper())
    _follow(question, "other@example.org")
    question.refusal = "It concerns another call."
    answering.refuse(question)
    mail = _mail("question_refused")
    assert mail.to == [ASKER.upper()]
    assert "It concerns another call." in mail.body
    assert ASKED not in visitor.get(page.url).content.decode()


def test_a_refusal_is_not_told_to_an_address_that_nobody_confirmed(page: CallPage) -> None:
    question = _question(page, email=ASKER)
    _follow(question, status="pending", confirmed_at=None)
    question.refusal = "No."
    answering.refuse(question)
    assert not Message.objects.filter(kind="calls/question_refused").exists()


def test_who_stopped_hears_nothing(page: CallPage) -> None:
    question = _question(page)
    subscribing.stop(_follow(question))
    question.answer = LazyI18nString({"en": "Yes"})
    answering.answer(question)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"status": "answered"}, {"status": "refused"}, {"status": "waiting", "decided_at": timezone.now()}]
)
def test_the_database_knows_what_a_decision_needs(page: CallPage, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _question(page, **fields)
    if fields["status"] != "waiting":
        with pytest.raises(IntegrityError), transaction.atomic():
            _question(page, decided_at=timezone.now(), **fields)


def test_addresses_go_thirty_days_after_the_decision(page: CallPage) -> None:
    question = _question(page, email=ASKER, name="Somebody", fingerprint="a")
    waiting = _question(page, email="waiting@example.org")
    question.refusal = "No."
    answering.refuse(question)
    assert answering.forget_askers(now=timezone.now() + timedelta(days=29)) == 0
    assert answering.forget_askers(now=timezone.now() + timedelta(days=31)) == 1
    question.refresh_from_db()
    assert (question.name, question.email, question.fingerprint) == ("", "", None)
    managing.erase("Waiting@example.org ")
    waiting.refresh_from_db()
    assert waiting.email == ""


# --- The page -------------------------------------------------------------------------------------


def test_the_page_shows_answers_without_who_asked(visitor: Client, page: CallPage) -> None:
    question = _answered(page, answer="Yes:\n\n- a <b>café</b>\n- a bakery")
    Question.objects.filter(pk=question.pk).update(name="Asker Name", email=ASKER)
    text = visitor.get(page.url).content.decode()
    assert f'id="question-{question.pk}"' in text
    assert "&lt;b&gt;café&lt;/b&gt;" in text
    assert "Asker Name" not in text
    assert ASKER not in text
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert [each["mainEntity"][0]["name"] for each in map(json.loads, data) if each["@type"] == "FAQPage"] == [ASKED]


def test_a_question_shown_without_an_answer_can_be_followed(visitor: Client, page: CallPage) -> None:
    question = _question(page)
    answering.show(question)
    text = visitor.get(page.url).content.decode()
    assert ASKED in text
    assert f"?topic={question.topic}" in text
    assert ASKED in visitor.get(f"/en/follow/?topic={question.topic}").content.decode()


def test_a_question_that_waits_is_not_named_to_others(page: CallPage) -> None:
    question = _question(page)
    topic = call_topics.question(str(question.pk), "en")
    assert topic is not None
    assert ASKED not in topic.title
    assert call_topics.question("999999", "en") is None
    assert call_topics.question("x", "en") is None


@pytest.mark.parametrize("looked_for", ["cafe LIEGE", "CAFÉ", "may   yes"])
def test_searching_ignores_case_and_accents(visitor: Client, page: CallPage, looked_for: str) -> None:
    _answered(page)
    _answered(page, "What does it cost?", "Nothing.")
    text = visitor.get(page.url, {"q": looked_for}).content.decode()
    assert ASKED in text
    assert "What does it cost?" not in text


@pytest.mark.parametrize(
    "query", ["?q=%00", "?q=" + "x" * 300, "?question=x", "?question=99999999999999", "?page=-3", "?page=x&q=nothing"]
)
def test_odd_addresses_change_nothing(visitor: Client, page: CallPage, query: str) -> None:
    _answered(page)
    assert visitor.get(f"{page.url}{query}").status_code == 200


def test_words_in_another_language_say_so(visitor: Client, page: CallPage) -> None:
    question = _question(page)
    question.wording = LazyI18nString({"nl": "Mag een café meedoen?"})
    question.answer = LazyI18nString({"nl": "Ja."})
    answering.answer(question)
    text = visitor.get(page.url).content.decode()
    assert '<span lang="nl">Mag een café meedoen?</span>' in text
    assert "Language of the text: Dutch" in text


def test_a_link_to_an_answer_opens_its_page_of_the_list(visitor: Client, page: CallPage) -> None:
    first = _answered(page, "The oldest one?")
    for number in range(20):
        _answered(page, f"Number {number}?")
    assert "The oldest one?" not in visitor.get(page.url).content.decode()
    text = visitor.get(f"{page.url}?question={first.pk}").content.decode()
    assert f'id="question-{first.pk}" open' in text


@pytest.mark.parametrize("number", [1, 3, 40])
def test_the_page_costs_the_same_however_many_questions(
    visitor: Client, page: CallPage, number: int, django_assert_max_num_queries: Any
) -> None:
    for each in range(number):
        _answered(page, f"Number {each}?")
        _document(page.call, f"Document {each}")
    visitor.get(page.url)
    with django_assert_max_num_queries(24):
        visitor.get(page.url)


# --- Documents ------------------------------------------------------------------------------------


def _document(call: Call, name: str, **fields: Any) -> CallDocument:
    file = Document.objects.create(title=name, file=ContentFile(b"x" * 2_345_678, name="call text.pdf"))
    return CallDocument.objects.create(call=call, document=file, **fields)


def test_documents_come_with_type_size_and_version(visitor: Client, page: CallPage) -> None:
    _document(page.call, "Official text", version="2")
    _document(page.call, "Unused", title=words("Guide"))
    text = visitor.get(page.url).content.decode()
    assert "Official text (PDF, 2.2\xa0MB)</a>" in text
    assert "Version 2" in text
    assert "Guide (en) (PDF" in text


def test_documents_stay_hidden_before_their_day_and_in_private_collections(visitor: Client, page: CallPage) -> None:
    _document(page.call, "Tomorrow", published_on=timezone.localdate() + timedelta(days=2))
    private = Collection.get_first_root_node().add_child(name="Staff")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    inside = private.add_child(name="Inside")
    secret = _document(page.call, "Secret")
    Document.objects.filter(pk=secret.document_id).update(collection=inside)
    text = visitor.get(page.url).content.decode()
    assert "Tomorrow" not in text
    assert "Secret" not in text


def test_staff_add_a_document_with_the_facts(editor: Client, page: CallPage) -> None:
    file = Document.objects.create(title="Guide", file=ContentFile(b"x", name="guide.pdf"))
    address = f"/admin/snippets/calls/call/edit/{page.call_id}/"
    assert 'name="documents-TOTAL_FORMS"' in editor.get(address).content.decode()
    row = {"document": str(file.pk), "version": "3", "published_on": "2026-01-02"} | {
        f"title_{box}": "" for box in range(4)
    }
    none = {"deadlines": inline_formset([]), "documents": inline_formset([row])}
    facts = {"title_3": "Centres", "programme": "ESF+"} | {f"title_{box}": "" for box in range(3)}
    answer = editor.post(address, nested_form_data(facts | none))
    assert answer.status_code == 302, answer.context["form"].errors
    assert page.call.documents.get().version == "3"


# --- Staff ----------------------------------------------------------------------------------------


def _form(page: CallPage, **fields: Any) -> dict[str, Any]:
    texts = {f"{name}_{box}": "" for name in ("wording", "answer") for box in range(4)} | {"wording_3": ASKED}
    return {"call": page.call_id, "status": "waiting", "refusal": ""} | texts | fields


def test_staff_answer_in_the_admin(editor: Client, page: CallPage) -> None:
    question = _question(page, email=ASKER, name="Asker Name")
    _follow(question)
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
    question = _question(page)
    _follow(question)
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
        body = _mail("question_corrected").body
        assert "No, it may not." in body
        assert "was corrected" in body


def test_a_language_that_is_added_corrects_nothing(editor: Client, visitor: Client, page: CallPage) -> None:
    question = _answered(page)
    address = f"/admin/snippets/calls/question/edit/{question.pk}/"
    form = _form(page, status="answered", answer_3="Yes, it may.", answer_1="Oui.")
    assert editor.post(address, form).status_code == 302
    assert Question.objects.get().corrected_at is None
    assert "Corrected on" not in visitor.get(page.url).content.decode()


@pytest.mark.parametrize(("language", "said"), [("en", False), ("nl", True)])
def test_the_mail_names_the_language_of_an_answer_that_is_not_the_readers(
    page: CallPage, language: str, said: bool
) -> None:
    question = _answered(page)
    for kind in ("question_answered", "question_corrected"):
        message = Message(kind=f"calls/{kind}", language=language, context={"question": question.pk, "by_call": False})
        message.subscription = Subscription(topic=question.topic, language=language)
        mail = render(message, now=timezone.now())
        for text in (mail.text, mail.html):
            assert ("Engels" in text) == said, (kind, text)
            assert "Yes, it may." in text


def test_the_list_puts_what_waits_first_and_the_menu_counts_it(editor: Client, page: CallPage) -> None:
    _answered(page, "Done already?")
    _question(page, "Still open?")
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
        _follow(Question.objects.create(call=call, status="shown", wording=words("Why?")), "one@example.org")
        if number < 2:
            _follow(Question.objects.create(call=call, status="shown", wording=words("Why?")), "two@example.org")
    numbers = []
    for email in ("one@example.org", "two@example.org", "one@example.org"):
        with CaptureQueriesContext(connection) as queries:
            overview.all_followed(email, "en")
        numbers.append(len(queries))
    assert numbers[1] == numbers[2] <= 10
    assert len(overview.all_followed("one@example.org", "en")) == 12

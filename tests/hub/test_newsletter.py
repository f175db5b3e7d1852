from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation

from calls.pages.models import CallPage
from hub.newsletter import choice, issues
from hub.newsletter.models import Digest, DigestItem
from hub.pages.models import NewsPage
from notifications.delivery import sending
from notifications.outbox.models import Message
from tests.factories import hub as pages
from tests.factories.notifications import SubscriptionFactory
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db
ADMIN = "/admin/snippets/hub/digest/"


@pytest.fixture
def digest() -> Digest:
    """An issue in two languages with two pieces of news."""
    index = pages.add_news(count=2)
    found = Digest.objects.create(
        subject=pages.words("What is new"),
        introduction=pages.words("Dear reader"),
        languages=["en", "fr"],
        since=timezone.now() - timedelta(days=7),
    )
    for at, page in enumerate(index.get_children().order_by("-pk")):
        DigestItem.objects.create(digest=found, what=f"news:{page.translation_key}", sort_order=at)
    return found


class TestAnnouncing:
    def test_news_is_told_once_and_only_in_its_own_language(self) -> None:
        english = SubscriptionFactory.create(topic="news", language="en")
        SubscriptionFactory.create(topic="news", language="fr")
        SubscriptionFactory.create(topic="news", language="en", status="stopped")
        index = pages.add_news(count=1)
        page = NewsPage.objects.child_of(index).get()
        page.save_revision().publish()
        SubscriptionFactory.create(topic="news", language="en", confirmed_at=timezone.now())
        page.save_revision().publish()
        assert Message.objects.get().subscription == english

    def test_a_page_that_appears_later_is_told_when_it_appears(self) -> None:
        SubscriptionFactory.create(topic="news", language="en")
        index = pages.add_news(count=0)
        page = NewsPage(title="Later", slug="later", locale=index.locale, live=False)
        page.go_live_at = timezone.now() + timedelta(hours=1)
        index.add_child(instance=page)
        page.save_revision(approved_go_live_at=page.go_live_at).publish()
        assert not Message.objects.exists()
        with time_machine.travel(timezone.now() + timedelta(hours=2)):
            call_command("publish_scheduled")
        assert Message.objects.get().kind == "hub/news"

    def test_a_call_is_told_once_and_the_readers_own_language_comes_first(self) -> None:
        for language in ("en", "fr"):
            SubscriptionFactory.create(topic="calls", language=language)
        call = pages.CallFactory.create(due=[timezone.now() + timedelta(days=30)])
        pages.publish(pages.add_call_page(pages.add_calls(), call))
        french = Message.objects.get(language="fr")
        assert french.due_at > timezone.now() + timedelta(hours=23)
        assert Message.objects.get(language="en").due_at <= timezone.now()
        pages.publish(pages.add_call_page(pages.add_calls("fr", "appels"), call))
        french.refresh_from_db()
        assert french.due_at <= timezone.now()
        assert Message.objects.count() == 2

    def test_nobody_waits_for_words_about_what_is_due_tomorrow(self) -> None:
        SubscriptionFactory.create(topic="calls", language="fr")
        call = pages.CallFactory.create(due=[timezone.now() + timedelta(hours=30)])
        pages.publish(pages.add_call_page(pages.add_calls(), call))
        assert Message.objects.get().due_at <= timezone.now()

    def test_a_call_that_is_over_is_not_told(self) -> None:
        SubscriptionFactory.create(topic="calls", language="en")
        call = pages.CallFactory.create(due=[timezone.now() - timedelta(days=1)])
        pages.publish(pages.add_call_page(pages.add_calls(), call))
        assert not Message.objects.exists()

    def test_what_is_gone_is_not_sent_and_what_came_back_is(self, smtp_sink: Sink) -> None:
        SubscriptionFactory.create(topic="news", language="en")
        page = pages.publish(NewsPage.objects.child_of(pages.add_news(count=1)).get())
        page.unpublish()
        assert sending.drain() == 0
        assert Message.objects.get().status == Message.Status.WITHDRAWN
        page.refresh_from_db()
        page.save_revision().publish()
        assert sending.drain() == 1
        assert smtp_sink.mails[0]["Subject"] == "Piece 0"

    def test_the_mail_about_a_call_names_the_language_it_is_in(self, smtp_sink: Sink) -> None:
        SubscriptionFactory.create(topic="calls", language="fr")
        call = pages.CallFactory.create(due=[timezone.now() + timedelta(days=30)])
        pages.publish(pages.add_call_page(pages.add_calls(), call))
        Message.objects.update(due_at=timezone.now())
        assert sending.drain() == 1
        body = smtp_sink.mails[0].get_body(("plain",))
        assert body is not None
        text = body.get_content()
        assert CallPage.objects.get().full_url in text
        assert "Step 0 (fr)" in text


class TestIssue:
    def test_things_stand_together_in_the_chosen_order(self, digest: Digest) -> None:
        found = issues.issue(digest, "en")
        assert [item.title for item in found.parts[0].items] == ["Piece 1", "Piece 0"]
        assert (found.subject, found.introduction) == ("What is new (en)", "Dear reader (en)")
        assert issues.issue(digest, "fr").parts[0].items[0].language == "en"

    def test_what_is_no_longer_public_falls_out(self, digest: Digest) -> None:
        NewsPage.objects.get(title="Piece 1").unpublish()
        assert [item.title for item in issues.issue(digest, "en").parts[0].items] == ["Piece 0"]

    @pytest.mark.parametrize("what", ["news:no-uuid", "calls:x", "calls:99", "nothing:1", "practices:9e9", "events:-1"])
    def test_names_that_nothing_stands_behind_say_nothing(self, digest: Digest, what: str) -> None:
        DigestItem.objects.create(digest=digest, what=what)
        assert len(issues.issue(digest, "en").parts) == 1


class TestChoice:
    def test_what_is_new_comes_first_and_what_is_older_can_be_chosen(self, digest: Digest) -> None:
        NewsPage.objects.filter(title="Piece 1").update(first_published_at=timezone.now() - timedelta(days=8))
        new, others = choice.choices(digest.since, ["en"], [], "en")
        assert ([words for _what, words in new], [words for _what, words in others]) == (
            ["News: Piece 0"],
            ["News: Piece 1"],
        )

    def test_what_readers_got_is_new_no_more_and_can_be_told_again(self, digest: Digest) -> None:
        SubscriptionFactory.create(topic="newsletter", language="en")
        issues.send(digest.pk)
        new, others = choice.choices(digest.since, ["en"], [], "en")
        assert (new, len(others)) == ([], 2)
        assert choice.start_with(digest.since, ["en"], "en") == []
        assert choice.since_for("monthly", ["en"], timezone.now()) == digest.created_at

    def test_what_readers_of_another_language_got_is_new(self, digest: Digest) -> None:
        SubscriptionFactory.create(topic="newsletter", language="fr")
        issues.send(digest.pk)
        assert choice.fresh(digest.since, ["fr"], "en") == []
        for languages in (["nl"], ["fr", "nl"]):
            assert len(choice.fresh(digest.since, languages, "en")) == 2

    def test_what_is_new_begins_with_the_readers_who_wait_longest(self, digest: Digest) -> None:
        later = Digest.objects.create(subject=digest.subject, languages=["fr"], since=digest.since)
        DigestItem.objects.create(digest=later, what=DigestItem.objects.get(digest=digest, sort_order=0).what)
        Digest.objects.filter(pk=digest.pk).update(languages=["en"])
        for language, issue in (("en", digest), ("fr", later)):
            SubscriptionFactory.create(topic="newsletter", language=language)
            assert issues.send(issue.pk) == 1
        since = {code: choice.since_for("monthly", code.split(), timezone.now()) for code in ("en", "fr", "en fr")}
        assert since == {"en": digest.created_at, "fr": later.created_at, "en fr": digest.created_at}

    @pytest.mark.parametrize("status", ["failed", "withdrawn"])
    def test_an_issue_that_reached_nobody_uses_nothing_up(self, digest: Digest, status: str) -> None:
        SubscriptionFactory.create(topic="newsletter", language="en")
        issues.send(digest.pk)
        assert choice.fresh(digest.since, ["en"], "en") == []
        Message.objects.update(status=status)
        assert len(choice.fresh(digest.since, ["en"], "en")) == 2
        assert choice.since_for("weekly", ["en"], timezone.now()) < digest.created_at

    def test_nor_does_one_that_was_deleted(self, digest: Digest) -> None:
        SubscriptionFactory.create(topic="newsletter", language="en")
        issues.send(digest.pk)
        Digest.objects.all().delete()
        assert len(choice.fresh(digest.since, ["en"], "en")) == 2

    def test_an_issue_for_nobody_is_not_sent(self, digest: Digest) -> None:
        assert issues.send(digest.pk) == 0
        digest.refresh_from_db()
        assert digest.sent_at is None
        SubscriptionFactory.create(topic="newsletter", language="en")
        assert issues.send(digest.pk) == 1

    def test_a_first_issue_starts_with_the_latest(self) -> None:
        pages.add_news(count=choice.LATEST + 3)
        for number, page in enumerate(NewsPage.objects.order_by("pk")):
            day = timezone.now() - timedelta(days=400 - number)
            NewsPage.objects.filter(pk=page.pk).update(first_published_at=day)
        since = choice.since_for("monthly", ["en"], timezone.now())
        assert choice.fresh(since, ["en"], "en") == []
        newest = NewsPage.objects.order_by("-first_published_at")[: choice.LATEST]
        expected = [f"news:{page.translation_key}" for page in newest]
        assert choice.start_with(since, ["en"], "en") == expected


class TestSending:
    def test_each_follower_gets_it_once_in_their_language(self, digest: Digest, smtp_sink: Sink) -> None:
        for language in ("en", "fr", "de"):
            SubscriptionFactory.create(topic="newsletter", language=language, email=f"{language}@example.org")
        SubscriptionFactory.create(topic="newsletter", status="pending", confirmed_at=None)
        assert issues.receivers(digest) == {"en": 1, "fr": 1}
        assert issues.left_out(digest) == 1
        assert issues.send(digest.pk) == 2
        assert issues.send(digest.pk) is None
        assert sending.drain() == 2
        (mail,) = smtp_sink.to("fr@example.org")
        assert mail["Subject"] == "What is new (fr)"
        assert mail["List-Unsubscribe"]

    def test_an_empty_issue_is_not_sent(self, digest: Digest) -> None:
        digest.items.all().delete()
        assert issues.send(digest.pk) is None

    def test_a_test_reaches_only_oneself(self, digest: Digest, editor_user: Any, smtp_sink: Sink) -> None:
        SubscriptionFactory.create(topic="newsletter", language="en")
        assert issues.send_test(digest, editor_user) == 2
        assert sending.drain() == 2
        assert set(smtp_sink.receivers) == {editor_user.email}


class TestStaff:
    @pytest.fixture(autouse=True)
    def rights(self, editor_user: Any) -> None:
        call_command("setup", verbosity=0)

    def test_a_new_issue_holds_what_is_new(self, editor: Client) -> None:
        pages.add_news(count=2)
        form = {"period": "weekly", "languages": ["en"], "subject_3": "Hello", "introduction_3": "Dear reader"}
        empty = {"items-TOTAL_FORMS": 0, "items-INITIAL_FORMS": 0, "items-MIN_NUM_FORMS": 0, "items-MAX_NUM_FORMS": 99}
        page = editor.get(f"{ADMIN}add/")
        assert page.status_code == 200
        answer = editor.post(f"{ADMIN}add/", form | empty)
        assert answer.status_code == 302, answer.context["form"].errors
        assert Digest.objects.get().items.count() == 2
        assert "Piece 1" in editor.get(answer["Location"]).content.decode()

    def test_a_language_without_a_subject_is_said_at_the_field(self, editor: Client) -> None:
        form = {"period": "weekly", "languages": ["de", "en"], "subject_3": "Hello"}
        empty = {"items-TOTAL_FORMS": 0, "items-INITIAL_FORMS": 0, "items-MIN_NUM_FORMS": 0, "items-MAX_NUM_FORMS": 99}
        with translation.override("en"):
            answer = editor.post(f"{ADMIN}add/", form | empty)
        assert answer.status_code == 200
        assert "subject" in answer.context["form"].errors

    def test_it_is_read_tried_and_sent_from_its_page(self, editor: Client, digest: Digest) -> None:
        SubscriptionFactory.create(topic="newsletter", language="en")
        page = editor.get(f"{ADMIN}inspect/{digest.pk}/").content.decode()
        assert "What is new (fr)" in page
        assert "Piece 1" in page
        assert editor.get(f"{ADMIN}send/{digest.pk}/").status_code == 405
        editor.post(f"{ADMIN}test/{digest.pk}/")
        for _time in range(2):
            editor.post(f"{ADMIN}send/{digest.pk}/")
        assert Message.objects.filter(about=f"digest:{digest.pk}").count() == 1
        assert Message.objects.filter(about=f"digest-test:{digest.pk}").count() == 2
        assert editor.get(f"{ADMIN}edit/{digest.pk}/").status_code == 302

    def test_partners_send_nothing(self, partner: Client, digest: Digest) -> None:
        assert partner.post(f"{ADMIN}send/{digest.pk}/").status_code in {302, 403}
        digest.refresh_from_db()
        assert digest.sent_at is None

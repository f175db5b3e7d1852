"""Who follows a search hears of each new practice once, and of nothing else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hub.saved_searches import alerts, topics
from hub.saved_searches.alerts import SETTLING, run
from hub.saved_searches.lists import SearchableList
from hub.saved_searches.models import SavedSearch
from hub.tasks import tell_followers_of_searches
from hub.vocabularies.models import Term
from notifications.delivery import sending
from notifications.following import subscribing
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from practices.following.searches import LIBRARY
from practices.practice.models.practice import Practice
from tests.factories.practices import term
from tests.practices.following.searches import HOUR, KIND, MINUTE, NOON, follow, publish, saved, told
from tests.smtp_sink import Sink


@pytest.mark.django_db
class TestWhatIsTold:
    def test_what_fits_and_nothing_else(self) -> None:
        search = saved("country=BE&theme=19")
        follow(search, email="one@example.org")
        fits = publish(NOON + HOUR, country=["BE"])
        publish(NOON + HOUR, country=["FI"])
        publish(NOON + HOUR, country=["BE"], live=False)
        publish(NOON - HOUR, country=["BE"])
        run(now=NOON + 2 * HOUR)
        assert told() == [("one@example.org", [fits.pk])]

    def test_words_are_searched_for_as_in_the_library(self) -> None:
        follow(saved("q=homes"))
        found = publish(NOON + HOUR, title="A home for all", theme=["3"])
        publish(NOON + HOUR, title="A bicycle", theme=["3"])
        run(now=NOON + 2 * HOUR)
        assert [practices for _email, practices in told()] == [[found.pk]]

    def test_who_follows_several_words_waits_for_all_of_them(self) -> None:
        follow(saved("q=zebrafish+marmots"))
        publish(NOON + HOUR, title="Zebrafish")
        run(now=NOON + 2 * HOUR)
        assert told() == []
        both = publish(NOON + 3 * HOUR, title="Zebrafish and marmots")
        run(now=NOON + 4 * HOUR)
        assert [practices for _email, practices in told()] == [[both.pk]]

    def test_each_practice_once_however_often_it_runs(self) -> None:
        follow(saved())
        first = publish(NOON + HOUR)
        for _time in range(3):
            run(now=NOON + 2 * HOUR)
        second = publish(NOON + 3 * HOUR)
        for hours in (4, 5, 6):
            run(now=NOON + hours * HOUR)
        assert [practices for _email, practices in told()] == [[first.pk], [second.pk]]

    def test_what_is_younger_than_its_transaction_may_last_waits_and_is_not_passed_over(self) -> None:
        follow(saved())
        publish(NOON + HOUR - MINUTE)
        run(now=NOON + HOUR)
        assert told() == []
        publish(NOON + HOUR - 5 * MINUTE, title="Committed late")
        run(now=NOON + HOUR + SETTLING)
        assert len(told()[0][1]) == 2

    def test_a_follower_hears_only_of_what_appeared_after_they_confirmed(self) -> None:
        search = saved()
        follow(search, email="early@example.org", confirmed_at=NOON)
        follow(search, email="between@example.org", confirmed_at=NOON + 90 * MINUTE)
        follow(search, email="late@example.org", confirmed_at=NOON + 3 * HOUR)
        first, second = publish(NOON + HOUR), publish(NOON + 2 * HOUR)
        run(now=NOON + 4 * HOUR)
        assert told() == [("between@example.org", [second.pk]), ("early@example.org", [second.pk, first.pk])]

    @pytest.mark.parametrize("status", [Subscription.Status.PENDING, Subscription.Status.STOPPED])
    def test_without_a_yes_nothing_comes(self, status: str) -> None:
        follow(saved(), status=status)
        publish(NOON + HOUR)
        assert run(now=NOON + 2 * HOUR) == 0

    def test_who_follows_a_search_that_slept_hears_of_nothing_old(self) -> None:
        search = saved()
        publish(NOON + HOUR)
        run(now=NOON + 2 * HOUR)
        follow(search, confirmed_at=NOON + 24 * HOUR)
        publish(NOON + 12 * HOUR)
        new = publish(NOON + 25 * HOUR)
        run(now=NOON + 26 * HOUR)
        assert [practices for _email, practices in told()] == [[new.pk]]

    def test_published_again_is_not_new(self) -> None:
        follow(saved())
        practice = publish(NOON + HOUR)
        practice.save_revision().publish()
        run(now=NOON + 2 * HOUR)
        Practice.objects.update(live=False)
        run(now=NOON + 3 * HOUR)
        Practice.objects.update(live=True)
        run(now=NOON + 4 * HOUR)
        assert len(told()) == 1

    def test_two_searches_are_told_each(self) -> None:
        for query in ("theme=19", "kind=good-practice"):
            follow(saved(query), email="one@example.org")
        publish(NOON + HOUR)
        run(now=NOON + 2 * HOUR)
        assert len(told()) == 2

    def test_a_term_that_is_gone_makes_no_wider_search(self) -> None:
        follow(saved("theme=19"))
        Term.objects.filter(vocabulary="theme", code="19").delete()
        publish(NOON + HOUR, theme=["3"])
        assert run(now=NOON + 2 * HOUR) == 0

    def test_one_that_fails_does_not_hold_up_the_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        broken, whole = saved("theme=19"), saved("kind=good-practice")
        follow(broken, email="broken@example.org")
        follow(whole, email="whole@example.org")
        publish(NOON + HOUR)
        found = alerts._found

        def fails(searchable: SearchableList, search: SavedSearch, until: datetime) -> Any:
            if search.pk == broken.pk:
                raise ValueError
            return found(searchable, search, until)

        monkeypatch.setattr(alerts, "_found", fails)
        run(now=NOON + 2 * HOUR)
        assert [email for email, _practices in told()] == ["whole@example.org"]
        monkeypatch.undo()
        run(now=NOON + 2 * HOUR)
        assert {email for email, _practices in told()} == {"broken@example.org", "whole@example.org"}

    def test_as_many_queries_for_one_follower_as_for_many(self) -> None:
        search, counts = saved(), []
        for hours, more in ((1, 1), (3, 30)):
            for _number in range(more):
                follow(search)
                publish(NOON + hours * HOUR)
            with CaptureQueriesContext(connection) as queries:
                run(now=NOON + (hours + 1) * HOUR)
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 25
        with CaptureQueriesContext(connection) as queries:
            run(now=NOON + 9 * HOUR)
        assert len(queries) <= 4, "an hour without anything new costs next to nothing"


@pytest.mark.django_db
class TestForgetting:
    def test_a_search_that_nobody_follows_goes_after_a_week(self) -> None:
        unfollowed, followed = saved("theme=1"), saved("theme=2")
        stopped, fresh = saved("theme=3"), saved("theme=4")
        follow(followed)
        follow(stopped, status=Subscription.Status.STOPPED)
        now = datetime.now(UTC)
        SavedSearch.objects.exclude(pk=fresh.pk).update(asked_at=now - 8 * 24 * HOUR)
        SavedSearch.objects.filter(pk=fresh.pk).update(asked_at=now - 6 * 24 * HOUR)
        assert topics.forget_unfollowed() == 1
        assert not SavedSearch.objects.filter(pk=unfollowed.pk).exists()

    def test_asked_for_again_it_stays(self) -> None:
        search = saved()
        SavedSearch.objects.update(asked_at=datetime.now(UTC) - 8 * 24 * HOUR)
        topics.make(LIBRARY, search.query)
        assert topics.forget_unfollowed() == 0


@pytest.fixture
def vocabulary(transactional_db: Any) -> None:
    """Tests that really commit find the vocabularies emptied by the one before."""
    for name, code in (("theme", "19"), ("kind", "good-practice"), ("country", "BE")):
        term(name, code)


@pytest.fixture
def parallel() -> Callable[[Callable[[], object], int], None]:
    """The same in several threads, each with a connection of its own."""

    def run_all(action: Callable[[], object], times: int) -> None:
        def once(_number: int) -> None:
            try:
                action()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(times) as pool:
            list(pool.map(once, range(times)))

    return run_all


@pytest.mark.usefixtures("vocabulary")
def test_several_beats_at_once_tell_everyone_once(parallel: Callable[..., None]) -> None:
    for query in ("theme=19", "kind=good-practice", "country=BE"):
        search = saved(query)
        for number in range(20):
            follow(search, email=f"{number}@example.org")
    for hours in (1, 2, 3):
        publish(NOON + hours * HOUR, country=["BE"])
        parallel(lambda moment=NOON + (hours + 1) * HOUR: run(now=moment), 4)
        run(now=NOON + (hours + 1) * HOUR)
    heard = [
        (mail.to_email, mail.about, pk) for mail in Message.objects.filter(kind=KIND) for pk in mail.context["found"]
    ]
    assert len(heard) == len(set(heard)) == 3 * 20 * 3


@pytest.mark.usefixtures("vocabulary")
def test_asked_for_at_once_it_is_one_search(parallel: Callable[..., None]) -> None:
    parallel(lambda: topics.make(LIBRARY, "theme=19"), 6)
    assert SavedSearch.objects.count() == 1


@pytest.mark.usefixtures("vocabulary")
def test_from_the_page_to_the_mailbox(visitor: Client, smtp_sink: Sink) -> None:
    search = saved("theme=19", told_until=datetime.now(UTC) - 2 * HOUR)
    subscribing.ask(email="one@example.org", topic=search.topic, language="en", offsets=[], wording="-")
    assert visitor.post(Message.objects.get().context["confirm_url"]).status_code == 200
    Subscription.objects.update(confirmed_at=datetime.now(UTC) - HOUR)
    practice = publish(datetime.now(UTC) - 30 * MINUTE)
    tell_followers_of_searches()
    tell_followers_of_searches()
    sending.drain()
    news = [mail for mail in smtp_sink.to("one@example.org") if "New practice" in str(mail["Subject"])]
    assert len(news) == 1
    assert news[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    body = news[0].get_body(preferencelist=("plain",))
    assert body
    assert reverse("practices:practice", args=[practice.slug]) in body.get_content()
    assert Message.objects.get(kind=KIND).status == Message.Status.SENT


@pytest.mark.usefixtures("vocabulary")
def test_taken_down_before_it_leaves_it_is_taken_back(smtp_sink: Sink) -> None:
    search = saved("theme=19", told_until=datetime.now(UTC) - 2 * HOUR)
    follow(search, email="one@example.org")
    publish(datetime.now(UTC) - 30 * MINUTE).unpublish()
    Practice.objects.update(live=True)
    tell_followers_of_searches()
    Practice.objects.update(live=False)
    sending.drain()
    assert smtp_sink.to("one@example.org") == []
    assert Message.objects.get(kind=KIND).status == Message.Status.WITHDRAWN

"""Searches of offers and requests are followed as those of the library: each new one once, nothing else."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.public_forms.spam import SALT
from hub.saved_searches import topics
from hub.saved_searches.alerts import run, withdraw_gone
from hub.saved_searches.models import SavedSearch
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from partners.exchange import publishing
from partners.exchange.models import Notice, today
from partners.following.searches import EXCHANGE
from tests.factories.exchange import NoticeFactory
from tests.factories.notifications import SubscriptionFactory
from tests.factories.partners import OrganisationFactory
from tests.partners.exchange.test_list import at

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def _search(query: str = "theme=19") -> SavedSearch:
    key = topics.make(EXCHANGE, query) or ""
    SavedSearch.objects.filter(pk=key).update(told_until=NOON)
    return SavedSearch.objects.get(pk=key)


def _made(moment: datetime, **facts: Any) -> Notice:
    return NoticeFactory.create(**{"terms": ["19"], "created_at": moment, "renewed_at": timezone.now(), **facts})


def _told() -> list[tuple[str, list[int]]]:
    return [(mail.to_email, mail.context["found"]) for mail in Message.objects.filter(kind=EXCHANGE.kind)]


def test_each_new_one_that_fits_is_told_once() -> None:
    SubscriptionFactory.create(topic=_search("kind=offer&q=meetings&theme=19").topic, email="one@example.org")
    _made(NOON - HOUR)
    fits = _made(NOON + HOUR)
    _made(NOON + HOUR, kind="request")
    _made(NOON + HOUR, terms=["3"])
    _made(NOON + HOUR, title="A hall")
    _made(NOON + HOUR, withdrawn_at=timezone.now())
    _made(NOON + HOUR, until=today() - timedelta(days=1))
    _made(NOON + HOUR, organisation=OrganisationFactory.create(status="hidden"))
    for hours in (2, 2, 3):
        run(now=NOON + hours * HOUR)
    assert _told() == [("one@example.org", [fits.pk])]


def test_renewing_is_no_news() -> None:
    SubscriptionFactory.create(topic=_search().topic)
    found = _made(NOON + HOUR, until=today() + timedelta(days=3))
    run(now=NOON + 2 * HOUR)
    publishing.renew(found, shown=found.until)
    found.refresh_from_db()
    assert found.until > today() + timedelta(days=30)
    run(now=timezone.now() + 365 * 24 * HOUR)
    assert len(_told()) == 1


def test_the_mail_says_what_is_new_and_is_taken_back_when_nothing_of_it_stands() -> None:
    SubscriptionFactory.create(topic=_search().topic, language="nl")
    found = _made(NOON + HOUR, title="A hall <big>", language="fr")
    run(now=NOON + 2 * HOUR)
    mail = Message.objects.get(kind=EXCHANGE.kind)
    words = render(mail, now=NOON)
    assert "A hall <big>" in words.subject
    assert f"http://localhost:8000{at('notice', found.pk)}".replace("/en/", "/nl/").split("/nl/")[0] in words.text
    assert found.organisation.name in words.text
    assert "(Frans)" in words.text
    assert "A hall &lt;big&gt;" in words.html
    assert "/stop/" in words.text or "/stoppen/" in words.text
    assert withdraw_gone([mail.pk]) == 0
    publishing.withdraw(found)
    assert withdraw_gone([mail.pk]) == 1


def test_the_page_offers_what_the_form_takes(client: Client) -> None:
    NoticeFactory.create()
    button = "Tell me when something new fits"
    assert button not in client.get(at("notices")).content.decode()
    page = client.get(at("notices"), {"theme": "19", "country": "BE", "unknown": "x"}).content.decode()
    assert button in page
    with translation.override("en"):
        follow = page.split('rel="nofollow">' + button)[0].rsplit('href="', 1)[1].split('"')[0]
    (wish,) = parse_qs(urlsplit(follow).query)["topic"]
    assert wish == "notices:country=BE&theme=19"
    form = client.get(follow)
    assert "Offers and requests: Belgium, Housing" in form.content.decode()
    assert not SavedSearch.objects.exists(), "looking makes nothing"
    sent = {"email": "reader@example.org", "language": "fr", "consent": "on"}
    for _time in range(2):
        stamp = signing.dumps(int(time.time()) - 60, salt=SALT)
        assert client.post(follow, sent | {"rendered": stamp}).status_code == 302
    search = SavedSearch.objects.get()
    subscription = Subscription.objects.get()
    assert subscription.topic == search.topic
    assert subscription.status == Subscription.Status.PENDING, "the mailbox has to say yes"


def test_the_same_question_of_two_lists_is_two_searches() -> None:
    SavedSearch.objects.create(prefix="search", query="theme=19")
    assert _search().topic.startswith("notices:")
    assert SavedSearch.objects.count() == 2


def test_as_many_queries_for_one_as_for_many() -> None:
    search, counts = _search(), []
    for hours, more in ((1, 1), (3, 20)):
        SubscriptionFactory.create_batch(more, topic=search.topic)
        for _number in range(more):
            _made(NOON + hours * HOUR)
        with CaptureQueriesContext(connection) as queries:
            run(now=NOON + (hours + 1) * HOUR)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25

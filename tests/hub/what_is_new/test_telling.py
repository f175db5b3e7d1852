"""Who follows organisations and themes gets one mail with all that is new, each thing once, nothing that is hidden."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.programme.models import LinkedOrganisation, LinkedPractice
from hub.tasks import tell_followers_of_subjects
from hub.vocabularies.models import Term
from hub.what_is_new import sources, telling
from hub.what_is_new.models import SourceTold
from hub.what_is_new.telling import KIND, run, withdraw_gone
from notifications.delivery.rendering import Rendered, render
from notifications.outbox.models import Message
from notifications.subscriptions import topics
from notifications.subscriptions.models import Subscription
from partners.exchange.models import Notice
from partners.organisations.models import Organisation
from practices.practice.models.details import PracticeUse
from practices.practice.models.practice import Practice
from tests.factories.events import EventFactory, event_page
from tests.factories.exchange import NoticeFactory
from tests.factories.notifications import SubscriptionFactory
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _told_until_noon() -> None:
    for each in sources.known():
        SourceTold.objects.update_or_create(source=each.name, defaults={"told_until": NOON})


@pytest.fixture
def house() -> Organisation:
    return OrganisationFactory.create(name="House of Ideas")


def _follow(topic: str, email: str = "one@example.org", **facts: Any) -> Subscription:
    return SubscriptionFactory.create(topic=topic, email=email, **facts)


def _practice(**facts: Any) -> Practice:
    return PracticeFactory.create(**{"first_published_at": NOON + HOUR, "theme": ["19"], **facts})


def _notice(**facts: Any) -> Notice:
    return NoticeFactory.create(**{"created_at": NOON + HOUR, "renewed_at": timezone.now(), **facts})


def _event(*organisations: Organisation, practice: Practice | None = None, **facts: Any) -> Event:
    event = EventFactory.create(starts_at=NOON + timedelta(days=60), **facts)
    event_page(event, first_published_at=NOON + HOUR)
    for organisation in organisations:
        LinkedOrganisation.objects.create(event=event, organisation=organisation)
    if practice:
        LinkedPractice.objects.create(event=event, practice=practice)
    return event


def _told() -> dict[str, set[str]]:
    mails = Message.objects.filter(kind=KIND)
    assert len({mail.to_email.lower() for mail in mails}) == len(mails), "one mail per person"
    return {mail.to_email: set(mail.context["things"]) for mail in mails}


def _words() -> Rendered:
    return render(Message.objects.get(kind=KIND), now=NOON)


def test_an_organisation_tells_of_its_practices_offers_and_events(house: Organisation) -> None:
    _follow(f"organisation:{house.pk}")
    owned = _practice(owner=house)
    used = _practice()
    PracticeUse.objects.create(practice=used, organisation="house of IDEAS")
    offer, event = _notice(organisation=house), _event(house)
    _practice(owner=OrganisationFactory.create())
    _practice(owner=house, live=False)
    _practice(owner=house, first_published_at=NOON - HOUR)
    _notice()
    _event()
    assert run(now=NOON + 2 * HOUR) == 1
    heard = {f"practices:{owned.pk}", f"practices:{used.pk}", f"notices:{offer.pk}", f"events:{event.pk}"}
    assert _told() == {"one@example.org": heard}


def test_a_theme_tells_of_practices_offers_and_events_on_it() -> None:
    _follow("theme:19")
    found = _practice()
    old = _practice(first_published_at=NOON - HOUR)
    offer, event = _notice(terms=["19"]), _event(practice=old)
    _practice(theme=["3"])
    _notice(terms=["3"])
    run(now=NOON + 2 * HOUR)
    heard = {f"practices:{found.pk}", f"notices:{offer.pk}", f"events:{event.pk}"}
    assert _told() == {"one@example.org": heard}


def test_nothing_is_told_twice_whatever_topics_match(house: Organisation) -> None:
    for topic in (f"organisation:{house.pk}", "theme:19", "theme:3"):
        _follow(topic, email="one@example.org" if topic != "theme:3" else "ONE@example.org")
    found = _practice(owner=house, theme=["19", "3"])
    for _time in range(2):
        run(now=NOON + 2 * HOUR)
    run(now=NOON + 3 * HOUR)
    mail = Message.objects.get(kind=KIND)
    assert mail.context["things"] == [f"practices:{found.pk}"]
    assert mail.context["count"] == 1
    words = _words()
    assert words.subject.startswith("New: ")
    assert "House of Ideas" in words.text
    assert "Theme: Housing" in words.text


def test_who_did_not_say_yes_or_said_so_later_hears_nothing(house: Organisation) -> None:
    _follow(f"organisation:{house.pk}", email="pending@example.org", status="pending")
    _follow(f"organisation:{house.pk}", email="stopped@example.org", status="stopped")
    _follow(f"organisation:{house.pk}", email="late@example.org", confirmed_at=NOON + 90 * timedelta(minutes=1))
    _practice(owner=house)
    assert run(now=NOON + 2 * HOUR) == 0
    later = _practice(owner=house, first_published_at=NOON + 3 * HOUR)
    run(now=NOON + 4 * HOUR)
    assert _told() == {"late@example.org": {f"practices:{later.pk}"}}


def test_what_is_hidden_tells_nothing(house: Organisation) -> None:
    _follow(f"organisation:{house.pk}")
    _practice(owner=house)
    _notice(organisation=house)
    _event(house)
    Organisation.objects.update(status="hidden")
    assert topics.resolve(f"organisation:{house.pk}", "en") is None
    assert run(now=NOON + 2 * HOUR) == 0


def test_a_page_in_another_language_later_is_no_second_event(house: Organisation) -> None:
    _follow(f"organisation:{house.pk}")
    event = _event(house)
    run(now=NOON + 2 * HOUR)
    event_page(event, language="nl", first_published_at=NOON + 3 * HOUR)
    assert run(now=NOON + 4 * HOUR) == 0
    assert EventPage.objects.filter(event=event).count() == 2


def test_one_source_that_fails_keeps_no_other_from_telling(
    house: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    _follow(f"organisation:{house.pk}")
    practice, offer = _practice(owner=house), _notice(organisation=house)
    broken = next(each.source for each in sources.known() if each.name == "practices")

    def fails(since: datetime, until: datetime) -> Any:
        connection.cursor().execute("SELECT 1 / 0")

    monkeypatch.setattr(broken, "appeared", fails)
    run(now=NOON + 2 * HOUR)
    monkeypatch.undo()
    assert _told() == {"one@example.org": {f"notices:{offer.pk}"}}
    Message.objects.all().delete()
    run(now=NOON + 3 * HOUR)
    assert _told() == {"one@example.org": {f"practices:{practice.pk}"}}


def test_a_source_that_is_new_tells_from_now_on(house: Organisation) -> None:
    SourceTold.objects.all().delete()
    _follow(f"organisation:{house.pk}")
    _practice(owner=house, first_published_at=timezone.now() - HOUR)
    tell_followers_of_subjects()
    assert not Message.objects.filter(kind=KIND).exists()
    assert SourceTold.objects.count() == len(sources.known())


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_the_mail_in_the_language_of_its_reader(house: Organisation, language: str) -> None:
    _follow(f"organisation:{house.pk}", language=language)
    practice = _practice(owner=house, texts={"fr": {"title": "Voisins <3"}}, original_language="fr")
    _notice(organisation=house, title="A hall & more")
    _event(house, title="Open day")
    run(now=NOON + 2 * HOUR)
    words = _words()
    assert f"http://localhost:8000/{language}/" in words.text
    assert practice.slug in words.text
    assert "Voisins <3" in words.text
    assert "Voisins &lt;3" in words.html
    assert "A hall &amp; more" in words.html
    assert "Open day" in words.text
    assert 'lang="fr"' in words.html or language == "fr"


def test_it_is_taken_back_when_nothing_of_it_is_public(house: Organisation) -> None:
    _follow(f"organisation:{house.pk}")
    gone, stays = _practice(owner=house, texts={"en": {"title": "Gone"}}), _notice(organisation=house)
    run(now=NOON + 2 * HOUR)
    mail = Message.objects.get(kind=KIND)
    Practice.objects.filter(pk=gone.pk).update(live=False)
    assert withdraw_gone([mail.pk]) == 0
    assert "Gone" not in _words().text
    assert _words().subject == f"New: {stays.title}"
    Notice.objects.update(withdrawn_at=timezone.now())
    assert withdraw_gone([mail.pk]) == 1


def test_ten_are_shown_and_the_others_counted(house: Organisation) -> None:
    _follow(f"organisation:{house.pk}")
    for _number in range(60):
        _notice(organisation=house)
    run(now=NOON + 2 * HOUR)
    assert "And 50 more." in _words().text
    assert _words().subject == "60 new things on what you follow"
    assert len(Message.objects.get(kind=KIND).context["things"]) == telling.MOST_NAMED


def test_as_many_queries_for_one_as_for_many(house: Organisation) -> None:
    counts = []
    for hours, more in ((1, 1), (3, 20)):
        for number in range(more):
            _follow(f"organisation:{house.pk}", email=f"{hours}-{number}@example.org")
            _practice(owner=house, first_published_at=NOON + hours * HOUR)
            _notice(organisation=house, created_at=NOON + hours * HOUR, terms=["19"])
        with CaptureQueriesContext(connection) as queries:
            run(now=NOON + (hours + 1) * HOUR)
        counts.append(len(queries))
    # Each source asks once, in a savepoint of its own.
    assert counts[0] == counts[1] <= 28


def test_the_pages_offer_it(house: Organisation, client: Client) -> None:
    practice = _practice(owner=house)
    _notice(organisation=house, terms=["19"])
    theme = "topic=theme:19"
    for page in ("/en/practices/?theme=19", "/en/partners/?theme=19", f"/en/practices/{practice.slug}/"):
        assert theme in client.get(page).content.decode(), page
    assert theme not in client.get("/en/practices/").content.decode()
    assert f"topic=organisation:{house.pk}" in client.get(house.get_absolute_url()).content.decode()
    for topic, name in (("theme:19", "<h1>Follow the theme “Housing"), (f"organisation:{house.pk}", "House of Ideas")):
        assert name in client.get(f"/en/follow/?topic={topic}").content.decode()
    for unknown in ("theme:999", "theme:", "organisation:0", "organisation:x", "organisation:99999999999999999999"):
        assert client.get(f"/en/follow/?topic={unknown}").status_code == 404


def test_only_themes_are_followed_by_their_codes() -> None:
    theme, sector = Term.objects.get(vocabulary="theme", code="19"), Term.objects.filter(vocabulary="sector")[0]
    assert topics.key_of(theme) == "theme:19"
    assert topics.key_of(sector) == ""

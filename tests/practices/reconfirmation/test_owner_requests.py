"""After two years the owner is asked whether it still holds; without an answer the page says so."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.users.models import User
from hub.dates import brussels
from hub.site.models import SiteSettings
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from practices.contributing import submission as verbs
from practices.practice.models.practice import Practice
from practices.reconfirmation import owner_requests
from practices.reconfirmation.models import ConfirmationRequest
from practices.tasks import ask_for_reconfirmation
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory
from tests.factories.practices import PracticeFactory
from tests.factories.submissions import published, send

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 15, 12, tzinfo=brussels.BRUSSELS)
KIND = "practices/reconfirm"


def known(on: date | None = date(2025, 3, 15), **more: Any) -> Practice:
    """A published practice that was checked on that day."""
    return PracticeFactory.create(
        **{"checked_on": on, "last_published_at": NOW, "contact_email": "ask@example.org"} | more
    )


def asked(practice: Practice) -> list[str]:
    return [mail.to_email for mail in Message.objects.filter(kind=KIND, about=f"practice:{practice.pk}").order_by("pk")]


def link(practice: Practice) -> str:
    """Where the newest mail about it leads."""
    mail = Message.objects.filter(kind=KIND, about=f"practice:{practice.pk}").order_by("-pk")[0]
    return str(mail.context["confirm_url"]).removeprefix("http://localhost:8000")


@pytest.mark.parametrize(
    ("facts", "is_asked"),
    [
        ({"on": date(2025, 3, 15)}, True),
        ({"on": date(2025, 3, 16)}, False),
        ({"on": date(2024, 1, 1), "live": False}, False),
        ({"on": None, "last_published_at": datetime(2025, 3, 15, 23, 30, tzinfo=brussels.BRUSSELS)}, True),
        ({"on": None, "last_published_at": datetime(2025, 3, 16, 0, 30, tzinfo=brussels.BRUSSELS)}, False),
        ({"on": date(2026, 1, 1), "last_published_at": datetime(2020, 1, 1, tzinfo=brussels.BRUSSELS)}, False),
        ({"on": None, "last_published_at": None}, False),
    ],
)
def test_who_is_asked(facts: dict[str, Any], is_asked: bool) -> None:
    practice = known(**facts)
    assert owner_requests.run(now=NOW) == int(is_asked)
    assert asked(practice) == (["ask@example.org"] if is_asked else [])


def test_the_29th_of_february_is_followed_by_the_28th() -> None:
    assert owner_requests.too_old(date(2028, 2, 29)) == date(2026, 2, 28)


def test_asked_once_and_once_more_whatever_runs_how_often() -> None:
    practice = known()
    for day in range(200):
        owner_requests.run(now=NOW + timedelta(days=day))
        owner_requests.run(now=NOW + timedelta(days=day))
        if day == 29:
            assert len(asked(practice)) == 1
    assert len(asked(practice)) == 2
    first, second = Message.objects.filter(kind=KIND).order_by("pk")
    assert "still true?" in render(first, now=NOW).subject
    assert render(second, now=NOW).subject.startswith("Once more:")
    for body in (render(first, now=NOW).text, render(first, now=NOW).html):
        assert "Saturday 15 March 2025" in body
        assert "/en/practices/still-true/" in body


def test_the_people_of_the_owner_are_asked_in_their_language_else_the_mailbox(
    partner_user: User, other_user: User
) -> None:
    User.objects.filter(pk=other_user.pk).update(language="nl")
    organisation = MembershipFactory.create(user=partner_user).organisation
    MembershipFactory.create(user=other_user, organisation=organisation)
    owned = known(owner=organisation)
    owner_requests.run(now=NOW)
    assert set(asked(owned)) == {partner_user.email, other_user.email}
    mail = Message.objects.get(to_email=other_user.email)
    assert mail.language == "nl"
    assert "/nl/" in mail.context["confirm_url"]


def test_an_address_that_one_of_them_only_typed_is_not_asked(partner_user: User) -> None:
    organisation = MembershipFactory.create(user=partner_user).organisation
    member = MembershipFactory.create(user=UserFactory.create(verified=False), organisation=organisation).user
    EmailAddress.objects.create(user=member, email=member.email, verified=False, primary=True)
    owned = known(owner=organisation)
    owner_requests.run(now=NOW)
    assert asked(owned) == [partner_user.email]


def test_without_an_owner_the_centre_is_asked() -> None:
    SiteSettings.objects.update(contact_email="centre@example.org")
    practice = known(contact_email="")
    owner_requests.run(now=NOW)
    assert asked(practice) == ["centre@example.org"]


def test_looking_confirms_nothing_and_the_button_does(visitor: Client) -> None:
    practice = known()
    with time_machine.travel(NOW, tick=False):
        ask_for_reconfirmation()
        place = link(practice)
        assert "Saturday 15 March 2025" in visitor.get(place).content.decode()
        practice.refresh_from_db()
        assert practice.checked_on == date(2025, 3, 15)
        for _time in (1, 2):
            assert visitor.post(place)["Location"] == place
        practice.refresh_from_db()
        assert practice.checked_on == date(2027, 3, 15)
        page = visitor.get(place).content.decode()
        assert "It is confirmed" in page
        assert "It is still true" not in page
        assert "15 March 2027" in visitor.get(practice.get_absolute_url()).content.decode()
    assert owner_requests.run(now=NOW + timedelta(days=40)) == 0
    assert owner_requests.run(now=NOW + timedelta(days=800)) == 1, "two years later anew"


def test_no_update_is_offered_while_one_is_reviewed(visitor: Client, partner_user: User, editor_user: User) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    Practice.objects.filter(pk=practice.pk).update(checked_on=date(2025, 3, 15))
    with time_machine.travel(NOW, tick=False):
        ask_for_reconfirmation()
        place = link(practice)
        assert "Propose an update" in visitor.get(place).content.decode()
        update = verbs.start_update(user=partner_user, practice=practice, language="en")
        update.answers["results"] = "Nine of ten."
        update.save()
        send(update)
        page = visitor.get(place).content.decode()
    assert "Propose an update" not in page
    assert "An update of this practice is being reviewed." in page


def test_a_draft_that_waits_does_not_bring_the_old_day_back(editor_user: User) -> None:
    practice = known()
    practice.save_revision().publish()
    draft = practice.get_latest_revision_as_object()
    draft.place = "Elsewhere"
    draft.save_revision(user=editor_user)
    owner_requests.run(now=NOW)
    with time_machine.travel(NOW, tick=False):
        assert owner_requests.confirm(ConfirmationRequest.objects.get())
    practice.refresh_from_db()
    assert practice.has_unpublished_changes, "the draft still waits"
    practice.latest_revision.publish(user=editor_user)
    practice.refresh_from_db()
    assert (practice.place, practice.checked_on) == ("Elsewhere", date(2027, 3, 15))


def test_what_staff_checked_meanwhile_is_not_put_back(visitor: Client) -> None:
    practice = known()
    with time_machine.travel(NOW, tick=False):
        owner_requests.run(now=NOW)
        Practice.objects.filter(pk=practice.pk).update(checked_on=date(2027, 3, 10))
        visitor.post(link(practice))
    practice.refresh_from_db()
    assert practice.checked_on == date(2027, 3, 10)
    owner_requests.run(now=NOW + timedelta(days=31))
    assert len(asked(practice)) == 1


def test_after_sixty_days_without_an_answer_the_page_says_so(visitor: Client, partner: Client) -> None:
    practice = known()
    with override("en"):
        address = practice.get_absolute_url()
    words = "Nobody has confirmed this since Saturday 15 March 2025."
    for day, said in ((0, False), (59, False), (61, True)):
        with time_machine.travel(NOW + timedelta(days=day), tick=False):
            owner_requests.run(now=timezone.now())
            assert (words in partner.get(address).content.decode()) is said
    with time_machine.travel(NOW + timedelta(days=62), tick=False):
        visitor.post(link(practice))
        assert "Nobody has confirmed" not in partner.get(address).content.decode()


def test_links_that_lead_nowhere(visitor: Client) -> None:
    practice = known()
    owner_requests.run(now=NOW)
    place = link(practice)
    request = ConfirmationRequest.objects.get()
    bad = [f"{place.rstrip('/')}x/", "/en/practices/still-true/none/"]
    for address in bad:
        assert visitor.get(address).status_code == 404
        assert visitor.post(address).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=401)):
        assert owner_requests.request_for(owner_requests.token_of(request)) is not None
        assert visitor.get(place).status_code == 404
    Practice.objects.update(live=False)
    assert visitor.get(place).status_code == 404


def test_many_old_ones_are_asked_about_bit_by_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner_requests, "MOST_AT_ONCE", 2)
    for _number in range(5):
        known()
    assert [owner_requests.run(now=NOW) for _time in range(4)] == [2, 2, 1, 0]


@pytest.mark.django_db(transaction=True)
def test_a_second_beat_does_nothing_meanwhile() -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [owner_requests._LOCK])
        assert owner_requests.run(now=NOW) == 0
    finally:
        other.close()
        connections.close_all()

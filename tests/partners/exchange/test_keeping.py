"""Who may make, change, renew and withdraw an offer or request; and what ends it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from partners.contact.receivers import Receiver
from partners.exchange import emails, publishing, reminders
from partners.exchange.models import Notice, today, usual_end
from partners.organisations.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.exchange import NoticeFactory
from tests.partners.exchange.test_list import at
from tests.partners.people import House, address, house, mails, text
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["house"]


def _sent(**changed: Any) -> dict[str, Any]:
    until = today() + timedelta(days=30)
    facts = {"kind": "offer", "title": "A hall", "text": "On Tuesdays.", "language": "en", "country": "BE"}
    return {**facts, "until": until.isoformat(), "tracks": ["training"], "themes": ["19"], **changed}


def test_three_months_later_is_a_day_of_that_month() -> None:
    assert usual_end(date(2027, 1, 15)) == date(2027, 4, 15)
    assert usual_end(date(2026, 11, 30)) == date(2027, 2, 28)
    assert usual_end(date(2027, 10, 31)) == date(2028, 1, 31)


@pytest.mark.parametrize("who", ["owner", "editor"])
def test_members_make_change_and_withdraw(house: House, who: str) -> None:
    client: Client = getattr(house, f"{who}s_client")
    page = text(client.get(at("add", "house")))
    assert usual_end().isoformat() in page
    for _time in range(2):
        answer = client.post(at("add", "house"), _sent(), follow=True)
        assert "visitors see it from now on" in text(answer), "sent twice it is one"
    found = Notice.objects.get()
    assert {term.code for term in found.terms.all()} == {"training", "19"}
    assert found.made_by == getattr(house, who)
    assert "A hall" in text(client.get(address("manage", "house")))
    assert client.post(at("change", found.pk), _sent(title="A garden", themes=[])).status_code == 302
    found.refresh_from_db()
    assert found.title == "A garden"
    assert {term.code for term in found.terms.all()} == {"training"}
    assert client.get(at("withdraw", found.pk)).status_code == 200
    assert Notice.objects.public().exists(), "looking withdraws nothing"
    for _time in range(2):
        assert client.post(at("withdraw", found.pk)).status_code == 302
    assert not Notice.objects.public().exists()
    assert client.post(at("change", found.pk), _sent(title="Again")).status_code == 302
    found.refresh_from_db()
    assert found.title == "A garden"


def test_strangers_find_nothing(house: House, client: Client) -> None:
    found = NoticeFactory.create(organisation=house.organisation)
    stranger = signed_in(UserFactory.create())
    own = [at("add", "house"), *(at(name, found.pk) for name in ("change", "renew", "withdraw"))]
    for place in own:
        assert stranger.get(place).status_code == 404
        assert stranger.post(place, _sent()).status_code == 404
        assert "/login/" in client.post(place).headers["Location"]
    house.membership_of(house.editor).delete()
    assert house.editors_client.post(at("withdraw", found.pk)).status_code == 404
    assert Notice.objects.public().count() == 1


def test_what_the_form_refuses(house: House) -> None:
    for wrong in (
        {"until": (today() - timedelta(days=1)).isoformat()},
        {"until": (today() + timedelta(days=366)).isoformat()},
        {"until": ""},
        {"title": " "},
        {"kind": "other"},
        {"language": "xx"},
        {"themes": ["training"]},
        {"call": "7"},
    ):
        assert house.owners_client.post(at("add", "house"), _sent(**wrong)).status_code == 422, wrong
    assert not Notice.objects.exists()


def test_so_many_may_stand(house: House) -> None:
    NoticeFactory.create_batch(publishing.MOST_STANDING, organisation=house.organisation)
    assert house.owners_client.post(at("add", "house"), _sent()).status_code == 422


def test_so_many_are_published_in_a_day_however_many_were_withdrawn(house: House) -> None:
    NoticeFactory.create_batch(
        publishing.MOST_A_DAY, organisation=house.organisation, withdrawn_at=timezone.now(), created_at=timezone.now()
    )
    refused = house.owners_client.post(at("add", "house"), _sent())
    assert refused.status_code == 422
    assert "Your organisation published 20 in 24 hours" in refused.content.decode()
    Notice.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    assert house.owners_client.post(at("add", "house"), _sent()).status_code == 302


def _soon(house: House, **facts: Any) -> Notice:
    week, made = today() + timedelta(days=7), timezone.now() - timedelta(days=90)
    return NoticeFactory.create(
        **{"organisation": house.organisation, "until": week, "renewed_at": made, "made_by": house.editor, **facts}
    )


def test_a_week_before_maker_and_owners_hear_of_it_once(house: House) -> None:
    house.organisation.memberships.create(user=UserFactory.create(email="third@house.example"))
    found = _soon(house)
    _soon(house, until=today() + timedelta(days=8))
    _soon(house, withdrawn_at=timezone.now())
    NoticeFactory.create(organisation=house.organisation, until=today() + timedelta(days=3))  # as short as they wanted
    assert [reminders.run(), reminders.run()] == [1, 0]
    assert {mail.to_email for mail in mails("over_soon")} == {"owner@house.example", "editor@house.example"}
    assert len(mails("over_soon")) == 2
    # The moment in a link is that of its making.
    assert reminders.token_of(found).split(":")[0] in mails("over_soon")[0].context["renew_url"]
    Notice.objects.update(warned_for=None)
    reminders.run()
    assert Message.objects.filter(kind="partners/over_soon").count() == 2, "the key of the mail keeps it to one"


@pytest.mark.parametrize(("language", "day"), [("en", "5 March 2027"), ("nl", "5 maart 2027"), ("de", "5. März 2027")])
def test_the_mail_says_until_when_and_has_the_link(house: House, language: str, day: str) -> None:
    to = Receiver("owner@house.example", language)
    emails.over_soon(_soon(house, until=date(2027, 3, 5)), to, renew_url="https://portal.example.eu/renew/")
    written = render(mails("over_soon")[0], now=timezone.now())
    for form in (written.text, written.html):
        assert day in form
        assert "https://portal.example.eu/renew/" in form


def test_the_maker_who_left_hears_nothing(house: House) -> None:
    _soon(house)
    house.membership_of(house.editor).delete()
    reminders.run()
    assert [mail.to_email for mail in mails("over_soon")] == ["owner@house.example"]


def test_the_button_in_the_mail_renews_once_without_signing_in(house: House, client: Client) -> None:
    found = _soon(house)
    link = at("renew_by_mail", reminders.token_of(found))
    assert "Renew it for three months" in text(client.get(link))
    found.refresh_from_db()
    assert found.until == today() + timedelta(days=7), "looking changes nothing"
    for _time in range(2):
        assert client.post(link).status_code == 302
        found.refresh_from_db()
        assert found.until == usual_end()
    page = text(client.get(link))
    assert "It is shown until" in page
    assert "<button" not in page.partition("<main")[2].partition("</main")[0]
    # The link of the earlier mail never renews again.
    Notice.objects.update(until=today() + timedelta(days=2))
    client.post(link)
    found.refresh_from_db()
    assert found.until == today() + timedelta(days=2)


def test_what_stands_longer_is_not_cut_short(house: House, client: Client) -> None:
    found = NoticeFactory.create(organisation=house.organisation, until=today() + timedelta(days=200))
    assert at("renew", found.pk) not in text(house.owners_client.get(address("manage", "house")))
    link = at("renew_by_mail", reminders.token_of(found))
    assert client.post(link).status_code == 302
    found.refresh_from_db()
    assert found.until == today() + timedelta(days=200)


def test_what_is_over_can_still_be_renewed_and_what_is_withdrawn_cannot(house: House, client: Client) -> None:
    over = _soon(house, until=today() - timedelta(days=3))
    assert client.post(at("renew_by_mail", reminders.token_of(over))).status_code == 302
    assert over in Notice.objects.public()
    gone = _soon(house, withdrawn_at=timezone.now())
    link = at("renew_by_mail", reminders.token_of(gone))
    assert [client.get(link).status_code, client.post(link).status_code] == [410, 410]
    assert client.get(at("renew_by_mail", "forged")).status_code == 404
    Organisation.objects.update(status="hidden")
    assert client.get(link).status_code == 404


def test_the_centre_takes_one_down_and_its_people_hear_why(house: House, editor: Client) -> None:
    found = NoticeFactory.create(organisation=house.organisation)
    screen = reverse("partners_admin_take_down_notice", args=[found.pk])
    assert editor.post(screen, {"reason": ""}).status_code == 200
    assert Notice.objects.public().exists()
    for _time in range(2):
        assert editor.post(screen, {"reason": "It sells something."}).status_code == 302
    assert not Notice.objects.public().exists()
    assert {mail.to_email for mail in mails("taken_down")} == {"owner@house.example", "editor@house.example"}
    assert {mail.context["reason"] for mail in mails("taken_down")} == {"It sells something."}
    assert len(mails("taken_down")) == 2


def test_the_list_of_staff_is_narrowed_by_state(house: House, editor: Client) -> None:
    NoticeFactory.create(title="Stands")
    NoticeFactory.create(title="Ended", until=today() - timedelta(days=1))
    NoticeFactory.create(title="Taken back", withdrawn_at=timezone.now())
    screen = reverse(Notice.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]  # Wagtail puts it there
    for state, title in (("standing", "Stands"), ("over", "Ended"), ("withdrawn", "Taken back")):
        page = text(editor.get(f"{screen}?state={state}"))
        assert [name for name in ("Stands", "Ended", "Taken back") if name in page] == [title]


def test_a_year_after_nobody_saw_it_any_more_it_goes() -> None:
    long_ago, renewed = timezone.now() - timedelta(days=366), timezone.now() - timedelta(days=500)
    NoticeFactory.create(withdrawn_at=long_ago)
    NoticeFactory.create(until=long_ago.date() - timedelta(days=1), renewed_at=renewed)
    kept = {
        NoticeFactory.create(),
        NoticeFactory.create(withdrawn_at=timezone.now() - timedelta(days=364)),
        NoticeFactory.create(until=today() - timedelta(days=360), renewed_at=renewed),
    }
    publishing.forget()
    assert set(Notice.objects.all()) == kept


def test_deleting_the_maker_keeps_what_is_the_organisations(house: House) -> None:
    found = NoticeFactory.create(organisation=house.organisation, made_by=house.editor)
    house.editor.delete()
    found.refresh_from_db()
    assert found.made_by is None

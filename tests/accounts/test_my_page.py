from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.profile import to_do
from accounts.profile.to_do import Task
from accounts.users.models import User


@pytest.mark.django_db
def test_my_page_asks_to_sign_in(visitor: Client) -> None:
    response = visitor.get("/en/my/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
def test_my_page_names_its_owner(partner: Client, partner_user: User) -> None:
    assert str(partner_user) in partner.get("/en/my/").content.decode()


@pytest.mark.django_db
def test_changing_name_and_language(partner: Client, partner_user: User) -> None:
    address = "/en/my/details/"
    assert partner.get(address).status_code == 200
    answer = partner.post(address, {"first_name": "Changed", "last_name": "Name", "language": "fr"})
    assert answer.status_code == 302
    partner_user.refresh_from_db()
    assert (partner_user.first_name, partner_user.mail_language) == ("Changed", "fr")


@pytest.mark.django_db
def test_a_language_that_is_not_offered_is_refused(partner: Client, partner_user: User) -> None:
    answer = partner.post("/en/my/details/", {"first_name": "A", "last_name": "B", "language": "xx"})
    assert answer.status_code == 200
    partner_user.refresh_from_db()
    assert partner_user.language == "en"


class TestWhatComesFirst:
    """My page starts with the one thing that ends first, as a sentence with its date and link."""

    def page(self, tasks: Iterable[Task], client: Client, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setattr(to_do, "_providers", [lambda user, language: tasks])
        return " ".join(client.get("/en/my/").content.decode().split())

    @pytest.mark.django_db
    def test_the_soonest_is_the_sentence_and_the_rest_follows(
        self, partner: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        later = Task("Sign <it>", "/en/later/", datetime(2099, 5, 1, 10, tzinfo=UTC))
        sooner = Task("Confirm your seat", "/en/sooner/", datetime(2099, 4, 1, 10, tzinfo=UTC), about="Info meeting")
        page = self.page([Task("Whenever", "/en/whenever/"), later, sooner], partner, monkeypatch)
        first = page.index('By Wednesday 1 April 2099, 12:00 (Brussels): <a href="/en/sooner/">Confirm your seat</a>')
        assert page.index('<h2 id="to-do">') < first < page.index("Info meeting") < page.index("After that")
        assert page.index("After that") < page.index("Sign &lt;it&gt;") < page.index("Whenever")
        assert page.count("Confirm your seat") == 1
        assert "<h2" not in page[page.index("<h1>") : page.index('<h2 id="to-do">')]

    @pytest.mark.django_db
    def test_a_mere_day_has_no_hour(self, partner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        task = Task("Finish", "/en/x/", datetime(2099, 4, 1, 10, tzinfo=UTC), has_time=False)
        page = self.page([task], partner, monkeypatch)
        assert 'Until Wednesday 1 April 2099: <a href="/en/x/">Finish</a>' in page
        assert "After that" not in page

    @pytest.mark.django_db
    def test_what_is_over_says_so_and_what_has_no_end_has_no_date(
        self, partner: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        late = Task("Late", "/en/x/", timezone.now() - timedelta(days=1))
        assert "the day is over" in self.page([late], partner, monkeypatch)
        assert '<p class="lead"> <a href="/en/y/">Open</a>' in self.page([Task("Open", "/en/y/")], partner, monkeypatch)

    @pytest.mark.django_db
    def test_where_nothing_waits_there_is_no_such_block(self, partner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        assert 'id="to-do"' not in self.page([], partner, monkeypatch)

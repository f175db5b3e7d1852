"""What readers keep: in the session, in the account, and from one into the other."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.users.models import User
from practices.choosing import shortlist
from practices.choosing.models import ShortlistEntry
from practices.practice.models.practice import Practice
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.practices import PracticeFactory
from tests.practices.choosing.shortlists import CLEAR, KEEP, LIBRARY, LIST, REMOVE, kept, three_practices


@pytest.fixture
def practices(db: Any) -> list[Practice]:
    return three_practices()


@pytest.mark.usefixtures("practices")
class TestKeeping:
    """The same for visitors and for people who are signed in."""

    @pytest.fixture(params=["visitor", "partner"])
    def client(self, request: Any) -> Client:
        client: Client = request.getfixturevalue(request.param)
        return client

    def test_the_latest_stands_first_and_twice_is_once(self, client: Client) -> None:
        for slug in ("one", "two", "one"):
            assert client.post(KEEP, {"practice": slug}).status_code == 302
        assert kept(client) == ["two", "one"]

    def test_removing_and_removing_again(self, client: Client) -> None:
        client.post(KEEP, {"practice": ["one", "two"]})
        for _time in range(2):
            assert client.post(REMOVE, {"practice": "one"}).status_code == 302
        assert kept(client) == ["two"]

    def test_emptying_is_asked_first(self, client: Client) -> None:
        client.post(KEEP, {"practice": ["one", "two"]})
        assert "2 practices are removed from your shortlist" in client.get(CLEAR).content.decode()
        assert kept(client) == ["one", "two"]
        assert client.post(CLEAR).status_code == 302
        assert kept(client) == []
        assert client.get(CLEAR).status_code == 302

    def test_the_buttons_show_what_is_kept(self, client: Client) -> None:
        client.post(KEEP, {"practice": "one"})
        row = client.get(LIBRARY).content.decode().partition('id="practice-one"')[2].partition("</article>")[0]
        assert "Remove from shortlist" in row
        page = client.get(f"{LIBRARY}one/").content.decode()
        assert "Remove from shortlist" in page
        assert "Your shortlist (1)" in page
        assert "Remove from shortlist" not in client.get(f"{LIBRARY}two/").content.decode()

    def test_there_is_room_for_fifty(self, client: Client) -> None:
        slugs = [PracticeFactory.create().slug for _number in range(49)]
        client.post(KEEP, {"practice": slugs})
        answer = client.post(KEEP, {"practice": ["one", "two"]}, follow=True)
        assert "1 did not fit" in answer.content.decode()
        assert len(kept(client)) == 50
        assert "one" in kept(client)

    def test_what_left_the_library_is_not_shown_and_makes_room(self, client: Client) -> None:
        slugs = [PracticeFactory.create().slug for _number in range(50)]
        client.post(KEEP, {"practice": slugs})
        Practice.objects.filter(slug=slugs[7]).update(live=False)
        assert len(kept(client)) == 49
        client.post(KEEP, {"practice": "one"})
        assert kept(client)[0] == "one"
        assert len(kept(client)) == 50

    @pytest.mark.parametrize("slug", ["", "gone", "\x00", "<b>", "x" * 3000])
    def test_what_is_not_in_the_library_cannot_be_kept(self, client: Client, slug: str) -> None:
        assert client.post(KEEP, {"practice": slug}).status_code == 404
        assert client.get(KEEP, {"practice": slug}).status_code == 404

    def test_looking_changes_nothing(self, client: Client) -> None:
        answer = client.get(KEEP, {"practice": "one"})
        assert "Keep on your shortlist?" in answer.content.decode()
        assert kept(client) == []

    @pytest.mark.parametrize(
        ("given", "leads_to"),
        [
            (f"{LIBRARY}?theme=19", f"{LIBRARY}?theme=19#practice-one"),
            ("https://evil.example.org/", f"{LIST}#practice-one"),
            ("//evil.example.org/", f"{LIST}#practice-one"),
            ("/\\evil.example.org", f"{LIST}#practice-one"),
            ("javascript:alert(1)", f"{LIST}#practice-one"),
            ("", f"{LIST}#practice-one"),
        ],
    )
    def test_the_reader_goes_back_within_the_portal(self, client: Client, given: str, leads_to: str) -> None:
        assert client.post(KEEP, {"practice": "one", "next": given})["Location"] == leads_to


@pytest.mark.usefixtures("practices")
class TestSigningIn:
    def sign_in(self, client: Client, user: User) -> None:
        answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        assert answer.status_code == 302
        assert "_auth_user_id" in client.session

    def test_the_session_goes_to_the_account(self, visitor: Client) -> None:
        user, one = UserFactory.create(), Practice.objects.get(slug="one")
        ShortlistEntry.objects.create(user=user, practice=one)
        visitor.post(KEEP, {"practice": "one"})
        visitor.post(KEEP, {"practice": "two"})
        visitor.post(KEEP, {"practice": "three"})
        self.sign_in(visitor, user)
        assert kept(visitor) == ["three", "two", "one"]
        assert shortlist._SESSION not in visitor.session or visitor.session[shortlist._SESSION] == []
        assert ShortlistEntry.objects.filter(user=user).count() == 3

    def test_a_full_account_stays_as_it_is(self, visitor: Client) -> None:
        user = UserFactory.create()
        for _number in range(49):
            ShortlistEntry.objects.create(user=user, practice=PracticeFactory.create())
        visitor.post(KEEP, {"practice": "one"})
        visitor.post(KEEP, {"practice": "two"})
        self.sign_in(visitor, user)
        assert len(kept(visitor)) == 50
        assert kept(visitor)[0] == "two"
        assert "one" not in kept(visitor)

    def test_my_page_shows_how_many(self, partner: Client) -> None:
        assert "on your shortlist" not in partner.get("/en/my/").content.decode()
        partner.post(KEEP, {"practice": ["one", "two"]})
        assert "2 practices on your shortlist" in partner.get("/en/my/").content.decode()

    def test_everyone_has_their_own(self, partner: Client, other_partner: Client, visitor: Client) -> None:
        partner.post(KEEP, {"practice": "one"})
        other_partner.post(REMOVE, {"practice": "one"})
        other_partner.post(CLEAR)
        assert (kept(partner), kept(other_partner), kept(visitor)) == (["one"], [], [])


@pytest.mark.usefixtures("practices")
class TestSharing:
    def test_the_address_shows_the_same_list_to_anybody(self, visitor: Client) -> None:
        visitor.post(KEEP, {"practice": ["one", "three"]})
        address = visitor.get(LIST).context["share_address"].removeprefix(settings.SITE_URL)
        other = Client()
        page = other.get(address)
        assert [row["slug"] for row in page.context["rows"]] == ["one", "three"]
        assert "A shared shortlist" in page.content.decode()
        assert kept(other) == []
        other.post(KEEP, {"practice": ["one", "three"]})
        assert kept(other) == ["one", "three"]

    def test_ones_own_address_shows_ones_own_list(self, visitor: Client) -> None:
        visitor.post(KEEP, {"practice": ["one", "three"]})
        assert not visitor.get(LIST, {"practice": ["one", "three"]}).context["shared"]

    def test_what_is_gone_is_left_out(self, visitor: Client) -> None:
        page = visitor.get(LIST, {"practice": ["gone", "\x00", "two"]})
        assert [row["slug"] for row in page.context["rows"]] == ["two"]
        assert "None of these practices" in visitor.get(LIST, {"practice": "gone"}).content.decode()

    def test_from_the_list_one_more_is_added_to_a_comparison(self, visitor: Client) -> None:
        visitor.post(KEEP, {"practice": ["one", "two", "three"]})
        page = visitor.get("/en/practices/compare/", {"practice": ["one", "two"]})
        assert [row["slug"] for row in page.context["addable"]] == ["three"]


@pytest.mark.usefixtures("practices")
def test_as_many_queries_for_three_as_for_fifty(visitor: Client, partner: Client) -> None:
    more = [PracticeFactory.create(theme=["19"]).slug for _number in range(47)]
    for client in (visitor, partner):
        counts = []
        for slugs in (["one", "two", "three"], more):
            client.post(KEEP, {"practice": slugs})
            for path in (LIST, LIBRARY, f"{LIBRARY}one/", "/en/practices/compare/?practice=one"):
                client.get(path)
                with CaptureQueriesContext(connection) as queries:
                    client.get(path)
                counts.append(len(queries))
        assert counts[:4] == counts[4:]
        assert max(counts) <= 25


@pytest.mark.django_db(transaction=True)
def test_two_forms_at_once_do_not_pass_the_limit() -> None:
    user = UserFactory.create()
    practices = [PracticeFactory.create() for _number in range(60)]

    def attempt(practice: Practice) -> None:
        request = RequestFactory().post(KEEP)
        request.user = user
        try:
            shortlist.keep(request, practices=[practice])
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(attempt, practices))
    assert ShortlistEntry.objects.filter(user=user).count() == shortlist.MOST


def test_many_changes_from_one_place_are_stopped(visitor: Client, practices: list[Practice], monkeypatch: Any) -> None:
    monkeypatch.setattr("practices.choosing.shortlist_views._CHANGES_PER_HOUR", 2)
    for slug in ("one", "two", "three"):
        visitor.post(KEEP, {"practice": slug})
    assert kept(visitor) == ["two", "one"]

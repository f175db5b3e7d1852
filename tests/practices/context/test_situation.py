"""What a reader says of their situation: where it is kept, shown, handed over and forgotten."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.users.models import User
from hub.content_memory import content_version
from nccsi.caching.page_cache import shelf
from practices.context import remembering
from practices.context.keeping_times import SITUATIONS
from practices.context.models import KeptSituation
from practices.context.situation import Situation
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.practices import PracticeFactory
from tests.practices.context.situations import BY_FIT, FORGET, FORM, LIBRARY, TOWN, tell

pytestmark = pytest.mark.django_db


def said(client: Client) -> str:
    """What the form says that somebody said."""
    told: str = client.get(FORM).context["said"]
    return told


def row_of(html: str, slug: str) -> str:
    """One row of the library, without its tags."""
    row = html.partition(f'id="practice-{slug}"')[2].partition("</article>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", row).split())


class TestTelling:
    """The same for visitors and for people who are signed in."""

    @pytest.fixture(params=["visitor", "partner"])
    def client(self, request: Any) -> Client:
        client: Client = request.getfixturevalue(request.param)
        return client

    def test_it_is_said_once_and_shown_everywhere(self, client: Client) -> None:
        known = {"target": ["young-people"], "sector": ["business"], "cost": "under-10k"}
        PracticeFactory.create(slug="one", texts={"en": {"title": "One"}}, **known)
        PracticeFactory.create(slug="two", texts={"en": {"title": "Two"}})
        answer = client.post(FORM, TOWN, follow=True)
        assert answer.redirect_chain == [(BY_FIT, 302)]
        library = answer.content.decode()
        assert "Antwerp · Belgium · Municipality" in library
        assert "Fits: target group, budget Does not fit: sectors are lacking" in row_of(library, "one")
        assert "Unknown: time, country or region, reach" in row_of(library, "one")
        assert "Unknown: target group, budget, sectors, time, country or region, reach" in row_of(library, "two")
        page = client.get(f"{LIBRARY}one/").content.decode()
        assert "Cost per year: Under €10,000. Your budget of €30,000 is enough." in page
        assert "It was also done by sectors that are not on board with you: Business." in page
        compared = client.get(f"{LIBRARY}compare/?practice=one&practice=two").content.decode()
        assert "Your budget of €30,000 is enough." in compared
        assert "Nobody has noted what it costs." in compared
        assert compared.count('scope="row"') == 20 + 6

    def test_the_form_shows_it_again_and_saves_it_anew(self, client: Client) -> None:
        tell(client, **TOWN)
        assert said(client).endswith("Government, Non-profit · €30,000 a year · 6 months")
        form = client.get(FORM).content.decode()
        assert re.search(r'value="young-people"[^>]*checked', form)
        assert 'value="30000"' in form
        tell(client, months="3")
        assert said(client) == "3 months"

    def test_one_press_forgets_it(self, client: Client) -> None:
        tell(client, **TOWN)
        for _twice in range(2):
            assert client.post(FORGET).status_code == 302
            assert said(client) == ""
            assert not KeptSituation.objects.exists()
        assert client.get(FORGET).status_code == 405

    def test_who_says_nothing_any_more_has_nothing_kept(self, client: Client) -> None:
        tell(client, **TOWN)
        tell(client)
        assert said(client) == ""
        assert not KeptSituation.objects.exists()

    def test_looking_changes_nothing(self, client: Client) -> None:
        client.get(FORM, TOWN)
        client.get(BY_FIT, TOWN)
        assert said(client) == ""

    @pytest.mark.parametrize(
        ("given", "leads_to"),
        [
            (f"{LIBRARY}?theme=19&sort=context", f"{LIBRARY}?theme=19&sort=context"),
            (f"{LIBRARY}one/#fits", f"{LIBRARY}one/#fits"),
            ("https://evil.example.org/", BY_FIT),
            ("//evil.example.org/", BY_FIT),
            ("/\\evil.example.org", BY_FIT),
            ("javascript:alert(1)", BY_FIT),
        ],
    )
    def test_the_reader_goes_back_within_the_portal(self, client: Client, given: str, leads_to: str) -> None:
        assert client.post(FORM, {"months": "3", "next": given})["Location"] == leads_to

    @pytest.mark.parametrize("amount", ["30000", "30 000", "30.000", "30,000", "€ 30’000", "30\u202f000 €"])
    def test_amounts_are_read_as_people_write_them(self, client: Client, amount: str) -> None:
        tell(client, budget=amount)
        assert said(client) == "€30,000 a year"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"budget": "30.5"},
            {"budget": "a lot"},
            {"budget": "-1"},
            {"budget": "٣٠"},
            {"budget": "9" * 15},
            {"months": "-1"},
            {"months": "601"},
            {"months": "soon"},
            {"target": ["unheard-of"]},
            {"country": "XX"},
            {"country": "FI", "region": "BE21"},
            {"reach": "\x00"},
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, client: Client, wrong: dict[str, Any]) -> None:
        tell(client, months="3")
        answer = client.post(FORM, {"sector": ["academia"], **wrong})
        assert answer.status_code == 422
        assert re.search(r'value="academia"[^>]*checked', answer.content.decode())
        assert said(client) == "3 months"


class TestSessionAndAccount:
    def sign_in(self, client: Client, user: User) -> None:
        assert client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}).status_code == 302

    def test_a_visitor_leaves_no_row_and_an_account_nothing_in_its_session(
        self, visitor: Client, partner: Client, partner_user: User
    ) -> None:
        tell(visitor, **TOWN)
        assert not KeptSituation.objects.exists()
        tell(partner, **TOWN)
        assert KeptSituation.objects.get().user == partner_user
        assert remembering._SESSION not in partner.session

    def test_everyone_has_their_own(self, visitor: Client, partner: Client, other_partner: Client) -> None:
        tell(partner, months="3")
        tell(visitor, months="6")
        other_partner.post(FORGET)
        assert [said(each) for each in (partner, visitor, other_partner)] == ["3 months", "6 months", ""]

    def test_what_was_said_last_goes_to_the_account(self, visitor: Client) -> None:
        user = UserFactory.create()
        KeptSituation.objects.create(user=user, months=12, country="FI")
        tell(visitor, months="3")
        self.sign_in(visitor, user)
        assert said(visitor) == "3 months"
        assert remembering._SESSION not in visitor.session
        assert KeptSituation.objects.get(user=user).country == ""

    def test_who_said_nothing_before_signing_in_keeps_the_account_s_own(self, visitor: Client) -> None:
        user = UserFactory.create()
        KeptSituation.objects.create(user=user, months=12)
        self.sign_in(visitor, user)
        assert said(visitor) == "12 months"

    def test_signing_out_leaves_the_browser_without_it(self, visitor: Client) -> None:
        user = UserFactory.create()
        tell(visitor, months="3")
        self.sign_in(visitor, user)
        visitor.post("/accounts/logout/")
        assert said(visitor) == ""

    def test_my_page_shows_it(self, partner: Client) -> None:
        assert "My situation" not in partner.get("/en/my/").content.decode()
        tell(partner, **TOWN)
        assert "€30,000 a year · 6 months" in partner.get("/en/my/").content.decode()

    def test_the_form_says_where_it_is_kept(self, visitor: Client, partner: Client) -> None:
        assert "kept for this browser and nowhere else" in visitor.get(FORM).content.decode()
        form = partner.get(FORM).content.decode()
        assert "kept with your account and nowhere else" in form
        assert f"no longer than {SITUATIONS.days} days" in form

    def test_it_goes_with_the_account(self, partner: Client, partner_user: User) -> None:
        tell(partner, **TOWN)
        partner_user.delete()
        assert not KeptSituation.objects.exists()

    def test_it_goes_when_its_time_is_over(self) -> None:
        now = timezone.now()
        for age in (SITUATIONS.span - timedelta(hours=1), SITUATIONS.span + timedelta(hours=1)):
            KeptSituation.objects.create(user=UserFactory.create(), months=3, changed_at=now - age)
        assert remembering.forget_old() == 1
        assert KeptSituation.objects.get().changed_at > now - SITUATIONS.span

    def test_saying_it_again_keeps_it_longer(self, partner: Client, partner_user: User) -> None:
        tell(partner, months="3")
        KeptSituation.objects.update(changed_at=timezone.now() - SITUATIONS.span)
        tell(partner, months="3")
        assert remembering.forget_old() == 0

    def test_terms_that_are_gone_are_not_told_any_more(self, partner_user: User) -> None:
        KeptSituation.objects.create(user=partner_user, targets=["gone", "refugees"], country="XX", region="YY")
        assert remembering.kept_for(partner_user) == Situation(targets=("refugees",))

    def test_the_database_keeps_no_row_that_says_nothing(self, partner_user: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            KeptSituation.objects.create(user=partner_user)


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As outside of a transaction: each test runs in one, where otherwise no page is kept."""
    monkeypatch.setattr(content_version, "applies", lambda: True)
    monkeypatch.setattr(content_version, "_memory", content_version._Memory())
    shelf.clear()
    yield
    shelf.clear()


@pytest.mark.usefixtures("keeping")
class TestKeptPages:
    def test_visitors_without_a_session_get_the_pages_of_everyone(self, visitor: Client) -> None:
        PracticeFactory.create(slug="one", texts={"en": {}})
        pages = (LIBRARY, BY_FIT, f"{LIBRARY}one/", f"{LIBRARY}compare/?practice=one")
        for path in pages:
            assert visitor.get(path)["Cache-Control"].startswith("public"), path
            assert not visitor.cookies, path
        teller = Client()
        tell(teller, months="3")
        for path in pages:
            assert "private" in teller.get(path)["Cache-Control"], path
            assert "3 months" not in visitor.get(path).content.decode(), path
        teller.post(FORGET)
        teller.get(FORM)  # shows the message, which is for one reader
        # The browser is told to forget them; the test client sends on what is left of them.
        assert {name for name, cookie in teller.cookies.items() if cookie["max-age"] != 0} <= {"csrftoken"}
        assert not Session.objects.exists()

    def test_the_form_itself_is_kept_by_nobody(self, visitor: Client) -> None:
        assert "no-store" in visitor.get(FORM)["Cache-Control"]

    def test_they_are_led_to_the_form_with_the_way_back(self, visitor: Client) -> None:
        PracticeFactory.create(slug="one", texts={"en": {}}, theme=["19"])
        back = {
            f"{LIBRARY}?theme=19": "%2Fen%2Fpractices%2F%3Ftheme%3D19%26sort%3Dcontext",
            f"{LIBRARY}one/": "%2Fen%2Fpractices%2Fone%2F%23fits",
            f"{LIBRARY}compare/?practice=one": "%2Fen%2Fpractices%2Fcompare%2F%3Fpractice%3Done",
        }
        for path, leads_back in back.items():
            assert f'href="{FORM}?next={leads_back}"' in visitor.get(path).content.decode(), path


def test_many_changes_from_one_place_are_stopped(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("practices.context.views._CHANGES_PER_HOUR", 2)
    for months in ("1", "2"):
        tell(visitor, months=months)
    answer = visitor.post(FORM, {"months": "3"})
    assert answer.status_code == 422
    assert "Wait an hour" in answer.content.decode()
    assert said(visitor) == "2 months"

"""The public pages of the tracker, the feed, and what followers hear."""

import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.what_is_new import sources, telling
from hub.what_is_new.models import SourceTold
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from notifications.subscriptions import topics
from practices.mainstreaming.models import HookOrganisation
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms
from practices.tracker import forms, periods
from tests.factories.mainstreaming import hook, moved
from tests.factories.notifications import SubscriptionFactory
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
TRACKER = "/en/practices/mainstreaming/"
DAYS = "?since=2019-12-31&until=2021-01-01"


def _name(code: str) -> str:
    return str(Terms.load().of("stage")[code].label)


def _practices(number: int) -> list[Practice]:
    made = PracticeFactory.create_batch(number, stage="2")
    for each in made:
        moved(each, "3", "2018-01-01", before="2")
        moved(each, "4", "2020-06-01")
        hook("region", practices=[each])
    return made


def _queries(visitor: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(address).status_code == 200
    return len(queries)


class TestPages:
    def test_every_figure_opens_a_list_of_as_many(self, visitor: Client) -> None:
        _practices(3)
        PracticeFactory.create(stage="2")
        page = visitor.get(TRACKER + DAYS).content.decode()
        figures = re.findall(r'<a href="(/en/practices/mainstreaming/[a-z]+/[^"]*)" rel="nofollow">(\d+)', page)
        assert len(figures) > 20
        for address, number in figures:
            opened = visitor.get(unescape(address)).content.decode()
            heading = re.search(r'<h2 id="count">(\d+) ', opened)
            assert heading is not None
            assert heading[1] == number, address

    @pytest.mark.parametrize("part", ["", "practices/", "practices/?stuck=on", "moves/", "policy/"])
    def test_the_number_of_queries_stays(self, visitor: Client, part: str) -> None:
        address = TRACKER + part + (DAYS if part in ("", "moves/") else "")
        _practices(2)
        visitor.get(address)
        few = _queries(visitor, address)
        _practices(23)
        visitor.get(address)
        # One more or less: the content version is asked for once a second.
        assert abs(_queries(visitor, address) - few) <= 1
        assert few <= 24

    def test_lists_have_pages(self, visitor: Client) -> None:
        made = _practices(21)
        for part in (f"moves/{DAYS}", "practices/?stage=4", "policy/?level=region"):
            sep = "&" if "?" in part else "?"
            first, second = (visitor.get(f"{TRACKER}{part}{sep}page={page}").content.decode() for page in (1, 2))
            shown = [sum(f"/{each.slug}/" in page for each in made) for page in (first, second)]
            assert shown == [20, 1], part

    @pytest.mark.parametrize(
        "query",
        [
            "since=x",
            "since=2021-01-01&until=2020-01-01",
            "hooks=x",
            "stage=9&level=x&was=0",
            "since=2999-01-01",
            "until=0001-02-01",
        ],
    )
    def test_what_is_not_understood_is_left_out(self, visitor: Client, query: str) -> None:
        for part in ("", "practices/", "moves/", "policy/"):
            assert visitor.get(f"{TRACKER}{part}?{query}").status_code == 200
        if query.startswith("since=2021"):
            assert "The second day comes before the first" in visitor.get(f"{TRACKER}?{query}").content.decode()

    def test_a_draft_is_in_no_figure_and_no_list(self, visitor: Client) -> None:
        draft = PracticeFactory.create(live=False, stage="2", texts={"en": {"title": "Hidden draft"}})
        moved(draft, "3", "2020-06-01")
        hook(practices=[draft], title="A public decree")
        for part in ("", "practices/", "moves/", "policy/"):
            page = visitor.get(f"{TRACKER}{part}").content.decode()
            assert "Hidden draft" not in page
            assert "feed.atom" in page or part
        assert "A public decree" in page

    def test_what_nobody_entered_is_said(self, visitor: Client) -> None:
        PracticeFactory.create(stage="2")
        assert "since unknown" in visitor.get(f"{TRACKER}practices/?undated=on").content.decode()
        assert "No move between these days" in visitor.get(TRACKER).content.decode()

    def test_no_practice_can_be_called_like_it(self) -> None:
        practice = PracticeFactory.build(slug="mainstreaming", kind=None)
        with pytest.raises(ValidationError, match="The portal uses this word itself"):
            Practice.clean(practice)


class TestPracticePage:
    def test_it_tells_how_it_moved_and_what_took_it_up(self, visitor: Client) -> None:
        house = OrganisationFactory.create(name="House of Ideas")
        practice = PracticeFactory.create(slug="shared", stage="2")
        moved(practice, "4", "2020-06-01")
        wrong = moved(practice, "2", "2015-01-01", known="year", before="1")
        moved(practice, "3", "2016-01-01", known="year", before="1", corrects=wrong, reason="It was a year later.")
        taken, could = (
            hook(practices=[practice], title="Decree"),
            hook(status="idea", practices=[practice], title="Plan"),
        )
        HookOrganisation.objects.create(hook=taken, organisation=house)
        hook(status="", practices=[practice], title="Not shown yet")
        page = visitor.get("/en/practices/shared/").content.decode()
        section = page[page.index('id="moved"') : page.index('id="cite"')]
        for words in ("2016", "Monday 1 June 2020", "It was a year later.", str(taken), str(could), "House of Ideas"):
            assert words in section
        assert f"From “{_name('1')}” to <strong>“{_name('3')}”" in section
        assert f"From “{_name('3')}” to <strong>“{_name('4')}”" in section
        assert "2015" not in section
        assert section.index("Took it up") < section.index("Decree") < section.index("Could take it up")
        assert "Not shown yet" not in page
        assert 'href="#moved"' in page

    def test_what_ended_is_not_told_as_if_it_lasted(self, visitor: Client) -> None:
        practice = PracticeFactory.create(slug="over", stage="2")
        hook(status="ended", on="2018-12-31", practices=[practice])
        page = visitor.get("/en/practices/over/").content.decode()
        assert "ended: Monday 31 December 2018" in page
        assert "since Monday 31 December 2018" not in page

    def test_without_any_of_it_nothing_is_said(self, visitor: Client) -> None:
        PracticeFactory.create(slug="bare", stage="2")
        assert 'id="moved"' not in visitor.get("/en/practices/bare/").content.decode()


class TestFeed:
    def test_it_has_the_moves_that_were_entered_last(self, visitor: Client) -> None:
        practice = PracticeFactory.create(slug="shared", texts={"en": {"title": "Shared living"}})
        wrong = moved(practice, "5", "2020-01-01")
        moved(practice, "3", "2020-01-01", corrects=wrong, reason="Misread.")
        row = moved(practice, "4", "2021-01-01")
        moved(PracticeFactory.create(live=False), "4", "2021-01-01")
        answer = visitor.get(f"{TRACKER}feed.atom")
        feed = answer.content.decode()
        assert answer["Content-Type"].startswith("application/atom+xml")
        assert feed.count("<entry>") == 2
        assert feed.index(f"“{_name('3')}” to “{_name('4')}”") < feed.index(f"Moved to “{_name('3')}”")
        assert f"/en/practices/shared/#move-{row.pk}" in feed


class TestAlerts:
    @pytest.fixture
    def until(self) -> datetime:
        """Everything that is entered now is told an hour from now."""
        for each in sources.known():
            SourceTold.objects.update_or_create(source=each.name, defaults={"told_until": timezone.now()})
        return timezone.now() + timedelta(hours=1)

    def test_followers_of_both_hear_once_of_what_changed_the_stage(self, until: datetime) -> None:
        practice = PracticeFactory.create(texts={"en": {"title": "Shared living"}}, stage="2")
        other = PracticeFactory.create(texts={"en": {"title": "Another one"}})
        long_ago = timezone.now() - timedelta(days=9)
        for topic in ("mainstreaming", f"practice:{practice.pk}"):
            SubscriptionFactory.create(topic=topic, email="both@example.org", language="en", confirmed_at=long_ago)
        key = f"practice:{practice.pk}"
        SubscriptionFactory.create(topic=key, email="one@example.org", language="en", confirmed_at=long_ago)
        moved(practice, "4", "2020-06-01")
        moved(practice, "3", "2018-01-01")
        moved(other, "4", "2020-06-01")
        moved(PracticeFactory.create(live=False), "4", "2020-06-01")
        assert telling.run(now=until) == 2
        assert telling.run(now=until + timedelta(hours=1)) == 0
        mails = {mail.to_email: render(mail, now=until).text for mail in Message.objects.all()}
        assert mails["both@example.org"].count("Moved") == 2
        assert "Another one" in mails["both@example.org"]
        assert "Another one" not in mails["one@example.org"]
        said = f"Moved from “{_name('3')}” to “{_name('4')}”: Monday 1 June 2020, according to The city."
        assert said in mails["one@example.org"]

    def test_what_was_corrected_before_the_mail_leaves_is_not_told(self, until: datetime) -> None:
        practice = PracticeFactory.create()
        SubscriptionFactory.create(topic="mainstreaming", confirmed_at=timezone.now() - timedelta(days=9))
        wrong = moved(practice, "4", "2020-06-01")
        assert telling.run(now=until) == 1
        moved(practice, "", "2020-06-01", corrects=wrong, reason="It was another practice.")
        assert telling.withdraw_gone([Message.objects.get().pk]) == 1

    def test_both_can_be_followed_where_they_are_shown(self, visitor: Client) -> None:
        practice = PracticeFactory.create(slug="shared")
        moved(practice, "4", "2020-06-01")
        for address, topic in [(TRACKER, "mainstreaming"), ("/en/practices/shared/", f"practice:{practice.pk}")]:
            assert f"?topic={topic}" in visitor.get(address).content.decode()
            assert topics.resolve(topic, "en") is not None
        for unknown in (
            "mainstreaming:1",
            "practice:0",
            "practice:x",
            f"practice:{PracticeFactory.create(live=False).pk}",
        ):
            assert topics.resolve(unknown, "en") is None


class TestPeriods:
    """A page that opens with nothing in it tells nobody anything: it looks back as far as the last move."""

    @pytest.fixture(autouse=True)
    def today(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(forms, "_today", lambda: date(2026, 11, 30))

    @pytest.mark.parametrize(
        ("moves", "begins", "offered"),
        [
            ([], "2025-11-30", []),
            (["2026-03-01"], "2025-11-30", []),
            (["2026-03-01", "2022-03-01"], "2025-11-30", ["The last year", "The last 5 years"]),
            (["2022-03-01", "2018-03-01"], "2021-11-30", ["The last 5 years", "The last 10 years"]),
            (["2021-11-30"], "2016-11-30", []),
            (
                ["2022-03-01", "1989-01-01"],
                "2021-11-30",
                ["The last 5 years", "The last 10 years", "Since the first known move"],
            ),
            (["1989-01-01"], "1988-12-31", []),
        ],
    )
    def test_it_begins_with_the_shortest_that_holds_a_move(
        self, visitor: Client, moves: list[str], begins: str, offered: list[str]
    ) -> None:
        for on in moves:
            moved(PracticeFactory.create(), "4", on)
        moved(PracticeFactory.create(live=False), "4", "2026-06-01")
        page = visitor.get(TRACKER).content.decode()
        assert f'value="{begins}"' in page
        links = re.findall(r'<a class="kinds__link" href="([^"]+)" rel="nofollow"([^>]*)>([^<]+)</a>', page)
        assert [label for _url, _state, label in links] == offered
        assert [bool(state) for _url, state, _label in links] == [place == 0 for place, _ in enumerate(offered)]
        assert ("No move between these days" in page) is not bool(moves)
        for url, _state, label in links:
            opened = visitor.get(unescape(url).split("#")[0] + "&hooks=could").content.decode()
            assert f'aria-current="true">{label}</a>' in opened
            assert "No move between these days" not in opened
            assert opened.count("&amp;hooks=could#flows") == len(links)

    def test_the_list_of_moves_begins_there_as_well(self, visitor: Client) -> None:
        moved(PracticeFactory.create(texts={"en": {"title": "Shared living"}}), "4", "2012-01-01")
        assert "Shared living" in visitor.get(f"{TRACKER}moves/").content.decode()

    def test_the_calendar_ends_somewhere(self) -> None:
        assert periods.years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
        assert periods.years_before(date(4, 3, 1), 10) == date(1, 3, 1)

"""Figures as staff and visitors read them: each opens as many records as it says, and no few people are told of."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override, pgettext
from openpyxl import load_workbook

from accounts.users.models import User
from hub.content_memory import kept_pages
from hub.measures.counting import Value
from monitoring.comments import writing
from monitoring.figures.asking import PeriodForm, RecordsForm
from monitoring.indicators.models import Indicator, Target
from monitoring.snapshots import correcting, taking
from monitoring.snapshots.correcting import Entry
from monitoring.snapshots.models import Snapshot
from partners.organisations.models import Organisation
from tests.monitoring.given import ALL, NOW, PEOPLE, many, measured, organisation
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
STAFF, PUBLIC = "/admin/monitoring/figures/", "/en/figures/"
_LINK = re.compile(r'<a [^>]*?href="([^"]*/list/\?[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_SAID = re.compile(r"[\d.,]+")


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def indicators(monkeypatch: pytest.MonkeyPatch) -> dict[str, Indicator]:
    return measured(monkeypatch, *ALL)


@pytest.fixture
def staff(editor_user: User) -> Client:
    return signed_in(editor_user)


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return unescape(answer.content.decode())


def opened(client: Client, page: str) -> Iterator[tuple[str, str]]:
    """Each way to records on a page, with what is said on it."""
    for address, said in _LINK.findall(client.get(page).content.decode()):
        yield unescape(address), " ".join(re.sub(r"<[^>]*>", " ", said).split())


def count_on(client: Client, address: str) -> int:
    found = re.search(r'<h2 id="count">(\d+) record', read(client, address))
    assert found is not None, address
    return int(found[1])


def rows_of(client: Client, address: str) -> list[list[str]]:
    """Those of the CSV of a list."""
    path, _mark, query = address.partition("?")
    answer: Any = client.get(f"{path}csv/?{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))[1:]


def listed(client: Client, address: str) -> int:
    """How many records stand on all pages of a list."""
    number = 0
    for page in range(1, 9):
        html = read(client, f"{address}&page={page}")
        number += html.count('<li class="figure-said">')
        if 'rel="next"' not in html:
            break
    return number


def _variety() -> None:
    for name, sector, at, themes in (
        ("alfa", "government", "2026-11-01", "1 2"),
        ("beta", "government", "2027-01-01", "2"),
        ("zeta", "business", "2027-02-28", ""),
        ("omega", "academia", "2027-06-15", "3 1"),
    ):
        organisation(name, sector, at=at, themes=themes)
    many(53, "citizens")


@pytest.mark.parametrize("code", ["organisations", "new", "share", "letters", "closed"])
def test_every_figure_bar_and_point_opens_as_many_records_in_list_and_file(
    staff: Client, indicators: dict[str, Indicator], code: str
) -> None:
    _variety()
    taking.take(date(2027, 5, 31))
    taking.take(date(2027, 6, 14))
    ways = set(opened(staff, f"{STAFF}{code}/"))
    assert len(ways) > 8
    assert len({address for address, _said in ways if "by=" in address}) >= 3
    for address, _said in ways:
        number = count_on(staff, address)
        assert number == listed(staff, address) == len(rows_of(staff, address)), address
    if code in {"organisations", "new", "closed"}:
        # The number is what stands on the link.
        said = {address: found[0] for address, words in ways if (found := _SAID.match(words))}
        assert {address: count_on(staff, address) for address in said} == {
            address: int(number) for address, number in said.items()
        }


def test_a_share_comes_from_both_numbers_which_open_their_records(
    staff: Client, indicators: dict[str, Indicator]
) -> None:
    for name, sector in (("a", "government"), ("b", "business"), ("z", "business"), ("y", "business")):
        organisation(name, sector)
    page = read(staff, f"{STAFF}share/")
    # Of 1 in 1 and 1 in 3 the average would be 66.7 per cent.
    assert "50%" in page
    assert "33.3%" in page
    assert "66.7" not in page
    today = f"{STAFF}share/list/?until=2027-06-15"
    assert (count_on(staff, today), count_on(staff, f"{today}&of=whole")) == (2, 4)
    part = f"{today}&by=sector&key=business"
    assert (count_on(staff, part), count_on(staff, f"{part}&of=whole")) == (1, 3)
    assert len(rows_of(staff, f"{part}&of=whole")) == 3


def test_the_overview_says_now_target_distance_and_baseline_by_area(
    visitor: Client, indicators: dict[str, Indicator]
) -> None:
    many(6)
    found = indicators["organisations"]
    Indicator.objects.filter(pk=found.pk).update(baseline=2, baseline_on="2026-01-01", direction=1)
    for by, figure in (("2026-12-31", 3), ("2027-12-31", 10), ("2028-12-31", 20)):
        Target.objects.create(indicator=found, by=by, figure=figure)
    page = " ".join(read(visitor, PUBLIC).split())
    assert "Next target: 10 by Friday 31 December 2027 – <strong>4 below it</strong>" in page
    assert "Baseline: 2 on Thursday 1 January 2026" in page
    many(4, "citizens")
    assert "<strong>reached</strong>" in read(visitor, PUBLIC)
    Indicator.objects.filter(pk=found.pk).update(direction=-1)
    many(2, "government")
    assert "<strong>2 above it</strong>" in read(visitor, PUBLIC)


def test_visitors_see_what_staff_chose_and_open_only_what_is_open(
    visitor: Client, staff: Client, indicators: dict[str, Indicator]
) -> None:
    many(6)
    Indicator.objects.filter(code="letters").update(is_public=False)
    page = read(visitor, PUBLIC)
    assert "Organisations in the directory" in page
    assert "Letters of a name" not in page
    assert "Letters of a name" in read(staff, STAFF)
    read(visitor, f"{PUBLIC}letters/", 404)
    read(visitor, f"{PUBLIC}letters/list/", 404)
    for code in ("people", "closed"):
        assert not list(opened(visitor, f"{PUBLIC}{code}/"))
        read(visitor, f"{PUBLIC}{code}/list/", 404)
        assert "business 001" not in read(visitor, f"{PUBLIC}{code}/")
    assert count_on(visitor, f"{PUBLIC}organisations/list/") == 6
    assert not any("/csv/" in address for address, _said in opened(visitor, f"{PUBLIC}organisations/"))


def test_figures_of_the_admin_are_for_staff_with_the_right(
    visitor: Client, staff: Client, partner_user: User, indicators: dict[str, Indicator]
) -> None:
    partner = signed_in(partner_user)
    for address in (STAFF, f"{STAFF}organisations/", f"{STAFF}organisations/list/", f"{STAFF}organisations/list/csv/"):
        assert visitor.get(address).status_code == 302
        assert partner.get(address).status_code == 403
        assert staff.get(address).status_code == 200


def test_records_about_people_are_for_staff_who_may_see_such_records(
    staff: Client, editor_user: User, indicators: dict[str, Indicator]
) -> None:
    many(6)
    assert count_on(staff, f"{STAFF}people/list/") == 6
    for group in editor_user.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="view_organisation"))
    for part in ("list/", "list/csv/"):
        assert staff.get(f"{STAFF}people/{part}").headers["Location"] == "/admin/", "as Wagtail refuses"
    assert not list(opened(staff, f"{STAFF}people/"))
    assert count_on(staff, f"{STAFF}organisations/list/") == 6


@pytest.mark.parametrize("who", ["visitor", "staff"])
def test_fewer_than_five_people_are_told_of_nowhere(
    request: pytest.FixtureRequest, staff: Client, indicators: dict[str, Indicator], who: str
) -> None:
    client: Client = request.getfixturevalue(who)
    base = STAFF if who == "staff" else PUBLIC
    many(3, "academia")
    taking.take(date(2027, 5, 31))
    many(9, "business")
    many(7, "citizens")
    taking.take(date(2027, 6, 14))
    page = read(client, f"{base}people/")
    # The three; the seven, from which they could be worked out; the day on which there were three.
    sectors = page[page.index('id="by-sector"') : page.index('id="by-country"')]
    assert sectors.count("fewer than 5") == 2
    assert re.findall(r"bars__number[^>]*>(\d+)<", sectors) == ["9"]
    trend = page[page.index('<section class="section stack" aria-labelledby="trend"') :]
    assert "Monday 31 May 2027</time></th><td>fewer than 5" in trend
    assert "Monday 14 June 2027</time>" in trend
    for key in ("academia", "citizens"):
        asked = f"?until=2027-06-15&by=sector&key={key}"
        hidden = read(staff, f"{STAFF}people/list/{asked}")
        assert "fewer than 5" in hidden
        assert f"{key} 00" not in hidden
        assert staff.get(f"{STAFF}people/list/csv/{asked}").status_code == 302
    Organisation.objects.filter(sector__code__in=["business", "citizens"]).delete()
    assert "fewer than 5" in read(client, base)
    assert "academia 00" not in read(staff, f"{STAFF}people/list/")


def test_all_but_a_few_people_are_told_of_no_more_than_the_few() -> None:
    from dataclasses import replace

    from monitoring.figures import saying

    share = replace(PEOPLE, whole=PEOPLE.records)
    assert saying.is_hidden(share, Value(97, 100))
    assert not saying.is_hidden(share, Value(90, 100))
    assert not saying.is_hidden(share, Value(100, 100))


class TestPeriods:
    def test_this_calendar_year_unless_somebody_says_so(self, staff: Client, indicators: dict[str, Indicator]) -> None:
        _variety()
        page = read(staff, f"{STAFF}new/")
        assert "from Friday 1 January 2027 to Tuesday 15 June 2027" in page
        assert 'value="2027-01-01"' in page
        assert count_on(staff, f"{STAFF}new/list/?since=2027-01-01&until=2027-06-15") == 56

    def test_held_against_the_period_before_or_a_year_before(
        self, visitor: Client, indicators: dict[str, Indicator]
    ) -> None:
        for at in ("2027-02-01", "2027-02-28", "2027-02-14", "2027-01-31", "2026-02-01"):
            organisation(f"of {at}", at=at)
        february = f"{PUBLIC}new/?since=2027-02-01&until=2027-02-28&compare="
        page = " ".join(read(visitor, f"{february}before").split())
        assert "from Monday 4 January 2027 to Sunday 31 January 2027" in page
        assert "The first against the second: <strong>2 more</strong>" in page
        assert "from Sunday 1 February 2026 to Saturday 28 February 2026" in read(visitor, f"{february}year")
        leap = read(visitor, f"{PUBLIC}new/?since=2024-02-29&until=2024-02-29&compare=year")
        assert "from Tuesday 28 February 2023 to Tuesday 28 February 2023" in leap

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("since=2027-03-02&until=2027-03-01", "The second day comes before the first."),
            ("since=2027-02-30", "Enter a valid date."),
            ("until=9999-12-31", "This day has not come yet."),
            ("since=0001-01-01", "Choose a day from 2000 on."),
            ("compare=nonsense", "nonsense is not one of the available choices."),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field(
        self, visitor: Client, staff: Client, indicators: dict[str, Indicator], query: str, said: str
    ) -> None:
        many(2)
        assert said in read(visitor, f"{PUBLIC}new/?{query}")
        assert said in read(staff, f"{STAFF}new/?{query}")
        if "compare" not in query:
            assert said in read(visitor, f"{PUBLIC}new/list/?{query}")
            assert said in read(staff, f"{STAFF}new/list/?{query}")
            assert staff.get(f"{STAFF}new/list/csv/?{query}").status_code == 302


@pytest.mark.parametrize(
    "rest",
    [
        "nothing/",
        "nothing/list/",
        "organisations/list/?by=nothing&key=1",
        "organisations/list/?by=sector&key=nothing",
        "organisations/list/?key=government",
        "organisations/list/?of=nothing",
        "organisations/list/?of=whole",
        f"organisations/list/?by=sector&key={'x' * 101}",
    ],
)
def test_what_there_is_not_is_not_found(
    visitor: Client, staff: Client, indicators: dict[str, Indicator], rest: str
) -> None:
    many(1)
    read(visitor, PUBLIC + rest, 404)
    read(staff, STAFF + rest, 404)
    if "list/" in rest:
        read(staff, STAFF + rest.replace("list/", "list/csv/"), 404)
    read(staff, f"{STAFF}organisations/list/pdf/", 404)
    assert "0 records" in read(visitor, f"{PUBLIC}organisations/list/?by=sector&key=academia&page=nonsense")


def test_a_file_for_spreadsheets_has_the_same_rows(staff: Client, indicators: dict[str, Indicator]) -> None:
    _variety()
    organisation("=HYPERLINK(1)", "academia")
    asked = f"{STAFF}organisations/list/?until=2027-06-15&by=sector&key=academia"
    assert [row[0] for row in rows_of(staff, asked)] == ["'=HYPERLINK(1)", "omega"]
    answer: Any = staff.get(asked.replace("list/", "list/xlsx/"))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    assert sheet.max_row == 3


class TestTrend:
    def test_each_month_shows_what_stands_of_its_last_day_and_marks_corrections(
        self, visitor: Client, staff: Client, editor_user: User, indicators: dict[str, Indicator]
    ) -> None:
        many(2)
        found = indicators["organisations"]
        Snapshot.objects.create(indicator=found, day="2027-03-01", number=2)
        for day in ("2027-03-30", "2027-03-31", "2027-04-30"):
            taking.take(date.fromisoformat(day))
        april = Snapshot.objects.whole().get(indicator=indicators["new"], day="2027-04-30")
        correcting.correct(april, value=Value(7), reason="Two were hidden by mistake.", by=editor_user)
        page = read(visitor, f"{PUBLIC}new/")
        assert page.count('class="trend__mark"') == 1
        assert page.count('class="trend__mark is-corrected"') == 1
        assert "Corrected: Two were hidden by mistake." in page
        assert "7 instead of 2" in " ".join(page.split())
        assert "Tuesday 30 March 2027" not in page
        assert editor_user.email not in page
        # Records of the days before are not told by what stands: nobody counted them in time.
        assert "Days that were missed" in read(visitor, f"{PUBLIC}{found.code}/")
        assert "Days that were missed" not in page

    def test_a_point_says_why_its_list_is_another(
        self, visitor: Client, editor_user: User, indicators: dict[str, Indicator]
    ) -> None:
        many(2)
        Snapshot.objects.create(indicator=indicators["organisations"], day="2027-04-01", number=2)
        taking.take(date(2027, 4, 30))
        with time_machine.travel(NOW.replace(hour=1), tick=False):
            taking.take(date(2027, 6, 14))
        asked = f"{PUBLIC}new/list/?until=2027-04-30"
        assert 'class="figure__note"' not in read(visitor, asked)
        organisation("entered late", at="2027-04-02")
        page = read(visitor, asked)
        assert "The figure kept for this day is 2; records were entered, changed or taken away since." in page
        assert count_on(visitor, asked) == 3
        kept = Snapshot.objects.whole().get(indicator=indicators["new"], day="2027-04-30")
        correcting.correct(kept, value=Value(5), reason="Late ones.", by=editor_user)
        assert "The figure kept for this day is 5, corrected by hand: Late ones." in read(visitor, asked)
        other = f"{PUBLIC}organisations/list/?until="
        assert "No figure was kept for this day: it was missed." in read(visitor, f"{other}2027-04-30")
        assert "is 2; the list shows records as they are today." in read(visitor, f"{other}2027-06-14")

    def test_years_are_thinned_to_what_a_finger_meets(self, indicators: dict[str, Indicator]) -> None:
        from monitoring.figures import trends
        from monitoring.figures.rules import Reader

        found = indicators["organisations"]
        for place in range(40):
            Snapshot.objects.create(indicator=found, day=date(2024 + place // 12, place % 12 + 1, 28), number=place)
        for months, expected in ((11, (1, 11)), (12, (2, 6)), (33, (3, 11)), (40, (6, 7))):
            kept = trends.last_of_months([found])[found.pk][:months]
            drawn = trends.trend(Reader(), found, kept)
            assert drawn is not None
            assert (drawn.months, len(drawn.points)) == expected
            assert drawn.last.figure.amount == months - 1


def test_what_is_entered_by_hand_shows_its_entries_with_sources(
    visitor: Client, staff: Client, editor_user: User, indicators: dict[str, Indicator]
) -> None:
    by_hand = Indicator.objects.create(
        code="trained", area="learning", name="Trained", definition="People trained", unit="people", is_public=True
    )
    for day, figure in (("2026-12-31", "12.5"), ("2027-03-31", "20")):
        entry = Entry(date.fromisoformat(day), Decimal(figure), "Report of the year")
        correcting.enter(by_hand, entry, by=editor_user)
    late = Entry(date(2027, 3, 31), Decimal(21), "Report of the year")
    correcting.enter(by_hand, late, by=editor_user, reason="Late.")
    page = read(visitor, f"{PUBLIC}trained/list/")
    assert "2 figures that were entered" in page
    for words in ("12.5", "21", "Source: Report of the year", "Corrected: Late."):
        assert words in page
    assert str(editor_user) not in page
    assert str(editor_user) in read(staff, f"{STAFF}trained/list/")
    assert "on Wednesday 31 March 2027" in " ".join(read(visitor, f"{PUBLIC}trained/").split())
    assert [row[:3] for row in rows_of(staff, f"{STAFF}trained/list/?")] == [
        ["2027-03-31", "21.0", "Report of the year"],
        ["2026-12-31", "12.5", "Report of the year"],
    ]


@pytest.mark.usefixtures("set_up_anew")
@pytest.mark.parametrize("who", ["visitor", "staff"])
def test_the_number_of_queries_stays(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, editor_user: User, who: str
) -> None:
    indicators = measured(monkeypatch, *ALL)
    client: Client = request.getfixturevalue(who)
    base = STAFF if who == "staff" else PUBLIC
    addresses = [base + part for part in ("", "share/", "new/?compare=year", "people/", "organisations/list/")]

    def more(number: int, month: int) -> None:
        many(number, "business" if month == 4 else "citizens")
        taking.take(date(2027, month, 28))
        for row in Snapshot.objects.filter(day=date(2027, month, 28), number__isnull=False):
            correcting.correct(row, value=Value(99, row.whole, row.amount), reason="Wrong.", by=editor_user)
        for found in indicators.values():
            Target.objects.create(indicator=found, by=date(2028, month, 1), figure=number)
            writing.write(found, until=date(2027, month, 28), text="So.", language="en", by=editor_user, is_public=True)

    more(1, 4)
    few = _each_asked_twice(client, addresses)
    more(60, 5)
    assert _each_asked_twice(client, addresses) == few
    assert max(few.values()) <= 25, few


def _each_asked_twice(client: Client, addresses: list[str]) -> dict[str, int]:
    """Queries of the second time, when what all pages share is remembered, but for the version of the content."""
    found = {}
    for address in addresses:
        read(client, address)
        with CaptureQueriesContext(connection) as queries:
            read(client, address)
        found[address] = len([each for each in queries if "hub_contentchange" not in each["sql"].lower()])
    return found


def test_search_engines_and_the_page_cache_know_the_public_pages(
    visitor: Client, indicators: dict[str, Indicator]
) -> None:
    Indicator.objects.filter(code="closed").update(is_public=False)
    found = visitor.get("/sitemap-figures.xml").content.decode()
    for language, section in (("en", "figures"), ("fr", pgettext_in("fr")), ("de", pgettext_in("de"))):
        assert f"/{language}/{section}/organisations/</loc>" in found
    assert "/closed/" not in found
    assert "/en/figures/</loc>" in visitor.get("/sitemap-sections.xml").content.decode()
    assert all(kept_pages.is_kept(f"monitoring:{name}") for name in ("figures", "figure", "records"))
    assert kept_pages.are_known([*PeriodForm.base_fields, *RecordsForm.base_fields, "page"])


def pgettext_in(language: str) -> str:
    """What the section is called in this language."""
    with override(language):
        return pgettext("url", "figures/").rstrip("/")

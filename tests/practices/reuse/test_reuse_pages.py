"""What readers see of reuse, and how an organisation reports, is checked, and says how it went on."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.users.models import User
from partners.organisations.models import Membership, Organisation
from practices.practice.models.practice import Practice
from practices.reuse import asking, checking, reporting
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseCheck
from practices.reuse.models.versions import ReuseVersion
from practices.reuse_reports.rows import WrittenNumberField
from tests.factories.partners import OrganisationFactory, term
from tests.factories.practices import PracticeFactory
from tests.factories.reuse import SOURCE, accepted, account, many, place, reported, reporter_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
FIGURE = {"what": "people who take part", "value": "12", "unit": "people", "year": "2022"}


def filled(**more: Any) -> dict[str, Any]:
    """The least that the form needs."""
    said = {"since_year": "2021", "outcome": "works", "came_of_it": "Neighbours meet.", "language": "en", "seen": "0"}
    return said | {"country": "BE", "place": "Aalst"} | more


def report_url(practice: Practice) -> str:
    return reverse("practices:report_reuse", args=[practice.slug])


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def member(partner_user: User, partner: Client) -> Client:
    """Somebody who acts for one organisation, signed in."""
    Membership.objects.create(organisation=OrganisationFactory.create(name="Hearth"), user=partner_user)
    return partner


def test_the_page_of_a_practice_counts_and_says_why(visitor: Client, editor_user: User) -> None:
    practice = PracticeFactory.create()
    for number, outcome in enumerate(["works", "works", "part", "stopped", "failed", "early"]):
        accepted(practice, by=editor_user, where=place(f"Town {number}"), outcome=outcome, since_year=2015 + number)
    reported(practice, came_of_it="Nobody reads this yet.")
    shown = page(visitor, practice.get_absolute_url())
    for words in ("Taken up by 6 others:", "works for 2", "works in part for 1", "stopped at 1", "did not work for 1"):
        assert words in shown
    assert shown.count("The grant ended.") == 2
    assert "East Flanders: taken up by 6" in shown
    assert shown.index("since 2015") < shown.index("since 2020"), "along the years"
    assert "Nobody reads this yet." not in shown


def test_without_any_it_asks_for_a_report(visitor: Client) -> None:
    practice = PracticeFactory.create()
    shown = page(visitor, practice.get_absolute_url())
    assert "Nobody reported yet" in shown
    assert report_url(practice) in shown


def test_the_list_is_narrowed_by_outcome(visitor: Client, editor_user: User) -> None:
    practice = PracticeFactory.create()
    accepted(practice, by=editor_user, came_of_it="All is well.")
    accepted(practice, by=editor_user, came_of_it="It ended.", outcome="stopped")
    url = reverse("practices:reuses", args=[practice.slug])
    everything, ended = page(visitor, url), page(visitor, f"{url}?outcome=stopped&outcome=unknown")
    assert "All is well." in everything
    assert "It ended." in everything
    assert "All is well." not in ended
    assert "It ended." in ended
    assert "1 report" in page(visitor, f"{url}?q=ended")


@pytest.mark.parametrize("number", [1, 3, 60])
def test_queries_do_not_grow(visitor: Client, django_assert_max_num_queries: Any, number: int) -> None:
    practice = PracticeFactory.create()
    many(practice, number)
    with django_assert_max_num_queries(14):
        visitor.get(reverse("practices:reuses", args=[practice.slug]))
    with django_assert_max_num_queries(25):
        visitor.get(practice.get_absolute_url())
    with django_assert_max_num_queries(15):
        visitor.get(Reuse.objects.filter(practice=practice)[0].get_absolute_url())


def test_the_page_of_a_report_tells_all_of_it(visitor: Client, editor_user: User) -> None:
    reuse = accepted(
        by=editor_user,
        figures=1,
        may_ask=True,
        what_changed="A room instead of a garden.",
        decided_by=["workers", "users"],
        fidelity="kept",
        actual_cost="12500.50",
        cost_year=2022,
    )
    Organisation.objects.filter(pk=reuse.organisation_id).update(email="hearth@example.org")
    shown = page(visitor, reuse.get_absolute_url())
    for words in ("A room instead of a garden.", "those who carry it out", "yes: what makes it work stayed"):
        assert words in shown
    assert "€ 12,500.50" in shown
    assert "people who take part" in shown
    assert "Told and not shown" in shown
    assert reverse("partners:write", args=[reuse.organisation.slug]) in shown  # type: ignore[union-attr]  # it has one


def test_the_same_counted_in_two_years_is_drawn_beside_its_table(visitor: Client, editor_user: User) -> None:
    said = account(figures=3)
    for figure, (value, year) in zip(said.figures, [(40, 2024), (10, 2021), (7, 2022)], strict=True):
        figure.value, figure.year = value, year
    said.figures[2].unit = "%"
    shown = page(visitor, accepted(by=editor_user, said=said).get_absolute_url())
    drawn = re.findall(r'bars__length"[^>]*width="(\d+)".*?bars__number"[^>]*>([^<]*)<', shown)
    assert drawn == [("68", "10"), ("270", "40")], "earliest first, and nothing in another unit"
    assert 'role="img" aria-label="people who take part (people): 10 (2021), 40 (2024)"' in shown
    assert shown.count('<tr><th scope="row">people who take part</th>') == 3


def test_nobody_is_asked_who_did_not_agree(visitor: Client, editor_user: User) -> None:
    shown = page(visitor, accepted(by=editor_user, sources=1).get_absolute_url())
    assert "Ask them" not in shown
    assert "Told and not shown" not in shown


def test_visitors_see_no_version_that_was_not_accepted(visitor: Client, editor_user: User) -> None:
    reuse = accepted(by=editor_user)
    assert reuse.organisation
    by = reporter_of(reuse.organisation)
    reporting.update(reuse, account=account(came_of_it="Wrong words."), may_ask=False, by=by, seen=1)
    newest = reporting.newest_of(reuse)
    assert newest
    checking.send_back(newest, by=editor_user, reason="A secret reason.")
    shown = page(visitor, reuse.get_absolute_url())
    assert "Wrong words." not in shown
    assert "A secret reason." not in shown
    assert visitor.get(reported().get_absolute_url()).status_code == 404


def test_a_report_is_sent_and_waits(member: Client) -> None:
    practice = PracticeFactory.create()
    organisation = Organisation.objects.get(name="Hearth")
    more = {"figures-0-what": "people", "figures-0-value": "12.5", "figures-0-unit": "people", "figures-0-year": "2022"}
    data = filled(organisation=organisation.pk, may_ask="on", goals=["reach", "cost"], **more)
    for _time in (1, 2):
        answer = member.post(report_url(practice), data, follow=True)
        assert "waits to be checked" in answer.content.decode()
    version = ReuseVersion.objects.get()
    assert version.goals == ["reach", "cost"]
    assert version.figures.get().value == 12.5
    assert version.reuse.may_ask


def test_who_acts_for_nobody_reads_how_to(other_partner: Client) -> None:
    assert "You act for none yet" in page(other_partner, report_url(PracticeFactory.create()))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"since_year": "2098"}, "in the future"),
        ({"until_year": "2020"}, "cannot end before it began"),
        ({"outcome": "stopped"}, "Say why."),
        ({"outcome": ""}, "What came of it"),
        ({"figures-1-value": "3"}, "Say what this figure counts."),
        ({"figures-0-what": "x", "figures-0-unit": "x", "figures-0-value": "1"}, "Say of which year this figure is."),
        ({"figures-0-what": "x", "figures-0-value": "1", "figures-0-year": "2022"}, "Say in what it is counted"),
        ({"sources-0-title": "x", "sources-0-url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"sources-0-title": "x", "sources-0-url": "ftp://example.org/x"}, "Enter a valid URL"),
        ({"figures-TOTAL_FORMS": "nonsense", "figures-4-value": "x"}, "Enter a number."),
        ({"place": "x" * 200}, "at most 100"),
        ({"since_year": "99999999999999999999"}, "four figures"),
        ({"actual_cost": "5"}, "Say of which year this cost is."),
    ],
)
def test_bad_input_is_told_and_kept(member: Client, wrong: dict[str, str], words: str) -> None:
    practice = PracticeFactory.create()
    data = filled(organisation=Organisation.objects.get(name="Hearth").pk, came_of_it="These words stay.", **wrong)
    answer = member.post(report_url(practice), data)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert words in shown
    assert "These words stay." in shown
    assert not Reuse.objects.exists()


@pytest.mark.parametrize(
    ("language", "written", "number"),
    [
        ("nl", "1.200", "1200"),
        ("nl", "1.200,5", "1200.5"),
        ("nl", "1,2", "1.2"),
        ("nl", "0.125", "0.125"),
        ("nl", "12.50", "12.5"),
        ("de", "12.345.678", "12345678"),
        ("fr", "1\u202f200,25", "1200.25"),
        ("fr", "1 200", "1200"),
        ("en", "1,200", "1200"),
        ("en", "1,200.5", "1200.5"),
        ("en", "1.200", "1.2"),
        ("en", "€ 7 000", "7000"),
        ("nl", "-1.200", "-1200"),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(language: str, written: str, number: str) -> None:
    with translation.override(language):
        assert WrittenNumberField().clean(written) == Decimal(number)


def test_a_number_comes_back_as_it_is_read() -> None:
    with translation.override("nl"):
        for number in (Decimal("1.234"), Decimal("1234567.5"), Decimal(1200)):
            field = WrittenNumberField()
            assert field.clean(field.widget.format_value(number)) == number


@pytest.mark.parametrize("written", ["1.20.0", "12 enveloppen", "1.200.5,x"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with translation.override("nl"), pytest.raises(ValidationError):
        WrittenNumberField().clean(written)


def test_a_region_is_in_its_country(member: Client) -> None:
    hearth = Organisation.objects.get(name="Hearth")
    url, data = report_url(PracticeFactory.create()), filled(organisation=hearth.pk, region="BE10")
    answer = member.post(url, data | {"country": "IE"})
    assert answer.status_code == 422
    assert "This region is in another country." in answer.content.decode()
    assert member.post(url, data).status_code == 302


def test_the_title_says_that_a_row_has_something_to_mend(member: Client) -> None:
    data = filled(organisation=Organisation.objects.get(name="Hearth").pk, **{"figures-0-what": "people"})
    answer = member.post(report_url(PracticeFactory.create()), data)
    assert "<title>Error: " in answer.content.decode()


def test_what_the_centre_entered_is_not_told_as_their_own_words(visitor: Client, editor_user: User) -> None:
    entered = reporting.enter(
        PracticeFactory.create(), adopter="A town", place=place(), account=account(sources=1), by=editor_user
    )
    theirs = page(visitor, accepted(by=editor_user).get_absolute_url())
    assert "What they tell" in theirs
    shown = page(visitor, entered.get_absolute_url())
    assert "What the sources tell" in shown
    assert "Entered on" in shown
    assert "What they tell" not in shown


def test_what_nobody_read_yet_is_changed_and_what_is_read_goes_on(member: Client, editor_user: User) -> None:
    hearth = Organisation.objects.get(name="Hearth")
    assert "Change the report" in page(member, reported(organisation=hearth).get_absolute_url())
    shown = page(member, accepted(by=editor_user, organisation=hearth).get_absolute_url())
    assert "Say how it went on" in shown
    assert "Change the report" not in shown


def test_who_asks_the_library_for_what_failed_finds_the_reports_of_it(visitor: Client, editor_user: User) -> None:
    practice = PracticeFactory.create()
    accepted(practice, by=editor_user, outcome="failed")
    library = reverse("practices:library")
    reports = f"{reverse('practices:reuses', args=[practice.slug])}?outcome=failed&amp;outcome=stopped"
    asked = page(visitor, f"{library}?outcome=stopped&outcome=failed")
    assert reports in asked or reports.replace("failed&amp;outcome=stopped", "stopped&amp;outcome=failed") in asked
    assert "?outcome=" not in page(visitor, f"{library}?uptake=yes").partition('class="rows"')[2]


def test_a_stale_update_is_told_and_keeps_the_words(member: Client, partner_user: User) -> None:
    hearth = Organisation.objects.get(name="Hearth")
    reuse = reported(organisation=hearth)
    url = reuse.address("practices:update_reuse")
    assert "Neighbours meet." in page(member, url)
    reporting.update(reuse, account=account(came_of_it="First."), may_ask=False, by=partner_user, seen=1)
    answer = member.post(url, filled(came_of_it="My own words.", seen="1"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "sent version 2 of this report" in shown
    assert "My own words." in shown
    assert 'name="seen" value="2"' in shown
    assert member.post(url, filled(came_of_it="My own words.", seen="2")).status_code == 302
    assert reuse.versions.count() == 3


def test_what_was_said_before_is_filled_in_whole(member: Client) -> None:
    hearth = Organisation.objects.get(name="Hearth")
    reuse = reported(organisation=hearth, figures=2, sources=1, goals=["reach"], may_ask=True)
    url = reuse.address("practices:update_reuse")
    shown = page(member, url)
    assert shown.count('value="people who take part"') == 2
    assert 'value="https://example.org/report"' in shown
    rows = {f"figures-{row}-{name}": value for row in (0, 1) for name, value in FIGURE.items()}
    source = {f"sources-0-{name}": value for name, value in SOURCE.items()}
    same = filled(seen="1", may_ask="on", goals="reach", **rows, **source)
    assert member.post(url, same).status_code == 302
    assert reuse.versions.count() == 1, "sent as it was filled in it says the same"
    assert member.post(url, same | {"came_of_it": "It grew."}).status_code == 302
    newest = reporting.newest_of(reuse)
    assert newest
    assert newest.figures.count() == 2
    assert newest.sources.count() == 1


def test_an_update_has_a_moment_of_its_own_and_counts_on_its_day(
    member: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = timezone.now() - timedelta(days=400)
    reuse = Reuse.objects.create(
        practice=PracticeFactory.create(),
        organisation=Organisation.objects.get(name="Hearth"),
        country=term("country", "BE"),
        state="returned",
    )
    said = account().version
    said.reuse, said.number, said.at = reuse, 1, long_ago
    said.save()
    ReuseCheck.objects.create(version=said, verdict="returned", checked_as="centre", reason="Where?")
    url = reuse.address("practices:update_reuse")
    assert member.post(url, filled(came_of_it="It grew.", seen="1")).status_code == 302
    newest = reporting.newest_of(reuse)
    assert newest
    assert timezone.now() - newest.at < timedelta(hours=1)
    monkeypatch.setattr(reporting, "MOST_A_DAY", 1)
    assert member.post(url, filled(came_of_it="It grew more.", seen="2")).status_code == 422


def test_my_page_shows_reports_and_what_to_do(member: Client, editor_user: User) -> None:
    hearth = Organisation.objects.get(name="Hearth")
    first, second = accepted(organisation=hearth, by=editor_user), reported(organisation=hearth)
    newest = reporting.newest_of(second)
    assert newest
    checking.send_back(newest, by=editor_user, reason="Where?")
    asking.run(now=timezone.now() + checking.ASKED_AFTER)
    shown = page(member, reverse("accounts:my_page"))
    assert "Practices that we took up" in shown
    assert first.address("practices:update_reuse") in shown
    assert "it was sent back" in shown
    assert "Where?" in page(member, second.address("practices:update_reuse"))


def test_withdrawing_asks_first(member: Client, editor_user: User, visitor: Client) -> None:
    reuse = accepted(organisation=Organisation.objects.get(name="Hearth"), by=editor_user)
    url = reuse.address("practices:withdraw_reuse")
    page(member, url)
    assert Reuse.objects.public().exists()
    for _time in (1, 2):
        assert member.post(url).status_code == 302
    assert visitor.get(reuse.get_absolute_url()).status_code == 404
    assert "This report is withdrawn" in page(member, reuse.get_absolute_url())


def test_the_organisation_that_answers_for_the_practice_checks(member: Client, partner_user: User) -> None:
    practice = PracticeFactory.create(owner=Organisation.objects.get(name="Hearth"))
    reuse = reported(practice)
    url = reuse.address("practices:check_reuse")
    assert url in page(member, reverse("accounts:my_page"))
    assert "Neighbours meet." in page(member, url)
    assert member.post(url, {"decision": "return", "version": "1"}).status_code == 422
    assert member.post(url, {"decision": "accept", "version": "7"}).status_code == 302
    assert not Reuse.objects.public().exists(), "another version than was read"
    assert member.post(url, {"decision": "accept", "version": "1"}).status_code == 302
    assert Reuse.objects.public().exists()
    own = reported(practice, organisation=Organisation.objects.get(name="Hearth"), where=place("Gent"))
    assert member.get(own.address("practices:check_reuse")).status_code == 404


def test_what_was_taken_back_is_read_by_no_other_organisation(member: Client) -> None:
    practice = PracticeFactory.create(owner=Organisation.objects.get(name="Hearth"))
    reuse = reported(practice)
    assert member.get(reuse.get_absolute_url()).status_code == 200, "they are to check it"
    reporting.withdraw(reuse)
    assert member.get(reuse.get_absolute_url()).status_code == 404
    assert member.get(reuse.address("practices:check_reuse")).status_code == 302


def test_staff_check_take_down_and_enter(editor: Client, visitor: Client) -> None:
    reuse = reported(sources=1)
    listed = page(editor, reverse("wagtailsnippets_practices_reuse:list"))
    url = reverse("practices_admin_check_reuse", args=[reuse.pk])
    assert url in listed
    assert reverse("practices_admin_enter_reuse") in listed
    assert "Neighbours meet." in page(editor, url)
    assert editor.post(url, {"decision": "accept", "version": "1"}).status_code == 302
    assert visitor.get(reuse.get_absolute_url()).status_code == 200
    down = reverse("practices_admin_take_reuse_down", args=[reuse.pk])
    assert editor.post(down, {"reason": ""}).status_code == 200
    assert editor.post(down, {"reason": "Another practice."}).status_code == 302
    assert visitor.get(reuse.get_absolute_url()).status_code == 404

    enter, address = reverse("practices_admin_enter_reuse"), reuse.practice.get_absolute_url()
    asked = editor.get(enter).content.decode()
    assert asked.index('name="practice"') < asked.index('name="adopter"') < asked.index('name="taken_version"')
    assert "What did they change, and why?" in asked
    data = filled(practice=f"https://example.org{address}", adopter="City of Espoo", country="FI", place="Espoo")
    assert "Give a source" in editor.post(enter, data).content.decode()
    source = {"sources-0-title": "Report", "sources-0-url": "https://example.org/r"}
    assert editor.post(enter, data | source).status_code == 302
    assert "City of Espoo" in page(visitor, address)


def test_a_region_belongs_to_the_country(member: Client) -> None:
    practice = PracticeFactory.create()
    own = {"organisation": Organisation.objects.get(name="Hearth").pk}
    answer: Any = member.post(report_url(practice), filled(**own, country="NL", region="BE23", place="Utrecht"))
    assert answer.status_code == 422
    assert "This region is in another country" in answer.context["form"].errors["region"][0]
    assert member.post(report_url(practice), filled(**own, region="BE23")).status_code == 302
    assert Reuse.objects.get().region == term("region", "BE23")

"""The first page of the admin: each line counts what its list shows, for those who may see it, in few queries."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation, TranslationSource

from accounts.day import work
from accounts.day.panel import WorkPanel
from accounts.users.models import User
from calls.questions.models import Question as AskedQuestion
from consortia.consortium.models import Consortium
from consortia.receipts.models import Receipt
from consortia.time_stamps.asking import address
from consortia.time_stamps.models import StampingPause
from learning.experience.models import Experience
from monitoring.indicators.models import Target
from notifications.delivery import pauses
from notifications.outbox.models import Message
from partners.claims import deciding
from partners.claims.models import Claim
from partners.duplicates import finding
from partners.organisations.models import Organisation
from practices.contributing.submission import withdraw
from practices.practice.models.details import PracticeFigure
from practices.practice.models.practice import Practice
from practices.reconfirmation.models import ConfirmationRequest
from practices.reuse.models.reuses import Reuse
from tests.consortia.drafts import drafting
from tests.factories import notes, submissions
from tests.factories.accounts import UserFactory
from tests.factories.consortia import InterestFactory
from tests.factories.events import EventFactory, RegistrationFactory
from tests.factories.exchange import NoticeFactory
from tests.factories.hub import CallFactory, add_call_page, add_calls, add_news, add_page
from tests.factories.learning import proposed, question
from tests.factories.monitoring import by_hand, entered
from tests.factories.notifications import MessageFactory, SubscriptionFactory
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, PracticeFigureFactory
from tests.factories.reuse import reported
from tests.personas import give_second_factor, signed_in

pytestmark = pytest.mark.django_db
HOME = "/admin/"
LINES = {
    "Mail stands still": 2,
    "Mails that failed": 1,
    "Pages with changes that are not published": 2,
    "Translations of which words are missing": 3,
    "Calls with a deadline in the next two weeks": 2,
    "Questions about calls that wait for an answer": 2,
    "Questions about calls shown without an answer": 1,
    "Claims that wait": 1,
    "Organisations that were proposed": 2,
    "Changed since they were verified": 1,
    "Likely duplicates": 2,
    "Never verified": None,
    "Offers and requests": 1,
    "Submissions to review": 1,
    "Reports of reuse to check": 1,
    "Practices to check": 3,
    "Practices to ask about again: nobody answered": 1,
    "Practices with changes that are not published": 1,
    "Practices in draft": None,
    "Events in the next two weeks": 2,
    "Drafts that wait for signatures: The call": 1,
    "Interests": None,
    "Questions that were proposed": 1,
    "Experiences to read": 1,
    "Policy notes that cite what has changed since": 1,
    "Indicators that have not reached their target": 2,
}


@pytest.fixture(autouse=True)
def rights(editor_user: User) -> None:
    """What every deployment gives its staff groups."""
    call_command("setup", verbosity=0)


def days(number: float) -> Any:
    return timezone.now() + timedelta(days=number)


def mails() -> None:
    for to in ("a@strict.example", "b@strict.example", "c@kind.example"):
        MessageFactory.create(to_email=to)
    MessageFactory.create(to_email="d@strict.example", due_at=days(3))
    MessageFactory.create(to_email="e@strict.example", status=Message.Status.FAILED, error="550 nobody")
    pauses.refused(domain="strict.example", reason="554 blocked", everything=False, trying=False)


def pages() -> None:
    add_news()
    for slug in ("one", "two"):
        add_page(slug=slug, title=slug).save_revision()
    source, _new = TranslationSource.get_or_create_from_instance(add_page(slug="three", title="Three"))
    for locale in Locale.objects.exclude(language_code="en"):
        Translation.objects.create(source=source, target_locale=locale)


def calls() -> None:
    near = CallFactory.create(title="Near", due=[days(3), days(9), days(40)])
    add_call_page(add_calls(), near)
    hidden = CallFactory.create(title="Hidden", due=[days(4)])
    SubscriptionFactory.create_batch(4, topic=f"call:{hidden.pk}", offsets=[24])
    CallFactory.create(title="Far", due=[days(40)])
    CallFactory.create(title="Past", due=[days(-3)])
    CallFactory.create(title="Withdrawn", due=[days(3)], withdrawn_at=days(-1))
    SubscriptionFactory.create_batch(2, topic=f"call:{near.pk}", offsets=[24])
    SubscriptionFactory.create(topic="calls", offsets=[24, 24 * 30])
    for status in ("waiting", "waiting", "shown"):
        AskedQuestion.objects.create(call=near, asked="Who?", status=status, language="en")


def organisations(user: User) -> None:
    OrganisationFactory.create_batch(2, status="proposed")
    for name in ("City of Antwerp", "City of Antwerpen"):
        OrganisationFactory.create(name=name)
    finding.find()
    claimed, changed = OrganisationFactory.create_batch(2)
    deciding.verify(changed, how="staff", by=user)
    Organisation.objects.filter(pk=changed.pk).update(name="Renamed")
    Claim.objects.create(organisation=claimed, user=user, position="x")
    Claim.objects.create(organisation=claimed, user=user, position="x", status="withdrawn", decided_at=days(-1))
    NoticeFactory.create(organisation=claimed)
    NoticeFactory.create(organisation=claimed, created_at=days(-5))


def practices() -> None:
    old = timezone.localdate() - timedelta(days=900)
    asked, given_up, answered = PracticeFactory.create_batch(3, checked_on=old)
    PracticeFactory.create(checked_on=old, live=False)
    PracticeFactory.create(has_unpublished_changes=True)
    for practice, when in ((asked, -3), (given_up, -90)):
        ConfirmationRequest.objects.create(practice=practice, known_on=old, asked_at=days(when))
    ConfirmationRequest.objects.create(practice=answered, known_on=old, asked_at=days(-90), answered_at=days(-80))
    submissions.sent()
    withdraw(submissions.sent())
    reported()
    Reuse.objects.filter(pk=reported().pk).update(state="returned")


def events() -> None:
    full = EventFactory.create(title="Near", starts_at=days(4), capacity=3)
    RegistrationFactory.create_batch(2, event=full, seat="room", status="confirmed")
    EventFactory.create(title="Going on", starts_at=days(-0.01), ends_at=days(0.1))
    EventFactory.create(title="Cancelled", starts_at=days(4), cancelled_at=days(-1))
    EventFactory.create(title="Far")
    EventFactory.create(title="Past", starts_at=days(-4))


def consortia() -> None:
    made = drafting.new_draft()
    Consortium.objects.filter(pk=made.consortium.pk).update(shown_to_centre="names")
    InterestFactory.create(call=made.call, status="confirmed", confirmed_at=days(-9))


def learning(user: User) -> None:
    proposed(user)
    open_question = question()
    for decided in ({}, {"state": "declined", "decided_at": days(-1), "reason": "Said before."}):
        Experience.objects.create(question=open_question, text="We tried.", language="en", by=user, **decided)
    figures = [PracticeFigureFactory.create(practice=PracticeFactory.create(), value="12000") for _each in range(2)]
    for each in figures:
        notes.note(notes.citing(each), title=f"What of {each.pk}?")
    PracticeFigure.objects.filter(pk=figures[0].pk).update(value="14000")


def indicators() -> None:
    today = timezone.localdate()
    for code, by, figure, direction in (
        ("short", 5, "3", 1),
        ("late", -5, "3", 1),
        ("reached", 5, "10", 1),
        ("few-enough", 5, "3", -1),
        ("time-enough", 60, "3", 1),
    ):
        indicator = by_hand(code, direction=direction)
        entered(indicator, today - timedelta(days=20), "99")
        entered(indicator, today - timedelta(days=9), figure)
        Target.objects.create(indicator=indicator, by=today + timedelta(days=by), figure=Decimal(10))
    # Of fewer than five people nothing is told, and a target of as few would tell it.
    few = by_hand("few-people", by_gender=True)
    entered(few, today - timedelta(days=9), "3")
    Target.objects.create(indicator=few, by=today, figure=Decimal(4))


@pytest.fixture
def full_day(partner_user: User) -> None:
    """At least one row for each line, and beside it one that does not count."""
    pages()
    calls()
    organisations(partner_user)
    practices()
    events()
    consortia()
    learning(partner_user)
    indicators()
    Message.objects.all().delete()
    mails()


def listed(client: Client, url: str) -> int:
    """How many rows the list behind a line has."""
    answer = client.get(html.unescape(url))
    assert answer.status_code == 200, url
    if "areas" in answer.context:
        return sum(len(lines) for _code, _name, lines in answer.context["areas"])
    found: int = answer.context["page_obj"].paginator.count
    return found


def counted(user: User) -> dict[str, work.Counted]:
    user = User.objects.get(pk=user.pk)
    with override("en"):
        return {each.line.label: each for each in work.counted(work.lines(user))}


@pytest.mark.usefixtures("full_day")
def test_each_line_counts_what_its_list_shows(editor: Client, editor_user: User) -> None:
    editor.get(HOME)
    found = counted(editor_user)
    assert set(found) == set(LINES), "a new line takes a row here"
    for label, each in found.items():
        assert listed(editor, each.line.url) == each.number, label
        if LINES[label] is not None:
            assert each.number == LINES[label], label
        assert each.number, label
    page = editor.get(HOME).content.decode()
    for each in found.values():
        assert (html.escape(each.line.url) in page) == bool(each.number), each.line.label


@pytest.mark.usefixtures("full_day")
def test_what_is_filtered_leaves_something_out(editor: Client, editor_user: User) -> None:
    editor.get(HOME)
    for label, each in counted(editor_user).items():
        bare, _mark, query = each.line.url.partition("?")
        if query and "signatures" not in label and "Translations" not in label:
            assert listed(editor, bare) > each.number, label


def test_what_is_off_target_counts_less_as_better_too(editor: Client, editor_user: User) -> None:
    indicator = by_hand("waste", direction=-1)
    entered(indicator, timezone.localdate() - timedelta(days=9), "11")
    Target.objects.create(indicator=indicator, by=timezone.localdate(), figure=Decimal(10))
    editor.get(HOME)
    assert counted(editor_user)["Indicators that have not reached their target"].number == 1
    page = editor.get("/admin/monitoring/figures/?target=missed").content.decode()
    assert "has not reached it" in page


@pytest.mark.usefixtures("full_day")
def test_names_say_when_what_is_sent_and_how_many_seats_are_left(editor: Client) -> None:
    page = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", editor.get(HOME).content.decode())).split())
    assert "2 taken, 1 left" in page
    assert "3 reminders to be sent" in page
    assert re.search(r", Hidden\b.{0,80}\( ?0 reminders to be sent", page), "nothing leaves before a page is public"
    assert "strict.example has been refusing our mail" in page
    assert "554 blocked" in page


@pytest.mark.usefixtures("full_day")
def test_what_is_overdue_or_today_comes_first(editor: Client, editor_user: User) -> None:
    editor.get(HOME)
    groups = work.waiting(User.objects.get(pk=editor_user.pk))
    assert [group for group, _lines in groups] == [*work.Group]
    with override("en"):
        by_group = {group: [str(each.line.label) for each in lines] for group, lines in groups}
    assert "Indicators that have not reached their target" in by_group[work.Group.NOW]
    assert "Events in the next two weeks" in by_group[work.Group.NOW]
    assert "Calls with a deadline in the next two weeks" in by_group[work.Group.SOON]
    assert "Interests" in by_group[work.Group.NEW]


def asked_of_the_database(user: User) -> int:
    """Queries of the panel alone, for somebody whose rights were read on the way to it."""

    class Request:
        pass

    request = Request()
    request.user = User.objects.get(pk=user.pk)  # type: ignore[attr-defined]
    assert request.user.has_perm("wagtailadmin.access_admin")  # type: ignore[attr-defined]
    assert page_permission_policy.user_has_permission(request.user, "publish")  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as queries, override("en"):
        assert "<table" in WorkPanel().render_html({"request": request})
    return len(queries)


def test_as_many_queries_for_many_rows_as_for_few(
    editor: Client, editor_user: User, partner_user: User, full_day: None
) -> None:
    editor.get(HOME)
    few = asked_of_the_database(editor_user)
    more: list[Callable[[], Any]] = [
        lambda: EventFactory.create_batch(20, starts_at=days(2)),
        lambda: [CallFactory.create(due=[days(2), days(3)]) for _each in range(20)],
        lambda: OrganisationFactory.create_batch(20, status="proposed"),
        lambda: MessageFactory.create_batch(20, status=Message.Status.FAILED),
        lambda: [by_hand(f"more-{each}") for each in range(20)],
        lambda: [add_page(slug=f"more-{each}", title="x").save_revision() for each in range(20)],
    ]
    for add in more:
        add()
    for number in range(20):
        pauses.refused(domain=f"strict{number}.example", reason="no", everything=False, trying=False)
    assert asked_of_the_database(editor_user) <= few <= 10


def test_nobody_sees_a_line_without_its_rights(editor: Client, full_day: None) -> None:
    editor.get(HOME)
    nobody = UserFactory.create(is_staff=True)
    nobody.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert counted(nobody) == {}
    one = Permission.objects.get(content_type__app_label="calls", codename="change_question")
    nobody.user_permissions.add(one)
    assert [*counted(nobody)] == [
        "Questions about calls that wait for an answer",
        "Questions about calls shown without an answer",
    ]
    give_second_factor(nobody)
    client = signed_in(nobody)
    for each in counted(nobody).values():
        assert listed(client, each.line.url) == each.number
    assert "Mails that failed" not in client.get(HOME).content.decode()


def test_an_organiser_sees_their_own_events(editor: Client, full_day: None) -> None:
    editor.get(HOME)
    organiser = UserFactory.create(is_staff=True)
    organiser.groups.add(Group.objects.get(name="Organisers"))
    give_second_factor(organiser)
    assert counted(organiser) == {}
    empty = signed_in(organiser).get(HOME).content.decode()
    assert "Nothing waits for you today." in empty
    assert "A good day to begin" not in empty, "there is nothing that they may begin"
    mine = EventFactory.create(title="Mine", starts_at=days(2))
    mine.organisers.add(organiser)
    mine.save()
    (line,) = counted(organiser).values()
    assert line.number == 1 == listed(signed_in(organiser), line.line.url)
    assert [each.text for each in line.line.details] == ["Mine"]


def test_an_empty_day_says_so_and_offers_what_to_begin(editor: Client, editor_user: User) -> None:
    add_news()
    Organisation.objects.all().delete()
    Practice.objects.all().delete()
    for page in Page.objects.filter(has_unpublished_changes=True):
        page.specific.save_revision().publish()
    page = editor.get(HOME).content.decode()
    assert "Nothing waits for you today" in page
    assert "Write news" in page
    assert "Plan an event" in page
    for step in work.steps(User.objects.get(pk=editor_user.pk)):
        assert editor.get(step.url).status_code == 200
    EventFactory.create(starts_at=days(2))
    assert "Nothing waits for you today" not in editor.get(HOME).content.decode()


def test_how_many_pages_there_are_is_not_told(editor: Client) -> None:
    assert "w-summary__list" not in editor.get(HOME).content.decode()


def test_receipts_without_a_stamp_have_no_list_and_say_all_themselves(
    editor: Client, editor_user: User, settings: Any
) -> None:
    settings.TIME_STAMP_AUTHORITY = "https://stamps.example/"
    editor.get(HOME)
    assert "Receipts get no time stamps" not in counted(editor_user)
    StampingPause.objects.create(authority=address(), failures=2, reason="refused")
    line = counted(editor_user)["Receipts get no time stamps"]
    assert (line.line.url, line.number) == ("", Receipt.objects.count())
    assert "refused" in editor.get(HOME).content.decode()

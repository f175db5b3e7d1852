"""How long records are kept stands once: tasks, sentences, the demo's privacy page and the docs say the same."""

import re
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from accounts.privacy import erasing, keeping, runs
from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject
from accounts.signing_in import sessions
from accounts.signing_in.keeping_times import ACCOUNTS
from accounts.tasks import erase_what_is_due
from calls.questions.forms import AskForm
from calls.questions.keeping_times import ASKERS
from events.seats.keeping_times import ACCESS_NEEDS
from events.seats.models import Registration
from events.sign_up.forms import CONSENT_WORDING
from nccsi.demo.reading import words
from notifications.outbox import outbox
from notifications.outbox.keeping_times import MAILS
from notifications.outbox.models import Message
from practices.submissions.keeping_times import DECIDED
from practices.submissions.models import Submission
from tests.environment import BASE_DIR
from tests.factories.events import RegistrationFactory
from tests.factories.notifications import MessageFactory
from tests.meanwhile import while_uncommitted

# What erases what. A line that goes from here goes on purpose: without it a promise is broken. A new kind needs none.
ERASERS = {
    "access_needs": "events.seats.retention.forget_access_needs",
    "askers": "calls.questions.answering.forget_askers",
    "askers_unanswered": "calls.questions.answering.forget_askers_unanswered",
    "certificates": "events.afterwards.retention.forget_certificates",
    "claims": "partners.claims.claiming.forget",
    "consortia": "consortia.drafting.beginning.forget",
    "decided_practices": "practices.contributing.submission.forget_decided",
    "drafts_of_practices": "practices.contributing.submission.forget_drafts",
    "feedback_given": "events.feedback.retention.forget_who_answered",
    "feedback_texts": "events.feedback.retention.forget_texts",
    "imports": "practices.import_export.importing.forget",
    "introductions": "consortia.introductions.asking.forget",
    "organisation_imports": "partners.sheets.importing.forget",
    "invitations": "partners.members.inviting.forget",
    "mails": "notifications.outbox.outbox.delete_old",
    "notices": "partners.exchange.publishing.forget",
    "record": "hub.facts.record.forget_old",
    "refusing_domains": "notifications.delivery.pauses.forget_old",
    "scans": "events.door.check_in.forget_scans",
    "sensitive_answers": "events.questions.answering.forget_sensitive",
    "searches": "hub.saved_searches.topics.forget_unfollowed",
    "situations": "practices.context.remembering.forget_old",
    "sessions": "accounts.signing_in.sessions.forget_over",
    "stray_files": "practices.submissions.files.sweep",
    "stray_files_of_consortia": "consortia.files.sweeping.sweep",
    "unfinished_uploads": "consortia.files.sweeping.forget_unfinished",
    "unproved_accounts": "accounts.signing_in.proving.forget_unproved",
    "uninvited_mails": "notifications.outbox.mailbox_cap.forget",
    "unproved_seats": "events.seats.retention.forget_unproved",
    "versions": "hub.versions.old.forget",
    "walk_ins": "events.door.check_in.forget_walk_ins",
}
MORE = KeepingTime(
    "more",
    "what an app keeps besides",
    "after it came",
    timedelta(days=1),
    subject=Subject.PORTAL,
    ground=Ground.SERVICE,
    why="So that there is more.",
)


def no_rows(at: keeping.Moment) -> list[Any]:
    """Nothing is due."""
    return []


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers stands before what the apps did, and is gone after it."""
    monkeypatch.setattr(keeping, "_times", dict(keeping._times))
    monkeypatch.setattr(keeping, "_erasers", {})
    monkeypatch.setattr(keeping, "_due", {})


def test_all_that_has_a_time_is_erased_by_its_own_code() -> None:
    found = {name: f"{erase.__module__}.{erase.__qualname__}" for name, erase in keeping._erasers.items()}
    assert found | ERASERS == found
    assert {each.name for each in keeping.all_times() if each.goes_by_itself} == set(found) == set(keeping._due)


def test_what_goes_by_itself_needs_what_erases_and_nothing_else_takes_it(registry: None) -> None:
    with pytest.raises(ValueError, match="more goes by itself"):
        keeping.register(MORE)
    with pytest.raises(ValueError, match="accounts goes by itself"):
        keeping.register(ACCOUNTS, erase=list, due=no_rows)
    with pytest.raises(ValueError, match="more goes by itself"):
        keeping.register(MORE, erase=list)
    with pytest.raises(ValueError, match="more goes by itself"):
        keeping.register(replace(MORE, elsewhere=True), erase=list, due=no_rows)


def test_a_name_is_of_one_kind_only(registry: None) -> None:
    keeping.register(MORE, erase=list, due=no_rows)
    keeping.register(replace(MORE), erase=list, due=no_rows)  # an app that is made ready twice
    for other, erase in ((MORE, dict), (replace(MORE, what="something else"), list)):
        with pytest.raises(ValueError, match=r"^more is the name of something else already"):
            keeping.register(other, erase=erase, due=no_rows)
    assert (keeping.of("more"), keeping._erasers) == (MORE, {"more": list})


def test_what_stays_says_until_when() -> None:
    with override("en"):
        for each in keeping.all_times():
            assert each.lasts is not None or str(each.since).startswith(("until", "for good", "not kept")), each.name


@pytest.mark.django_db
def test_one_more_kind_is_erased_by_registering_it(registry: None) -> None:
    seats = RegistrationFactory.create(access_needs="Step-free access")
    mine = Registration.objects.filter(pk=seats.pk)
    keeping.register(MORE, erase=lambda: mine.update(access_needs=""), due=lambda _at: mine)
    erase_what_is_due()
    seats.refresh_from_db()
    assert seats.access_needs == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failure", ["code", "connection", "time"])
def test_one_that_fails_keeps_no_other_from_being_erased_and_is_seen(
    registry: None, failure: str, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        if failure == "code":
            raise RuntimeError("the disk is full")
        with connection.cursor() as cursor:
            if failure == "time":
                signal.setitimer(signal.ITIMER_REAL, 0.2)
                cursor.execute("SELECT pg_sleep(20)")
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    def too_long(*_signal: object) -> None:
        raise SoftTimeLimitExceeded  # what Celery's worker does

    before = signal.signal(signal.SIGALRM, too_long)
    request.addfinalizer(lambda: signal.signal(signal.SIGALRM, before))
    erased: list[int] = []
    keeping.register(MORE, replace(MORE, name="the_same"), erase=fail, due=no_rows)
    erase = lambda: erased.append(Registration.objects.count())  # noqa: E731
    keeping.register(replace(MORE, name="next"), erase=erase, due=no_rows)
    with pytest.raises(keeping.NotErasedError, match=r"^more, the_same$"):
        erase_what_is_due()
    assert erased == [0]
    (record,) = [each for each in caplog.records if each.name == keeping.__name__]
    assert record.getMessage() == "Could not erase: more, the_same"
    assert record.exc_info
    noted = runs.by_name()
    assert {name: run.fails for name, run in noted.items()} == {"more": True, "the_same": True, "next": False}
    assert "\n" not in noted["more"].error
    assert noted["more"].error.partition(":")[0] in {"RuntimeError", "OperationalError", "SoftTimeLimitExceeded"}


@pytest.mark.django_db(transaction=True)
def test_what_was_erased_before_time_was_up_stays_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a long standstill more mail is due than one run can delete."""
    monkeypatch.setattr(erasing, "MOST", 2)
    old = timezone.now() - MAILS.span - timedelta(days=1)
    MessageFactory.create_batch(7, status="failed", created_at=old, due_at=old)
    waiting = MessageFactory.create(created_at=old, due_at=old)
    rounds = 0

    def too_long(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal rounds
        answer = execute(sql, *rest)
        if sql.startswith('DELETE FROM "notifications_message"'):
            rounds += 1
            if rounds == 3:
                raise SoftTimeLimitExceeded
        return answer

    with connection.execute_wrapper(too_long), pytest.raises(keeping.NotErasedError, match=r"^mails$"):
        erase_what_is_due()
    assert Message.objects.filter(status="failed").count() == 3
    erase_what_is_due()
    assert Message.objects.get() == waiting


@pytest.mark.django_db
def test_all_that_is_due_goes_in_one_run_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "MOST", 2)
    now = timezone.now()
    for number in range(5):
        Session.objects.create(session_key=f"over{number}", expire_date=now - timedelta(hours=1))
    kept = Session.objects.create(session_key="open", expire_date=now + timedelta(hours=1))
    assert sessions.forget_over() == 5
    assert Session.objects.get() == kept


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_staff_resend_at_this_moment_is_not_deleted() -> None:
    old = timezone.now() - MAILS.span - timedelta(days=1)
    mail = MessageFactory.create(status="failed", created_at=old, due_at=old)
    assert while_uncommitted(lambda: outbox.resend(mail), outbox.delete_old) == 0
    assert Message.objects.get().status == "queued"


def test_every_time_of_the_code_is_registered_and_stands_where_they_all_do() -> None:
    made = {
        found: path.name
        for path in BASE_DIR.glob("*/**/*.py")
        if path.parts[len(BASE_DIR.parts)] not in {"tests", "benchmarks", "var", ".venv"}
        for found in re.findall(r'KeepingTime\(\s*"([a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert made == {each.name: "keeping_times.py" for each in keeping.all_times()}


def test_the_docs_have_the_same_table() -> None:
    text = (BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \| (.+) \|$", text.split("| what | how long |")[1].split("\n\n")[0], re.MULTILINE)
    with override("en"):
        assert sorted(rows) == sorted((str(each.what), str(each)) for each in keeping.all_times())
    editors = (BASE_DIR / "docs" / "editors.md").read_text(encoding="utf-8")
    with override("en"):
        assert str(ASKERS) in editors
        assert str(ACCESS_NEEDS) in editors


def test_forms_promise_what_the_tasks_do() -> None:
    with override("en"):
        assert f"{ACCESS_NEEDS.days} days after the event" in str(CONSENT_WORDING)
        assert f"{ACCESS_NEEDS.days} days after the event" in str(
            Registration._meta.get_field("access_needs").help_text
        )
        assert f"{ASKERS.days} days after the answer" in str(AskForm.base_fields["email"].help_text)
    assert Submission().days_kept == DECIDED.days


def test_no_sentence_has_a_number_of_its_own() -> None:
    """A message that says when something is deleted takes the number from the table."""
    deleting = re.compile(r"\b(delet|eras|gone|disappear|\bgo\b)", re.IGNORECASE)
    number = re.compile(r"\b\d+ (?:days?|months?|years?)\b")
    catalog = (BASE_DIR / "locale" / "nl" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    messages = [
        "".join(re.findall(r'"(.*)"', each)) for each in re.findall(r"^msgid ((?:\".*\"\n)+)", catalog, re.MULTILINE)
    ]
    assert [each for each in messages if deleting.search(each) and number.search(each)] == []


def test_the_privacy_page_of_the_demo_reads_the_table() -> None:
    for language, page in words.pages()["privacy"].items():
        told = [section["text"] for section in page["body"]]
        blocks = " ".join(str(block) for _kind, block in words.body(page["body"]))
        assert any("{access_needs}" in text and "{askers}" in text for text in told), language
        assert "{" not in blocks
        assert f" {ACCESS_NEEDS.days} " in blocks


def test_a_time_in_words() -> None:
    over = replace(MORE, since="until the event is over", lasts=ACCESS_NEEDS.span * 0)
    with override("en"):
        assert [str(ASKERS), str(ACCESS_NEEDS)] == ["30 days after the answer", "30 days after the event"]
        assert str(over) == "until the event is over"
    with pytest.raises(ValueError, match="until somebody deletes it"):
        _ = ACCOUNTS.span

"""How long records are kept stands once: tasks, sentences, the demo's privacy page and the docs say the same."""

import re

import pytest
from django.utils.translation import override

from accounts.privacy import keeping
from accounts.privacy.keeping import KeepingTime
from calls.questions.forms import AskForm
from calls.questions.keeping_times import ASKERS
from events.sign_up.forms import CONSENT_WORDING
from events.sign_up.keeping_times import ACCESS_NEEDS
from events.sign_up.models import Registration
from nccsi.celery import app
from nccsi.demo.reading import words
from practices.submissions.keeping_times import DECIDED
from practices.submissions.models import Submission
from tests.environment import BASE_DIR

# What runs by itself and erases nothing that is kept about people.
OTHER_TASKS = {
    "calls.tasks.queue_reminders",
    "calls.tasks.tell_latecomers",
    "hub.tasks.publish_scheduled",
    "nccsi.tasks.note_heartbeat",
    "notifications.tasks.send_queued",
    "practices.tasks.ask_for_reconfirmation",
}


def test_every_task_that_erases_has_a_time_and_every_time_a_task() -> None:
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {each.task for each in keeping.all_times() if each.lasts is not None} == scheduled - OTHER_TASKS


def test_what_has_no_task_is_deleted_by_people() -> None:
    for each in keeping.all_times():
        assert (each.lasts is None) == (not each.task), each.name
        assert each.task or each.since.startswith(("until", "for good")), each.name


def test_every_time_of_the_code_is_registered() -> None:
    made = {
        found
        for path in BASE_DIR.glob("*/**/*.py")
        if path.parts[len(BASE_DIR.parts)] not in {"tests", "benchmarks", "var", ".venv"}
        for found in re.findall(r'KeepingTime\(\s*"([a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert made == {each.name for each in keeping.all_times()}


def test_the_docs_have_the_same_table() -> None:
    text = (BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \| (.+) \|$", text.split("| what | how long |")[1].split("\n\n")[0], re.MULTILINE)
    assert sorted(rows) == sorted((each.what, str(each)) for each in keeping.all_times())
    editors = (BASE_DIR / "docs" / "editors.md").read_text(encoding="utf-8")
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
    assert [str(ASKERS), str(ACCESS_NEEDS)] == ["30 days after the answer", "30 days after the event"]
    assert (
        str(KeepingTime("some", "some", "until the event is over", ACCESS_NEEDS.span * 0)) == "until the event is over"
    )
    with pytest.raises(ValueError, match="until somebody deletes it"):
        _ = keeping.ACCOUNTS.span

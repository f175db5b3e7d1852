"""What happens by itself: each task is there, in UTC, and nothing of it waits long."""

from pathlib import Path

from nccsi.celery import app
from nccsi.health import heartbeat
from nccsi.running import environment

# Every periodic task and its seconds. A task that goes from here goes on purpose: without it a promise is broken.
TASKS = {
    "accounts.tasks.erase_what_is_due": 3_600,
    "accounts.tasks.write_copies": 30,
    "hub.tasks.publish_scheduled": 60,
    "calls.tasks.queue_reminders": 60,
    "calls.tasks.tell_latecomers": 60,
    "consortia.tasks.have_receipts_stamped": 60,
    "consortia.tasks.remind_of_tasks": 3_600,
    "events.tasks.move_up_everywhere": 60,
    "events.tasks.queue_reminders": 60,
    "events.tasks.renew_series": 3_600,
    "events.tasks.thank_everywhere": 300,
    "monitoring.tasks.keep_figures": 3_600,
    "nccsi.tasks.note_heartbeat": 30,
    "notifications.tasks.send_queued": 10,
    "partners.tasks.find_likely_duplicates": 3_600,
    "partners.tasks.ask_whether_notices_hold": 3_600,
    "learning.tasks.ask_what_was_learned": 3_600,
    "practices.tasks.ask_for_reconfirmation": 3_600,
    "practices.tasks.ask_how_reuse_went_on": 3_600,
    "hub.tasks.tell_followers_of_subjects": 3_600,
    "hub.tasks.tell_followers_of_searches": 3_600,
}


def test_every_task_that_must_run_by_itself_does_at_its_pace() -> None:
    entries = app.conf.beat_schedule.values()
    assert {entry["task"]: entry["schedule"] for entry in entries} == TASKS
    assert len(entries) == len(TASKS)


def test_every_scheduled_task_exists_and_none_depends_on_local_time() -> None:
    app.loader.import_default_modules()
    assert set(TASKS) <= set(app.tasks)
    assert app.conf.timezone == "UTC"


def test_no_task_of_our_own_is_forgotten() -> None:
    """Each task of the portal is on the schedule: nothing else starts one."""
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith(("celery.", "wagtail"))}
    assert ours == set(TASKS)


def test_a_run_that_comes_too_late_is_left_to_the_next() -> None:
    for name, entry in app.conf.beat_schedule.items():
        assert entry["schedule"] <= entry["options"]["expires"] <= 3 * entry["schedule"], name


def test_a_beat_that_forgot_when_it_last_ran_still_does_everything_within_an_hour() -> None:
    assert max(entry["schedule"] for entry in app.conf.beat_schedule.values()) <= 3_600


def test_the_schedule_is_called_silent_only_after_several_missed_marks() -> None:
    assert heartbeat.PATIENCE.total_seconds() >= 4 * TASKS["nccsi.tasks.note_heartbeat"]


def test_erasing_may_take_longer_than_other_tasks_but_is_never_given_to_a_second_worker_meanwhile() -> None:
    app.loader.import_default_modules()
    erasing = app.tasks["accounts.tasks.erase_what_is_due"]
    waits = environment.broker_options("redis://127.0.0.1:6379/0", folder=Path())["visibility_timeout"]
    assert erasing.soft_time_limit < erasing.time_limit < waits

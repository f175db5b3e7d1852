from nccsi.celery import app


def test_every_scheduled_task_exists_and_none_depends_on_local_time() -> None:
    app.loader.import_default_modules()
    names = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert names
    assert names <= set(app.tasks)
    assert app.conf.timezone == "UTC"


def test_a_beat_that_forgot_when_it_last_ran_still_does_everything_within_an_hour() -> None:
    assert max(entry["schedule"] for entry in app.conf.beat_schedule.values()) <= 3_600

from nccsi.celery import app


def test_every_scheduled_task_exists_and_none_depends_on_local_time() -> None:
    app.loader.import_default_modules()
    names = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert names
    assert names <= set(app.tasks)
    assert app.conf.timezone == "UTC"

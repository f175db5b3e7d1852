"""The portal's schedule as an unlucky broker delivers it: each task three times, and in quick succession."""

from nccsi.celery import app

_OFTEN = {"send queued mail": 2.0, "queue deadline reminders": 3.0}

app.conf.beat_schedule = {
    f"{name}, delivery {delivery}": {**app.conf.beat_schedule[name], "schedule": seconds}
    for name, seconds in _OFTEN.items()
    for delivery in range(3)
}

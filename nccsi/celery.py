"""The Celery application; its schedule is code and runs in UTC."""

import os

from celery import Celery
from celery.signals import setup_logging

from nccsi.running import environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nccsi.settings")
environment.require_settings()

app = Celery("nccsi")
app.set_default()  # `current_app` of every thread
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_said: object) -> None:
    """Celery leaves logging alone when somebody listens here: Django has set it up, and LOG_LEVEL says how much."""


# Nothing waits longer than an hour: beat starts its intervals anew whenever it is restarted without its memory.
# A run that waited longer than its expiry is worth nothing: the next one does its work.
app.conf.beat_schedule = {
    "say that the schedule runs": {
        "task": "nccsi.tasks.note_heartbeat",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "send queued mail": {
        "task": "notifications.tasks.send_queued",
        "schedule": 10.0,
        "options": {"expires": 30},
    },
    "delete old mail": {
        "task": "notifications.tasks.delete_old_messages",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "queue deadline reminders": {
        "task": "calls.tasks.queue_reminders",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "publish what is scheduled": {
        "task": "hub.tasks.publish_scheduled",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "forget what guests needed": {
        "task": "events.tasks.forget_access_needs",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "forget seats that nobody confirmed": {
        "task": "events.tasks.forget_unproved_seats",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "tell latecomers the answer": {
        "task": "calls.tasks.tell_latecomers",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "ask whether it still holds": {
        "task": "practices.tasks.ask_for_reconfirmation",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "forget old submissions": {
        "task": "practices.tasks.forget_submissions",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "tell what is new in a search": {
        "task": "practices.tasks.tell_followers_of_searches",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "forget sessions that are over": {
        "task": "accounts.tasks.forget_sessions",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "forget accounts that nobody proved": {
        "task": "accounts.tasks.forget_unproved_accounts",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "forget who asked": {
        "task": "calls.tasks.forget_askers",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "forget imported spreadsheets": {
        "task": "practices.tasks.forget_imports",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
}

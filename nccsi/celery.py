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
    "queue event reminders": {
        "task": "events.tasks.queue_reminders",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "give seats to those who wait": {
        "task": "events.tasks.move_up_everywhere",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "let searches tell of the next date of a series": {
        "task": "events.tasks.renew_series",
        "schedule": 3600.0,
        "options": {"expires": 7200},
    },
    "write to people after events": {
        "task": "events.tasks.thank_everywhere",
        "schedule": 300.0,
        "options": {"expires": 600},
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
    "ask how reuse went on": {
        "task": "practices.tasks.ask_how_reuse_went_on",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "tell what is new in a search": {
        "task": "hub.tasks.tell_followers_of_searches",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "tell what is new about what people follow": {
        "task": "hub.tasks.tell_followers_of_subjects",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "remind of tasks in consortia": {
        "task": "consortia.tasks.remind_of_tasks",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "ask what was learned at events": {
        "task": "learning.tasks.ask_what_was_learned",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "keep the figures of the day": {
        "task": "monitoring.tasks.keep_figures",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "have receipts stamped": {
        "task": "consortia.tasks.have_receipts_stamped",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "ask whether offers and requests hold": {
        "task": "partners.tasks.ask_whether_notices_hold",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "find likely duplicates": {
        "task": "partners.tasks.find_likely_duplicates",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
    "write copies of people's data": {
        "task": "accounts.tasks.write_copies",
        "schedule": 30.0,
        "options": {"expires": 60},
    },
    "erase what is due": {
        "task": "accounts.tasks.erase_what_is_due",
        "schedule": 3_600.0,
        "options": {"expires": 3_600},
    },
}

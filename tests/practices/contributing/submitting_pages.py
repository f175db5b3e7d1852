"""The pages on which somebody describes a practice, as tests fill them in."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from practices.contributing.step_form import stamp, stamp_of
from practices.contributing.steps import STEPS
from practices.submissions.models import Submission


def address(name: str, submission: Submission, *more: Any) -> str:
    with override("en"):
        return reverse(f"practices:{name}", args=[submission.uuid, *more])


def page_data(submission: Submission, number: int, **more: Any) -> dict[str, Any]:
    """What a step's form sends when nothing is changed but `more`."""
    step = STEPS[number - 1]
    shown = {name: "" if value is None else value for name, value in step.from_answers(submission.answers).items()}
    return shown | {"seen": stamp_of(step, submission)} | more


def fill_in(client: Client, submission: Submission, answers: dict[str, Any]) -> None:
    """All steps, one after the other."""
    for number, step in enumerate(STEPS, start=1):
        submission.refresh_from_db()
        filled = {name: "" if value is None else value for name, value in step.from_answers(answers).items()}
        data = filled | {"seen": stamp_of(step, submission)}
        assert client.post(address("submit_step", submission, number), data).status_code == 302


def send_page(client: Client, submission: Submission, **more: Any) -> Any:
    submission.refresh_from_db()
    data = {"agree": "on", "seen": stamp(submission.answers)} | more
    return client.post(address("submit_check", submission), data)

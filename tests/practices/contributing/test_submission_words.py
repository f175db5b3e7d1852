"""Whose answer is waited for: staff and sender each read it from where they stand."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from practices.submissions.models import Submission


@override("en")
def test_the_sender_reads_that_it_is_theirs() -> None:
    waiting = Submission(status=Submission.Status.QUESTIONS)
    assert "Waiting for your answer" in render_to_string(
        "practices/partials/submission_status.html", {"submission": waiting}
    )
    refused = Submission(status=Submission.Status.REFUSED)
    assert "Refused" in render_to_string("practices/partials/submission_status.html", {"submission": refused})


@pytest.mark.django_db
def test_staff_read_that_it_is_the_senders(administrator: Client) -> None:
    address = reverse(Submission.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    page = administrator.get(address).content.decode()
    assert "waiting for the sender’s answer" in page
    assert "your answer" not in page

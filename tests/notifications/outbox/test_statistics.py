from typing import Any

import pytest

from notifications.outbox.statistics import figures
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db


def test_figures_count_a_fact_with_its_parts_and_no_other(django_assert_num_queries: Any) -> None:
    for about, status in [
        ("deadline:7:v1", "withdrawn"),
        ("deadline:7:v2", "queued"),
        ("deadline:7:v2", "sending"),
        ("deadline:7", "failed"),
        ("deadline:71:v1", "queued"),
        ("deadline:8:v1", "failed"),
    ]:
        MessageFactory.create(about=about, status=status)
    MessageFactory.create(about="deadline:7:v2", status="sent", sent_at="2026-01-01T00:00:00Z")
    with django_assert_num_queries(1):
        found = figures(["deadline:7", "deadline:9"])
    assert found == {
        "deadline:7": {"due": 5, "sent": 1, "failed": 1, "withdrawn": 1, "waiting": 2},
        "deadline:9": {"due": 0, "sent": 0, "failed": 0, "withdrawn": 0, "waiting": 0},
    }
    assert figures([]) == {}

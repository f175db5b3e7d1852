import os
import subprocess
import sys
import time
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from notifications.delivery import sending
from notifications.outbox.models import Message
from tests.factories.notifications import MessageFactory
from tests.smtp_sink import Sink

DRAIN = "import django; django.setup(); from notifications.delivery import sending; sending.drain()"


def killed_while_sending(sink: Sink, port: int) -> None:
    """Run a worker of its own and kill it while the mail server holds the first mail."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "nccsi.settings",
        "DATABASE_URL": url,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    with subprocess.Popen([sys.executable, "-c", DRAIN], env=env) as worker:
        patience = time.monotonic() + 60
        while sink.faults and time.monotonic() < patience:
            time.sleep(0.05)
        worker.kill()
    assert not sink.faults, "the worker did not come as far as sending"


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("fault", "copies"), [("hang", 1), ("take and hang", 2)])
def test_a_worker_killed_inside_data_loses_nothing(
    smtp_sink: Sink, smtp_server: tuple[Sink, int], fault: str, copies: int
) -> None:
    first, second = MessageFactory.create(), MessageFactory.create()
    smtp_sink.faults.append(fault)
    killed_while_sending(smtp_sink, smtp_server[1])
    assert sending.drain() == 0, "the lease holds"
    Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert sending.drain() == 2
    assert [mail["Message-ID"] for mail in smtp_sink.to(first.to_email)] == [first.message_id] * copies
    assert len(smtp_sink.to(second.to_email)) == 1

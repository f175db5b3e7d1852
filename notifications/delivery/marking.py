"""Writes down that a mail has left, each on its own, while the next one is already on its way.

The statement is handed to the database and its answer taken later, during the conversation with the mail server. It
runs to its end even if this process dies meanwhile.

Each mark is a commit, but the database need not wait for its disk: that would take longer than sending does. The next
claim waits for it, so a database that is killed (a restart loses nothing) forgets at most the marks of its last
half-second, within one batch; those mails go once more under the same Message-ID.
"""

import select
from typing import Any

from django.db import OperationalError, connection
from psycopg import pq

_SENT = b"""
UPDATE notifications_message
SET status = 'sent', sent_at = statement_timestamp(), subject = $2, error = '', leased_until = NULL
WHERE id = $1::bigint AND set_config('synchronous_commit', 'off', true) IS NOT NULL
"""
# What a sign-in mail says is not kept longer than needed.
_SENT_AND_FORGOTTEN = _SENT.replace(b"error = ''", b"error = '', context = '{}', attachments = '[]'")


class Marks:
    """The marks of one batch: at most one of them is on its way.

    Nothing else may ask the database anything before `settle`.
    """

    def __init__(self) -> None:
        self._pending: Any = None

    def sent(self, pk: int, subject: str, *, forget: bool) -> None:
        """Whatever happened to the row meanwhile: the mail has left."""
        self.settle()
        connection.ensure_connection()
        wire = connection.connection.pgconn
        wire.send_query_params(
            _SENT_AND_FORGOTTEN if forget else _SENT,
            [str(pk).encode(), subject.replace("\0", "").encode("utf-8", "replace")],
        )
        while wire.flush():
            select.select([], [wire.socket], [])
        self._pending = wire

    def settle(self) -> None:
        """Wait until the last mark is written."""
        wire, self._pending = self._pending, None
        if wire is None:
            return
        wrong = b""
        while (result := wire.get_result()) is not None:
            if result.status != pq.ExecStatus.COMMAND_OK:
                wrong = result.error_message
        if wrong:
            raise OperationalError(wrong.decode("utf-8", "replace"))

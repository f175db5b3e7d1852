"""The outbox's verbs for a whole SELECT of receivers: a hundred thousand mails in one statement.

Other apps write what they select and from which of their own tables; which columns the outbox has, what a row starts
with, keys and statistics are settled here. A SELECT says `{FOLLOWERS}` for those who confirmed and did not stop (with
`id`, `email`, `language`, `topic`, `offsets`, `confirmed_at`), and `%(name)s` for its parameters; names that begin with
`outbox_` are this module's own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from notifications.outbox import outbox

_FOLLOWERS = """(
    SELECT id, email, language, topic, offsets, confirmed_at FROM notifications_subscription WHERE status = 'active'
)"""

_QUEUE = """
INSERT INTO notifications_message (
    uuid, kind, to_email, language, context, attachments, subscription_id, about, dedupe_key, status,
    due_at, expires_at, attempts, error, subject
)
SELECT gen_random_uuid(), %(outbox_kind)s, email, language, context, '[]', subscription, about, dedupe_key, 'queued',
       due_at, expires_at, 0, '', ''
FROM ({receivers}) AS receiver
WHERE {wanted}
ON CONFLICT (dedupe_key) DO UPDATE SET due_at = excluded.due_at
WHERE notifications_message.status = 'queued' AND notifications_message.attempts = 0
  AND notifications_message.due_at > excluded.due_at
"""

_NOT_NEARER = """NOT EXISTS (
    SELECT FROM notifications_message AS earlier
    WHERE earlier.about = receiver.about AND earlier.to_email = receiver.email AND earlier.status <> 'withdrawn'
      AND (earlier.context ->> %(outbox_nearness)s)::int <= (receiver.context ->> %(outbox_nearness)s)::int
)"""

_FOLLOWERS_OF = """
SELECT email, language, id AS subscription, %(context)s::jsonb AS context, %(about)s AS about,
       %(about)s || ':' || id AS dedupe_key, %(expires_at)s::timestamptz AS expires_at,
       CASE WHEN %(first)s::text IS NULL OR language = %(first)s
            THEN %(due_at)s::timestamptz ELSE %(later)s END AS due_at
FROM {FOLLOWERS} AS follower
WHERE topic = %(topic)s AND (%(before)s::timestamptz IS NULL OR confirmed_at <= %(before)s)
  AND (%(languages)s::text[] IS NULL OR language = ANY(%(languages)s))
"""

# The key is set free: should it hold again in time, the same mail may still go.
_WITHDRAW = """
UPDATE notifications_message AS message
SET status = 'withdrawn', error = %(outbox_reason)s, leased_until = NULL,
    dedupe_key = dedupe_key || ':withdrawn:' || message.id
WHERE kind = %(outbox_kind)s AND status IN ('queued', 'sending')
  AND (%(outbox_only)s::bigint[] IS NULL OR id = ANY(%(outbox_only)s))
  AND NOT EXISTS ({still_true})
"""

_OVERTAKE = """
UPDATE notifications_message AS message
SET status = 'withdrawn', error = %(reason)s, leased_until = NULL
FROM notifications_message AS nearer
WHERE message.kind = %(kind)s AND message.status IN ('queued', 'sending')
  AND nearer.kind = %(kind)s AND nearer.status = 'queued'
  AND nearer.about = message.about AND nearer.to_email = message.to_email
  AND (nearer.context ->> %(nearness)s)::int < (message.context ->> %(nearness)s)::int
"""


def queue_all(kind: str, receivers: str, facts: Mapping[str, Any], *, nearness: str = "") -> int:
    """Write a mail of this kind to each row of a SELECT, in the caller's transaction; returns how many were written.

    The SELECT gives `email`, `language`, `context` (jsonb), `subscription` (its key or NULL), `about`, `dedupe_key`,
    `due_at` and `expires_at`. A key that is there already writes nothing; where its mail waits for later than the new
    one would, it leaves at the earlier moment and counts. `nearness` names a number in the context: who was written to
    about the same with a number as low is left out.
    """
    receivers = receivers.format(FOLLOWERS=_FOLLOWERS)
    statement = _QUEUE.format(receivers=receivers, wanted=_NOT_NEARER if nearness else "TRUE")
    with connection.cursor() as cursor:
        cursor.execute(statement, {**facts, "outbox_kind": kind, "outbox_nearness": nearness})
        queued = cursor.rowcount
    outbox.queued_many(queued)
    return queued


def queue_for_followers(
    kind: str,
    *,
    topic: str,
    about: str,
    context: str,
    due_at: datetime,
    expires_at: datetime,
    languages: Sequence[str] | None = None,
    confirmed_before: datetime | None = None,
    first: tuple[str, datetime] | None = None,
) -> int:
    """The same to everybody who follows a topic; `context` is JSON.

    `languages` narrows it to who reads these, `confirmed_before` to who followed by then. `first` names the language
    whose readers get it at `due_at`, and the moment for all others.
    """
    language, later = first or (None, due_at)
    facts = {
        "topic": topic,
        "about": about,
        "context": context,
        "due_at": due_at,
        "expires_at": expires_at,
        "languages": None if languages is None else list(languages),
        "before": confirmed_before,
        "first": language,
        "later": later,
    }
    return queue_all(kind, _FOLLOWERS_OF, facts)


def withdraw_unless(
    kind: str, still_true: str, facts: Mapping[str, Any], *, reason: str, only: Sequence[int] | None = None
) -> int:
    """Take back the waiting mails of a kind for which a SELECT finds no row; `only` these if given. Returns how many.

    The SELECT may refer to the mail as `message`: its `context`, its `about`, its `subscription_id`.
    """
    own = {"outbox_kind": kind, "outbox_reason": reason, "outbox_only": None if only is None else list(only)}
    with connection.cursor() as cursor:
        cursor.execute(_WITHDRAW.format(still_true=still_true.format(FOLLOWERS=_FOLLOWERS)), {**facts, **own})
        return cursor.rowcount


def withdraw_overtaken(kind: str, *, nearness: str, reason: str) -> int:
    """Take back those mails of a kind that wait beside one about the same, to the same, with a lower number."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERTAKE, {"kind": kind, "nearness": nearness, "reason": reason})
        return cursor.rowcount


def rows(select: str, facts: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What a SELECT over followers finds, for figures that staff see before anything is sent."""
    with connection.cursor() as cursor:
        cursor.execute(select.format(FOLLOWERS=_FOLLOWERS), facts)
        return cursor.fetchall()

"""All recommendations of a call released at one moment, with mail to everybody who acts for a partner."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from benchmarks.ground.measured import Measured, measure

if TYPE_CHECKING:
    from calls.chain.models import Call

TIMES = 3
REASONS = "The plan names who does what, and what it costs. " * 20
_TOLD = """
UPDATE consortia_outcome AS outcome SET released_at = now() FROM consortia_consortium AS consortium
WHERE consortium.id = outcome.consortium_id AND consortium.call_id = %(call)s AND consortium.status = 'declared'
"""
_MAILS = """
INSERT INTO notifications_message
    (uuid, kind, to_email, language, context, attachments, about, dedupe_key, status, attempts, error, subject)
SELECT DISTINCT ON (consortium.id, person.id) gen_random_uuid(), 'consortia/recommendation_released', person.email,
    person.language, jsonb_build_object(
        'consortium', consortium.name, 'verdict', outcome.verdict, 'outcome', outcome.verdict,
        'reasons', outcome.reasons, 'conditions', outcome.conditions, 'url', consortium.uuid, 'call_title', call.title
    ), '[]', 'recommendations:' || call.id, 'by-hand:' || consortium.id || ':' || person.id, 'queued', 0, '', ''
FROM consortia_consortium AS consortium
JOIN calls_call AS call ON call.id = consortium.call_id
JOIN consortia_outcome AS outcome ON outcome.consortium_id = consortium.id
JOIN consortia_member AS member ON member.consortium_id = consortium.id AND member.status = 'joined'
JOIN partners_membership AS held ON held.organisation_id = member.organisation_id
JOIN accounts_user AS person ON person.id = held.user_id AND person.is_active
JOIN account_emailaddress AS proved
    ON proved.user_id = person.id AND proved.email = person.email AND proved.verified
WHERE consortium.call_id = %(call)s AND consortium.status = 'declared'
"""


def measured(call: "Call") -> Measured:
    """All consortia of the call are declared and settled; each time is taken back."""
    from django.db import connection, transaction

    from accounts.users.models import User
    from consortia.recommendation.releasing import release
    from notifications.outbox.models import Message

    _settled(call)
    by = User.objects.order_by("pk")[0]

    def taken_back(act: Callable[[], None], then: Callable[[], object] = object) -> Any:
        with transaction.atomic():
            act()
            found = then()
            transaction.set_rollback(True)
        return found

    def told() -> set[tuple[str, str]]:
        written = Message.objects.filter(kind="consortia/recommendation_released")
        return set(written.values_list("to_email", "context__consortium"))

    def by_hand() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_TOLD, {"call": call.pk})
            cursor.execute(_MAILS, {"call": call.pk})

    def ours() -> None:
        release(call, by=by)

    mails = taken_back(ours, told)
    print(f"\n{len(mails)} mails are written by a release")
    same = mails == taken_back(by_hand, told) != set()
    return measure(lambda: taken_back(ours), lambda: taken_back(by_hand), same, TIMES)


def _settled(call: "Call") -> None:
    from datetime import timedelta

    from django.utils import timezone

    from calls.chain.models import Deadline
    from consortia.consortium.models import Consortium
    from consortia.outcomes.models import Outcome

    Deadline.objects.filter(call=call).update(due_at=timezone.now() - timedelta(days=1))
    Consortium.objects.filter(call=call).update(status="declared")
    Outcome.objects.bulk_create(
        Outcome(consortium=each, verdict="recommended", reasons=REASONS, version=1)
        for each in Consortium.objects.filter(call=call)
    )

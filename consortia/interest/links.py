"""Signed addresses in mails about an interest."""

from datetime import timedelta

from django.core import signing

from consortia.interest.models import Interest

CONFIRM_SALT = "consortia.confirm_interest"
WITHDRAW_SALT = "consortia.withdraw_interest"
CORRECT_SALT = "consortia.correct_interest"
CONFIRM_WITHIN = timedelta(days=7)
WITHDRAW_WITHIN = timedelta(days=400)


def confirm_token(interest: Interest) -> str:
    return signing.dumps(interest.uuid.hex, salt=CONFIRM_SALT)


def withdraw_token(interest: Interest) -> str:
    return signing.dumps(interest.uuid.hex, salt=WITHDRAW_SALT)


def correction_token(interest: Interest) -> str:
    return signing.dumps([interest.uuid.hex, interest.proposed_digest], salt=CORRECT_SALT)


def interest_to_correct(token: str) -> Interest | None:
    """None for a forged or old link, and once its answers were taken or others wait."""
    try:
        name, waiting = signing.loads(token, salt=CORRECT_SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        return None
    found = _with_name(name)
    return found if found and found.proposed and found.proposed_digest == waiting else None


def interest_to_confirm(token: str) -> Interest | None:
    """None for a forged, old or superseded link, and for one whose interest was withdrawn since."""
    interest = _named(token, CONFIRM_SALT, CONFIRM_WITHIN)
    return None if interest and interest.status == Interest.Status.WITHDRAWN else interest


def interest_asked_long_ago(token: str) -> Interest | None:
    """The interest that waits behind a link to confirm which is ours and only too old."""
    interest = _named(token, CONFIRM_SALT, None)
    return interest if interest and interest.status == Interest.Status.PENDING else None


def interest_to_withdraw(token: str) -> Interest | None:
    return _named(token, WITHDRAW_SALT, WITHDRAW_WITHIN)


def _named(token: str, salt: str, max_age: timedelta | None) -> Interest | None:
    try:
        name = signing.loads(token, salt=salt, max_age=max_age)
    except signing.BadSignature:
        return None
    return _with_name(name)


def _with_name(name: str) -> Interest | None:
    """The interest of a link; what was merged goes on in another."""
    linked = Interest.objects.select_related("call", "sector", "merged_into__call", "merged_into__sector")
    found = linked.filter(uuid=name).first()
    return found.merged_into if found and found.status == Interest.Status.MERGED else found

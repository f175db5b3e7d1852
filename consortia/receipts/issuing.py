"""A receipt is made once, in the transaction of what it attests."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785
from django.conf import settings
from django.db import connection
from django.db.models import CASCADE, QuerySet
from django.db.models.functions import Now

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from consortia.receipts import keys, numbers
from consortia.receipts.clock import written
from consortia.receipts.keeping_times import RECEIPTS
from consortia.receipts.models import Receipt
from hub.dates.brussels import local


def issue(kind: Receipt.Kind, *, attests: Mapping[str, Any], at: datetime) -> Receipt:
    """Sign what it `attests` (plain JSON without names of people) as taken in at this moment of the database's clock.

    The caller holds what it is about, so that one thing gets one receipt. What is signed are the bytes of RFC 8785.
    """
    number = numbers.written(local(at).year, _next())
    around = {"kind": str(kind), "number": number, "portal": settings.SITE_URL, "time": written(at)}
    payload = rfc8785.dumps({**attests, **around})
    key, private = keys.own()
    return Receipt.objects.create(
        number=number,
        kind=kind,
        payload=payload.decode(),
        digest=sha256(payload).hexdigest(),
        signature=b64encode(private.sign(payload)).decode(),
        key=key,
        at=at,
    )


def due(at: Moment) -> QuerySet[Receipt]:
    """Those whose time is over at that moment, and of which what they were issued for is gone, too."""
    # Its time stamp goes along.
    nothing = {each.name: None for each in Receipt._meta.related_objects if each.on_delete is not CASCADE}
    free = Receipt.objects.filter(**nothing).order_by().values("pk")
    return Receipt.objects.filter(at__lt=at - RECEIPTS.span, pk__in=free)


def forget() -> int:
    """Delete them."""
    return erasing.delete(due(Now()))


def _next() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('consortia_receipt_running')")
        number: int = cursor.fetchone()[0]
    return number

"""The portal on a machine whose clock is wrong by `WRONG_BY` seconds; the database's is right."""

import os
import time
from datetime import datetime, timedelta

from django.utils import timezone

_BY = float(os.environ["WRONG_BY"])
_right_time, _right_now = time.time, timezone.now


def _wrong_time() -> float:
    return _right_time() + _BY


def _wrong_now() -> datetime:
    return _right_now() + timedelta(seconds=_BY)


# Before anything takes them by name.
time.time, timezone.now = _wrong_time, _wrong_now

from nccsi.wsgi import application  # noqa: E402 - see above

__all__ = ["application"]

"""Figures for the access table: one for everybody, one that staff keep back, and a comment that only they read."""

from datetime import date
from decimal import Decimal

from accounts.users.models import User
from monitoring.comments import writing
from monitoring.indicators.models import Indicator
from monitoring.snapshots import correcting
from monitoring.snapshots.correcting import Entry


def counted(editor: User, *, hidden: str) -> dict[str, dict[str, str]]:
    """By label, what fills the arguments of an address."""
    Indicator.objects.filter(code="organisations").update(is_public=True)
    public = Indicator.objects.get(code="organisations")
    kept_back = Indicator.objects.create(
        code="kept-back", area="learning", name=f"{hidden} figure", definition=f"{hidden} says", unit="people"
    )
    source = f"{hidden} source"
    correcting.enter(kept_back, Entry(date(2026, 1, 31), Decimal(9), source), by=editor)
    comment, _new = writing.write(
        public, until=date(2026, 1, 31), text=f"{hidden} comment", language="en", by=editor, is_public=False
    )
    return {
        "figure": {"slug": public.code, "pk": str(public.pk)},
        "figure-kept-back": {"slug": kept_back.code, "pk": str(kept_back.pk), "kind": "csv"},
        "figure-comment": {"pk": str(comment.pk)},
    }

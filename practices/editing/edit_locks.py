"""Why a practice must not be changed from outside its editor just now: somebody is at work on it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext
from wagtail.models import Revision, WorkflowState

from accounts.users.models import User
from practices.practice.models.practice import Practice


def edit_locks(practices: Iterable[Practice], *, by: User) -> dict[int, str]:
    """The reason for each practice that has one, by its key; two queries, however many practices."""
    found = list(practices)
    keys = [str(practice.pk) for practice in found]
    kind = ContentType.objects.get_for_model(Practice)
    on_these = {"base_content_type": kind, "object_id__in": keys}
    scheduled = Revision.objects.filter(**on_these, approved_go_live_at__isnull=False)
    in_review = WorkflowState.objects.active().filter(**on_these)
    reasons = {int(key): gettext("It is scheduled to be published.") for key in _keys(scheduled)}
    reasons |= {int(key): gettext("It is in review; that has to end first.") for key in _keys(in_review)}
    return reasons | locked(found, by=by)


def locked(practices: Iterable[Practice], *, by: User) -> dict[int, str]:
    """The reason for those that somebody else locked."""
    words = gettext("Somebody locked it.")
    return {each.pk: words for each in practices if each.locked and each.locked_by_id != by.pk}


def _keys(rows: QuerySet[Any]) -> Iterable[str]:
    return rows.order_by().values_list("object_id", flat=True).distinct()

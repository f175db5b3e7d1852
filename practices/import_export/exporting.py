"""Practices as a file: CSV, XLSX or JSON, as long as the library is, in little memory."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase

from accounts.users.models import User
from hub.sheets import writing
from practices.editing.versions import newest, whole
from practices.import_export.resource import PracticeResource
from practices.open_data.became import became
from practices.practice.models.practice import Practice

# Practices that are in memory at once.
_AT_ONCE = 500


def export(practices: QuerySet[Practice], kind: str, *, to: User) -> HttpResponseBase:
    """A download of these practices, in their order; raises ValidationError where the format cannot hold them."""
    keys = list(practices.values_list("pk", flat=True))
    resource = PracticeResource(with_contact=to.has_perm("practices.change_practice"))
    return writing.download("practices", kind, resource.get_export_headers(), _rows(resource, keys))


def _rows(resource: PracticeResource, keys: list[int]) -> Iterator[list[Any]]:
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        found = {each.pk: each for each in whole(Practice.objects.filter(pk__in=some))}
        resource.became.clear()
        resource.became.update(became(some))
        for practice in newest([found[key] for key in some if key in found], resource.terms):
            yield resource.export_resource(practice)

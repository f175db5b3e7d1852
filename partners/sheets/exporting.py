"""Organisations as a file: CSV, XLSX or JSON, as many as there are, in little memory."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase

from accounts.users.models import User
from hub.sheets import writing
from hub.sheets.fields import SheetField
from partners.organisations.models import Organisation
from partners.sheets import columns
from partners.sheets.fields import fields

# Organisations that are in memory at once.
_AT_ONCE = 500


def export(organisations: "QuerySet[Any]", kind: str, *, to: User) -> HttpResponseBase:
    """A download of these, in their order; raises ValidationError where the format cannot hold them."""
    keys = list(organisations.values_list("pk", flat=True))
    read = fields(columns.terms(), with_mailbox=to.has_perm("partners.change_organisation"))
    return writing.download("organisations", kind, [*read], _rows([*read.values()], keys))


def _rows(read: list[SheetField], keys: list[int]) -> Iterator[list[Any]]:
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        found = Organisation.objects.with_facts().in_bulk(some)
        yield from ([field.export(found[key]) for field in read] for key in some if key in found)

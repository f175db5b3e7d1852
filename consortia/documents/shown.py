"""Documents as lists show them: each with its last version, in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery

from consortia.consortium.models import Consortium
from consortia.documents.models import Document
from consortia.files.models import FileVersion

_FIRST = 5


@dataclass(frozen=True)
class Excerpt:
    """The newest, and how many there are."""

    rows: list[Document]
    number: int


def listed(consortium: Consortium) -> QuerySet[Document]:
    """The newest first; `last` is the key of its last version, `number` says how many there are."""
    newest = FileVersion.objects.filter(file=OuterRef("file")).order_by("-number").values("pk")[:1]
    found = Document.objects.filter(consortium=consortium).select_related("consortium", "endorses__organisation")
    return found.annotate(last=Subquery(newest), number=Count("file__versions")).order_by("-pk")


def with_versions(documents: list[Document]) -> list[Document]:
    """The same with their last versions as `version`."""
    keys = [each.last for each in documents]  # type: ignore[attr-defined]  # annotated in `listed`
    versions = FileVersion.objects.in_bulk([key for key in keys if key])
    for each, key in zip(documents, keys, strict=True):
        each.version = versions.get(key)  # type: ignore[attr-defined]  # for templates
    return documents


def excerpt(consortium: Consortium) -> Excerpt:
    """For the page of the consortium; in three queries."""
    return Excerpt(with_versions(list(listed(consortium)[:_FIRST])), consortium.documents.count())

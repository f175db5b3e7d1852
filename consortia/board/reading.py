"""One consortium for staff, to read: what is known once it is named, and the rest where it lets all be seen."""

from typing import Any, cast
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from accounts.users.models import User
from consortia.conflicts.staff import refusal_to_read
from consortia.consortium.actions import RefusedError
from consortia.consortium.log import line
from consortia.consortium.models import Consortium
from consortia.declaration.readiness import checks
from consortia.documents import shown as documents
from consortia.files.models import FileVersion
from consortia.sign_off.versions import standings
from consortia.to_do import shown as tasks
from hub.files import private

LINES, MOST = 20, 50


def named(consortium: Consortium) -> dict[str, Any]:
    """Name, organisations with their signatures, the call's rules, the declarations."""
    found = standings(consortium)
    return {
        "name": consortium.name,
        "standings": found,
        "checks": checks(consortium, found),
        "declarations": consortium.declarations.select_related("receipt")[:MOST],
    }


def whole(consortium: Consortium, page: str | None) -> dict[str, Any]:
    """Summary, documents, tasks and log; never the notes."""
    log = Paginator(consortium.entries.select_related("by"), LINES).get_page(page)
    return {
        "words": consortium.words,
        "documents": documents.with_versions(list(documents.listed(consortium)[:MOST])),
        "tasks": tasks.listed(consortium)[:MOST],
        "log": log,
        "lines": [line(each) for each in log],
    }


def file(uuid: UUID, version: UUID, *, by: User) -> HttpResponse:
    """Any version of a document; there is none in a consortium that does not let all be seen, or was given up.

    Raises RefusedError for staff who act for an organisation in the call.
    """
    open_ones = Consortium.objects.filter(shown_to_centre=Consortium.Shown.ALL)
    consortium = get_object_or_404(open_ones.exclude(status=Consortium.Status.GIVEN_UP), uuid=uuid)
    if said := refusal_to_read(by, consortium):
        raise RefusedError(said)
    kept = FileVersion.objects.there().filter(file__consortium=consortium, file__document__isnull=False)
    found = get_object_or_404(kept, uuid=version)
    return cast(HttpResponse, private.download(found.content, name=found.name))

"""A report of reuse as schema.org describes it: somebody used what others had made, somewhere, since a day."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.safestring import SafeString

from hub.pages.structured_data import json_ld, part
from practices.practice.models.practice import Practice
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.versions import Outcome, ReuseVersion

_ACTION = "https://schema.org/"
_STATUS = {Outcome.STOPPED: "CompletedActionStatus", Outcome.FAILED: "FailedActionStatus"}


def reuse_data(reuse: Reuse, version: ReuseVersion, practice: Practice, title: str) -> SafeString:
    """`UseAction`, with who, what, where, since when, and what came of it."""
    url = urljoin(settings.SITE_URL, reuse.get_absolute_url())
    about = urljoin(settings.SITE_URL, practice.get_absolute_url())
    organisation = reuse.organisation
    told: dict[str, Any] = {
        "@id": url,
        "url": url,
        "agent": part("Organization", name=reuse.name, url=organisation.website if organisation else ""),
        "object": part("CreativeWork", **{"@id": about}, name=title, url=about),
        "location": part("Place", name=reuse.where) if reuse.where else None,
        "startTime": _month(version.since_year, version.since_month),
        "endTime": _month(version.until_year, version.until_month),
        "actionStatus": _ACTION + _STATUS.get(Outcome(version.outcome), "ActiveActionStatus"),
        "result": part("CreativeWork", text=version.came_of_it, inLanguage=version.language),
        "error": part("Thing", description=version.why_stopped) if version.why_stopped else None,
    }
    return json_ld("UseAction", **told)


def _month(year: int | None, month: int | None) -> str:
    if year is None:
        return ""
    return f"{year:04}-{month:02}" if month else f"{year:04}"

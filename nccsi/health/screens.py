"""The same for people: a page of the admin that says of each part how it is, and what to do."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hub.changes.headers import header
from nccsi.health import parts
from nccsi.running.version import version

ICON = "view"
# What each part is called, and what to do when it does not work.
_WORDS: dict[str, tuple[Promise, Promise]] = {
    "database": (_("Database"), _("Look whether PostgreSQL runs.")),
    "migrations": (_("Changes of the database"), _("Run “manage.py migrate”: the database is older than the portal.")),
    "broker": (_("Queue of tasks"), _("Look whether Redis runs. Mail waits until then, nothing is lost.")),
    "cache": (_("Cache"), _("Look whether the Redis of the cache runs. Pages are slower until then.")),
    "beat": (_("Schedule"), _("Look whether beat and a worker run. Until then no mail leaves.")),
    "worker": (_("Worker"), _("Look whether a worker runs. Until then no mail leaves.")),
    "outbox": (_("Outbox"), _("Look at Mail → Outbox: mail that is due does not leave.")),
    "mail": (pgettext_lazy("part", "Mail server"), _("Look at Mail → Outbox for what the mail server says.")),
    "media": (_("Uploads"), _("Give the folder of uploads to the user that runs the portal.")),
    "disk": (_("Disk"), _("Make room before the disk is full.")),
    "backup": (_("Last backup"), _("Run “manage.py backup” every day.")),
}


@dataclass(frozen=True)
class Line:
    """One part, as the page says it."""

    name: Promise
    state: str
    says: str
    found: str
    to_do: Promise | str


def may_see(user: Any) -> bool:
    """Whether this person may know how the portal is: those who may do everything."""
    return bool(user.is_superuser and user.has_perm("wagtailadmin.access_admin"))


@never_cache
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Each part, the broken ones first."""
    if not may_see(request.user):
        raise PermissionDenied
    found = parts.state()
    lines = sorted((_line(name, part) for name, part in found.items()), key=lambda line: line.state == "ok")
    facts = {
        **header(gettext("State of the portal"), icon=ICON),
        "lines": lines,
        "works": parts.works(found),
        "version": version(),
    }
    return render(request, "nccsi/admin/state.html", facts)


def _line(name: str, part: parts.Part) -> Line:
    called, to_do = _WORDS[name]
    if part["ok"]:
        return Line(called, "ok", gettext("works"), _found(part), "")
    if name in parts.NEEDED:
        return Line(called, "broken", gettext("does not work"), _found(part), to_do)
    return Line(called, "look", gettext("needs a look"), _found(part), to_do)


def _found(part: parts.Part) -> str:
    """The one figure that a part tells of itself, in words."""
    if "silent_seconds" in part:
        return gettext("last sign: %(when)s") % {"when": _when(part["silent_seconds"])}
    if "age_seconds" in part:
        return gettext("made: %(when)s") % {"when": _when(part["age_seconds"])}
    if part.get("oldest_seconds"):
        return gettext("the oldest mail was due: %(when)s") % {"when": _when(part["oldest_seconds"])}
    if "since_seconds" in part:
        return gettext("since: %(when)s") % {"when": _when(part["since_seconds"])}
    if "free_megabytes" in part:
        return gettext("%(size)s free") % {"size": filesizeformat(part["free_megabytes"] * 1_000_000)}
    if "pending" in part:
        return gettext("%(number)s to come") % {"number": part["pending"]}
    known = {"never heard": gettext("never heard of"), "never made": gettext("there is none yet")}
    return known.get(part.get("reason", ""), str(part.get("reason", "")))


def _when(seconds: int) -> str:
    return str(naturaltime(timezone.now() - timedelta(seconds=seconds)))


urlpatterns: list[URLPattern] = [path("state/", state, name="nccsi_state")]

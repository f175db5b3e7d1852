"""A report becomes public once, and stays as it was published: its words, its figures, and the SHA-256 of both."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from accounts.users.models import User
from hub.dates.brussels import local
from hub.dates.database_clock import now
from monitoring.indicators.models import Indicator
from monitoring.reports.contents import canonical, contents, digest
from monitoring.reports.models import Report, moment_of
from monitoring.snapshots import taking


class NotReadyError(Exception):
    """Why it cannot be published yet, in words."""


@transaction.atomic
def publish(report: Report, *, by: User) -> bool:
    """Keep what it says now, for everybody. False when it was published before. Raises NotReadyError."""
    found = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if found.is_published:
        return False
    _demand_ready(found)
    # While nobody else can keep, enter or correct one: what comes later has a later moment.
    taking.hold()
    figures = found.parts.filter(indicator__isnull=False).values("indicator")
    list(Indicator.objects.filter(pk__in=figures).order_by("pk").select_for_update(no_key=True))
    moment = now()
    found.known_at = _of_another_language(found) or moment_of(found, moment)
    found.content = canonical(contents(found, found.known_at))
    found.digest = digest(found.content)
    found.state, found.published_at, found.published_by = Report.State.PUBLISHED, moment, by
    found.save()
    return True


def _of_another_language(report: Report) -> datetime | None:
    """The same report says the same in every language in which it is published."""
    same = {"family": report.family, "since": report.since, "until": report.until, "as_of": report.as_of}
    return Report.objects.public().filter(**same).values_list("known_at", flat=True).first()


def _demand_ready(report: Report) -> None:
    today = local(timezone.now()).date()
    if report.until >= today:
        raise NotReadyError(gettext("The period is not over yet. It can be published on the day after its last one."))
    if report.as_of and report.as_of > today:
        raise NotReadyError(gettext("The day of its figures is still to come."))
    parts = list(report.parts.select_related("indicator"))
    if not any(part.text.strip() or part.indicator for part in parts):
        raise NotReadyError(gettext("Nothing is in it yet: write something, or choose a figure."))
    if unfilled := [str(part) or gettext("without a heading") for part in parts if part.is_unfilled]:
        said = gettext("Something is still to be written here: %(parts)s. Write it, or take the part out.")
        raise NotReadyError(said % {"parts": ", ".join(unfilled)})

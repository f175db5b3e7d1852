"""How a report begins: from a template, or as another one in one more language."""

from datetime import date

from django.db import transaction
from django.db.models import Model
from django.utils.translation import override

from monitoring.reports.models import Report, ReportPart, Template


@transaction.atomic
def begin(template: Template, *, title: str, language: str, since: date, until: date) -> Report:
    """A draft with the parts of the template, in this language. Sent twice it is one."""
    _hold(template)
    asked = {"title": title, "language": language, "since": since, "until": until}
    if known := Report.objects.filter(**asked, state=Report.State.DRAFT).first():
        return known
    made = Report.objects.create(**asked)
    with override(language):
        ReportPart.objects.bulk_create(
            ReportPart(
                report=made,
                sort_order=place,
                heading=str(part.heading),
                hint=str(part.hint),
                indicator=part.indicator,
                breakdown=part.breakdown,
            )
            for place, part in enumerate(template.parts.select_related("indicator"))
        )
    return made


@transaction.atomic
def copy(report: Report, *, language: str) -> Report:
    """The same report as a draft in another language, to be translated; its figures are of the same moment.

    Where it is in that language already, that one.
    """
    _hold(report)
    if known := Report.objects.filter(family=report.family, language=language).first():
        return known
    made = Report.objects.create(
        title=report.title,
        language=language,
        since=report.since,
        until=report.until,
        as_of=report.as_of,
        family=report.family,
        known_at=report.known_at,
    )
    ReportPart.objects.bulk_create(
        ReportPart(
            report=made,
            sort_order=place,
            heading=part.heading,
            text=part.text,
            hint=part.hint,
            indicator=part.indicator,
            breakdown=part.breakdown,
        )
        for place, part in enumerate(report.parts.select_related("indicator"))
    )
    return made


def _hold(row: Model) -> None:
    list(type(row)._base_manager.select_for_update(no_key=True).filter(pk=row.pk).values_list("pk"))

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from events.agenda import calendar
from events.agenda.models import Event
from events.agenda.pages import page_in
from hub.pages.slugs import slug_of


@require_GET
def series_calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All dates of a series as one calendar file."""
    dates = list(Event.objects.public().filter(series__uid=uid).select_related("series").order_by("starts_at", "pk"))
    if not dates or dates[0].series is None:
        raise Http404
    language = get_language() or settings.LANGUAGE_CODE
    page = page_in(dates[0], language)
    title = page.title if page else str(dates[0].series.title)
    return _file(calendar.series_file(dates, language=language, name=title), title)


@require_GET
def event_calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The event as a calendar file."""
    event = get_object_or_404(Event.objects.public(), uid=uid)
    file = calendar.event_file(event, language=get_language() or settings.LANGUAGE_CODE)
    return _file(file, str(event.title))


def _file(content: bytes, title: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = slug_of(title)[:60] or "event"
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from events.agenda import calendar
from events.agenda.models import Event
from hub.pages.slugs import slug_of


@require_GET
def event_calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The event as a calendar file."""
    event = get_object_or_404(Event.objects.public(), uid=uid)
    file = calendar.event_file(event, language=get_language() or settings.LANGUAGE_CODE)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    name = slug_of(str(event.title))[:60] or "event"
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response

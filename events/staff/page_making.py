"""Pages of an event made from its facts: drafts, each below the agenda of its language."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views import View
from django.views.decorators.http import require_POST
from wagtail.models import Locale

from accounts.users.models import User
from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.moving import moving
from events.overview.models import EventIndexPage
from events.series.models import Series
from hub.changes.screens import found
from hub.fact_pages.per_language import PagesOf
from hub.languages.reading_order import in_language


def pages_of(event: Event) -> PagesOf:
    """The pages of an event, or of the series that it is a date of."""
    series = event.series

    def begin(locale: Locale) -> EventPage:
        title = in_language(series.title if series else event.title, locale.language_code)
        about = {"series": series} if series else {"event": event}
        return EventPage(**about, locale=locale, title=title)

    return PagesOf(EventPage.objects.about([event]), EventIndexPage, begin)


@transaction.atomic
def make_page(event: Event, language: str, *, by: User) -> EventPage:
    """A draft with the title that the facts give; the page that is there already where there is one.

    Raises PermissionDenied for who may not write below that agenda, and where there is none.
    """
    page: EventPage = pages_of(_held(event)).make(language, by=by)
    return page


@transaction.atomic
def make_missing(event: Event, *, by: User) -> list[EventPage]:
    """Such a draft in each language that lacks one and in which this person may write."""
    return pages_of(_held(event)).make_missing(by=by)


def _held(event: Event) -> Event:
    row = moving.held(event)
    if row.series:
        # Who makes the page of another date at this moment makes the same one.
        row.series = Series.objects.select_for_update(no_key=True).get(pk=row.series.pk)
    return row


@method_decorator(require_POST, "dispatch")
class MakePage(View):
    """The button of the event's screen: leads to the editor of the new draft."""

    def post(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        event = found(request, Event, pk)
        if not isinstance(request.user, User) or language not in dict(settings.LANGUAGES):
            raise PermissionDenied
        page = make_page(event, language, by=request.user)
        messages.success(request, gettext("A draft with the title of the event: write its words, then publish it."))
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))

"""Pages of an event made from its facts: a draft in one language, below the agenda of that language."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, override
from django.views import View
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from accounts.users.models import User
from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.moving import moving
from events.overview.models import EventIndexPage
from events.series.models import Series
from hub.changes.screens import found
from hub.languages.names import language_name
from hub.languages.reading_order import in_language


@dataclass(frozen=True)
class PageInLanguage:
    """What there is of an event in one language; without `page`, whether somebody may make one."""

    language: str
    name: str
    page: EventPage | None
    has_agenda: bool
    may_make: bool


def agenda_in(language: str) -> EventIndexPage | None:
    """The agenda of a language, where there is one."""
    agendas = EventIndexPage.objects.filter(locale__language_code=language)
    agenda: EventIndexPage | None = agendas.order_by("-live", "path").first()
    return agenda


def overview(event: Event, user: User) -> list[PageInLanguage]:
    """Each language of the portal with the event's page, or whether this person may make it."""
    pages = {
        page.locale.language_code: page
        for page in EventPage.objects.about([event]).select_related("locale").defer("body")
    }
    return [_in_language(code, pages.get(code), user) for code, _name in settings.LANGUAGES]


def _in_language(code: str, page: EventPage | None, user: User) -> PageInLanguage:
    agenda = None if page else agenda_in(code)
    may_make = bool(agenda and agenda.permissions_for_user(user).can_add_subpage())
    return PageInLanguage(code, language_name(code), page, has_agenda=bool(page or agenda), may_make=may_make)


@transaction.atomic
def make_page(event: Event, language: str, *, by: User) -> EventPage:
    """A draft with the title that the facts give; the page that is there already where there is one.

    Raises PermissionDenied for who may not write below that agenda, and where there is none.
    """
    row = moving.held(event)
    if row.series:
        # Who makes the page of another date at this moment makes the same one.
        row.series = Series.objects.select_for_update(no_key=True).get(pk=row.series.pk)
    pages = EventPage.objects.about([row])
    if page := pages.filter(locale__language_code=language).first():
        return page
    agenda = agenda_in(language)
    if agenda is None or not agenda.permissions_for_user(by).can_add_subpage():
        raise PermissionDenied
    title = in_language(row.series.title if row.series else row.title, language)
    about = {"series": row.series} if row.series else {"event": row}
    page = EventPage(**about, locale=agenda.locale, title=title, live=False, owner=by)
    if other := pages.first():
        page.translation_key = other.translation_key
    with override(language):
        agenda.add_child(instance=page)
    page.save_revision(user=by, log_action=False)
    log(page, "wagtail.create", user=by)
    return page


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

"""Pages of a call made from its facts: a draft in each language, below the calls of that language."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_POST
from wagtail.models import Locale

from accounts.users.models import User
from calls.chain.models import Call
from calls.overview.models import CallIndexPage
from calls.pages.models import CallPage
from hub.changes.screens import found
from hub.languages import pages_of_facts
from hub.languages.pages_of_facts import PagesOf
from hub.languages.reading_order import in_language


def pages_of(call: Call) -> PagesOf:
    """The pages of a call."""

    def begin(locale: Locale) -> CallPage:
        return CallPage(call=call, locale=locale, title=in_language(call.title, locale.language_code))

    return PagesOf(CallPage.objects.filter(call=call), CallIndexPage, begin)


@transaction.atomic
def make_missing(call: Call, *, by: User) -> list[CallPage]:
    """A draft with the title of the call in each language that lacks a page and in which this person may write."""
    row = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    return pages_of(row).make_missing(by=by)


@method_decorator(require_POST, "dispatch")
class MakeMissingPages(View):
    """The button of the call's screen: leads back to it, where each draft can be opened."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        call = found(request, Call, pk)
        if not isinstance(request.user, User):
            raise PermissionDenied
        messages.success(request, pages_of_facts.made(make_missing(call, by=request.user)))
        return redirect(reverse("wagtailsnippets_calls_call:edit", args=[call.pk]))

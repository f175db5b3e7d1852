"""Pages of a call made from its facts: a draft in each language, below the calls of that language."""

from django.db import transaction
from wagtail.models import Locale

from accounts.users.models import User
from calls.chain.models import Call
from calls.overview.models import CallIndexPage
from calls.pages.models import CallPage
from hub.fact_pages.per_language import PagesOf
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

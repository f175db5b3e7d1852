"""What the mails about something new look up when they are sent."""

from typing import Any

from django import template
from django.utils.translation import get_language

from hub.chain import chain
from hub.models import Call, CallPage, Digest, NewsPage
from hub.newsletter import Issue, issue
from hub.visibility import visible

register = template.Library()


@register.simple_tag
def news_page(pk: int) -> NewsPage | None:
    """The piece of news, while a visitor may see it."""
    return visible(NewsPage.objects.filter(pk=pk)).first()


@register.simple_tag
def new_call(pk: int) -> dict[str, Any] | None:
    """The call's page in the reader's language, else in another one that is named, with its chain."""
    call = Call.objects.with_chain().filter(pk=pk).first()
    if call is None:
        return None
    pages = visible(CallPage.objects.filter(call=call)).select_related("locale")
    language = get_language()
    page = max(pages, key=lambda page: page.locale.language_code == language, default=None)
    if page is None:
        return None
    foreign = page.locale.language_code if page.locale.language_code != language else ""
    return {"page": page, "steps": chain(call).steps, "foreign": foreign}


@register.simple_tag
def digest_issue(digest: Digest | int) -> Issue | None:
    """A newsletter in the active language: by its number, or one that is being written."""
    if not isinstance(digest, Digest):
        digest = Digest.objects.filter(pk=digest).first()
    return issue(digest, get_language() or "") if isinstance(digest, Digest) else None

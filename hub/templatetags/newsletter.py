"""What the mails about something new look up when they are sent."""

from django import template
from django.utils.translation import get_language

from hub.newsletter.issues import Issue, issue
from hub.newsletter.models import Digest
from hub.pages.models import NewsPage
from hub.site.visibility import visible

register = template.Library()


@register.simple_tag
def news_page(pk: int) -> NewsPage | None:
    """The piece of news, while a visitor may see it."""
    return visible(NewsPage.objects.filter(pk=pk)).first()


@register.simple_tag
def digest_issue(digest: Digest | int) -> Issue | None:
    """A newsletter in the active language: by its number, or one that is being written."""
    if not isinstance(digest, Digest):
        digest = Digest.objects.filter(pk=digest).first()
    return issue(digest, get_language() or "") if isinstance(digest, Digest) else None

"""How the portal writes dates, plain text and names of languages in the reader's language."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urljoin, urlsplit

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from hub.dates import brussels
from hub.dates.time_left import time_left
from hub.dates.words import clock, day, moment
from hub.languages.names import language_name

register = template.Library()
register.filter(language_name)
register.filter(clock)
register.filter(day)
register.filter(moment)


@register.filter
def parse_moment(value: str | None) -> datetime | None:
    """An ISO moment from a message's plain context, as a datetime again; nothing when it is not one."""
    try:
        parsed = datetime.fromisoformat(value or "")
    except (TypeError, ValueError):
        return None
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed, brussels.BRUSSELS)


@register.filter
def left(value: datetime) -> str:
    """How long it still is until a moment, in words; empty when it is over."""
    return time_left(value, timezone.now())


@register.filter
def in_language(words: object, language: str) -> str:
    """Words within others, with the language that they are in; as they are where it is the page's own (empty)."""
    return format_html('<span lang="{}">{}</span>', language, words) if language else str(words)


@register.filter
def paragraphs(text: object) -> SafeString:
    """Plain text as safe paragraphs; lines that start with a dash or a bullet become a list."""
    blocks = str(text or "").replace("\r\n", "\n").split("\n\n")
    return mark_safe("".join(part for block in blocks for part in _parts(block)))  # noqa: S308  # parts are escaped


def _parts(block: str) -> Iterator[SafeString]:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    for is_list, group in groupby(lines, key=lambda line: line.startswith(("- ", "* ", "• "))):
        if is_list:
            yield format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line[2:],) for line in group)))
        else:
            yield format_html("<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((line,) for line in group)))


@register.simple_block_tag(takes_context=True)
def document_title(context: Context, content: SafeString) -> str:
    """The title of the window; a form that came back says so first, for who does not see the page."""
    # A form with rows of forms is told of as `whole`: what is wrong in a row is wrong too.
    request, form = context.get("request"), context.get("whole") or context.get("form")
    if request is None or request.method != "POST" or not getattr(form, "errors", None):
        return content
    # Translators: the title of a page whose form has something to mend.
    return format_html(gettext("Error: %(title)s").replace("%(title)s", "{}"), content)


@register.simple_block_tag
def words(content: SafeString) -> SafeString:
    """What a block says, on one line, to be said in several places: `{% words as title %}…{% endwords %}`."""
    return mark_safe(" ".join(content.split()))  # noqa: S308  # rendered, so escaped already


@register.filter
def webcal(path: str) -> str:
    """The address under which a calendar program subscribes to a calendar of the portal, instead of copying it once."""
    return f"webcal://{urlsplit(settings.SITE_URL).netloc}{path}"


@register.filter
def full_address(path: str) -> str:
    """The whole address of a path of the portal, to be copied."""
    return urljoin(settings.SITE_URL, path)


@register.simple_tag
def elided_pages(page: Page[Any]) -> list[int]:
    """The numbers of the pages that a long list offers: the first, the last and those around, 0 for a gap."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in numbers]

"""What other apps' pages show of the library."""

from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from hub.content_memory.content_version import remembered
from hub.dates.words import day
from hub.templatetags.portal import paragraphs
from partners.organisations.models import Organisation
from practices.contributing.rules import UpdateOffer, update_offer
from practices.library.places import Places, everywhere
from practices.page.presentation import PracticePage
from practices.practice.languages import newest_in
from practices.practice.models.practice import Practice
from practices.practice.presentation import Summary, numbered, summaries
from practices.practice.terms import Terms

register = template.Library()


@register.simple_tag
def latest_practices(number: int = 3) -> list[Summary]:
    """The newest practices, as rows and cards show them: first what is there in full in the reader's language."""
    language = get_language() or ""
    return remembered(
        ("latest practices", number, language),
        lambda: summaries(list(newest_in(language)[:number]), Terms.load()),
    )


@register.simple_tag
def practices_of(organisation: Organisation) -> list[Summary]:
    """The practices that an organisation answers for, newest first, as rows and cards show them."""
    return summaries(list(Practice.objects.public().filter(owner=organisation).newest_first()), Terms.load())


@register.simple_tag
def library_size() -> int:
    """How many practices there are to read."""
    return remembered("library size", Practice.objects.public().count)


@register.simple_tag
def practices_everywhere() -> Places:
    """Where the practices of the whole library are."""
    return everywhere()


@register.simple_tag(takes_context=True)
def offered_update(context: template.Context, practice: Practice) -> UpdateOffer | None:
    """For a reader who may propose changes to this practice: whether that is possible now."""
    request = context.get("request")
    return update_offer(request.user, practice) if request is not None else None


@register.simple_tag
def citation(page: PracticePage, site_name: str) -> str:
    """How to name this practice elsewhere, in one line."""
    practice, when = page.practice, ""
    if practice.checked_on:
        when = gettext("Last checked on %(day)s.") % {"day": day(practice.checked_on)}
    elif practice.last_published_at:
        when = gettext("Last changed on %(day)s.") % {"day": day(practice.last_published_at)}
    return " ".join(filter(None, (f"{page.title}. {site_name}.", when, page.canonical_url)))


@register.filter
def steps(text: str | None) -> SafeString:
    """Plain text whose numbered lines become an ordered list."""
    parts = []
    for is_list, lines in groupby((text or "").splitlines(), key=lambda line: bool(numbered(line))):
        if is_list:
            items = ((step,) for line in lines for step in numbered(line))
            parts.append(format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", items)))
        else:
            parts.append(paragraphs("\n".join(lines)))
    return mark_safe("".join(parts))  # noqa: S308  # parts are escaped

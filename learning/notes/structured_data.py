"""What search engines read about a policy note (schema.org)."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.safestring import SafeString

from hub.pages.structured_data import json_ld, part
from hub.site.models import SiteSettings
from learning.notes.reading import Note


def note_data(note: Note) -> SafeString:
    """A report of the centre with what it cites."""
    page = note.page
    name = (SiteSettings.objects.first() or SiteSettings()).name
    cited = {each.title: each.url for each in note.cited}
    return json_ld(
        "Report",
        headline=page.title,
        abstract=page.introduction,
        inLanguage=page.locale.language_code,
        datePublished=page.first_published_at,
        dateModified=page.last_published_at,
        url=urljoin(settings.SITE_URL, page.url or ""),
        audience=part("Audience", audienceType=page.addressed_to),
        publisher=part("Organization", name=name, url=settings.SITE_URL),
        citation=[
            part("CreativeWork", name=title, url=urljoin(settings.SITE_URL, url) if url else "")
            for title, url in cited.items()
        ],
    )

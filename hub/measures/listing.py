"""What lists behind figures need to show records: the page that this reader gets of several that say the same."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page

from hub.languages.reading_order import languages_for


def nearest(pages: Iterable[Page]) -> Page | None:
    """The one in the reader's language or the nearest; of pages that were loaded with their locales."""
    by_language = {page.locale.language_code: page for page in pages}
    wanted = dict.fromkeys([*languages_for(get_language() or settings.LANGUAGE_CODE), *sorted(by_language)])
    return next((by_language[code] for code in wanted if code in by_language), None)

"""The models of all rooms, for Django."""

from hub.contact.models import Contact, ContactPage
from hub.content_memory.models import ContentChange
from hub.newsletter.models import Digest, DigestItem
from hub.pages.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from hub.saved_searches.models import SavedSearch
from hub.search.models import PageEntry, SiteWord
from hub.site.models import MenuItem, SiteSettings
from hub.vocabularies.models import Term, Vocabulary
from hub.what_is_new.models import SourceTold

__all__ = [
    "Contact",
    "ContactPage",
    "ContentChange",
    "Digest",
    "DigestItem",
    "HomePage",
    "MenuItem",
    "NewsIndexPage",
    "NewsPage",
    "PageEntry",
    "SavedSearch",
    "SiteSettings",
    "SiteWord",
    "SourceTold",
    "StandardPage",
    "Term",
    "Vocabulary",
]

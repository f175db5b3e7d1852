from hub.models.calls import Call, Deadline
from hub.models.pages import (
    CallIndexPage,
    CallPage,
    ContactPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    StandardPage,
)
from hub.models.site import Contact, MenuItem, SiteSettings
from hub.models.vocabularies import Term, Vocabulary

__all__ = [
    "Call",
    "CallIndexPage",
    "CallPage",
    "Contact",
    "ContactPage",
    "Deadline",
    "HomePage",
    "MenuItem",
    "NewsIndexPage",
    "NewsPage",
    "SiteSettings",
    "StandardPage",
    "Term",
    "Vocabulary",
]

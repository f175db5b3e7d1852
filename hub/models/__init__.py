from hub.models.call_overviews import CallIndexPage
from hub.models.call_pages import CallPage
from hub.models.calls import Call, Deadline
from hub.models.changes import CallWithdrawal, DeadlineChange
from hub.models.contact import Contact, ContactPage
from hub.models.content import ContentChange
from hub.models.documents import CallDocument
from hub.models.entries import PageEntry, SiteWord
from hub.models.newsletter import Digest, DigestItem
from hub.models.pages import (
    HomePage,
    NewsIndexPage,
    NewsPage,
    StandardPage,
)
from hub.models.questions import Question
from hub.models.site import MenuItem, SiteSettings
from hub.models.vocabularies import Term, Vocabulary

__all__ = [
    "Call",
    "CallDocument",
    "CallIndexPage",
    "CallPage",
    "CallWithdrawal",
    "Contact",
    "ContactPage",
    "ContentChange",
    "Deadline",
    "DeadlineChange",
    "Digest",
    "DigestItem",
    "HomePage",
    "MenuItem",
    "NewsIndexPage",
    "NewsPage",
    "PageEntry",
    "Question",
    "SiteSettings",
    "SiteWord",
    "StandardPage",
    "Term",
    "Vocabulary",
]

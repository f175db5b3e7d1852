from calls.chain.changes import CallWithdrawal, DeadlineChange
from calls.chain.models import Call, Deadline
from calls.documents.models import CallDocument
from calls.overview.models import CallIndexPage
from calls.pages.models import CallPage
from calls.questions.models import Question
from hub.contact.models import Contact, ContactPage
from hub.content_memory.models import ContentChange
from hub.newsletter.models import Digest, DigestItem
from hub.pages.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from hub.search.models import PageEntry
from hub.site.models import MenuItem, SiteSettings
from hub.vocabularies.models import Term, Vocabulary

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
    "StandardPage",
    "Term",
    "Vocabulary",
]

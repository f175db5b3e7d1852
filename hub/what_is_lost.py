"""What is lost with the pages and facts of the centre."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from hub.changes import consequences
from hub.changes.consequences import Act, Consequence
from hub.changes.relations import of_relations
from hub.changes.sentences import moved_address, of_pages
from hub.contact.models import Contact, ContactPage
from hub.newsletter.models import Digest
from hub.pages import announcements
from hub.pages.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from hub.vocabularies.models import Term
from notifications.outbox.models import Message


def of_news(pages: Sequence[NewsPage], act: Act) -> list[Consequence]:
    """Who was told of it and finds nothing behind the link."""
    if act is Act.MOVE:
        return [Consequence(page.title, [moved_address()]) for page in pages]
    sent = Message.objects.filter(kind=announcements.NEWS, status=Message.Status.SENT)
    told = consequences.numbers(sent.filter(about__in=[_about(page) for page in pages]), by="about")
    return [Consequence(page.title, [_of_told(told[_about(page)])]) for page in pages]


def _about(page: NewsPage) -> str:
    return f"news:{page.pk}"


def _of_told(number: int) -> str:
    said = ngettext(
        "%(number)d person was told of it by mail; the link there leads nowhere then.",
        "%(number)d people were told of it by mail; the link there leads nowhere then.",
        number,
    )
    return said % {"number": number} if number else gettext("People can read it now.")


def of_homes(pages: Sequence[HomePage], act: Act) -> list[Consequence]:
    """The start of the portal in a language stays where it is."""
    said = gettext("“%(page)s” is where the portal begins in its language; everything else stands below it.")
    return [Consequence(page.title, refusal=said % {"page": page.title}) for page in pages]


def connect() -> None:
    """Called once when Django starts."""
    consequences.register(NewsPage, teller=of_news)
    consequences.register(HomePage, teller=of_homes)
    consequences.register(StandardPage, ContactPage, NewsIndexPage, teller=of_pages)
    consequences.register(Term, Contact, Digest, teller=of_relations)

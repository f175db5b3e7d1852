"""What is lost with the pages and facts of the centre."""

from django.utils.translation import gettext, ngettext

from hub.changes import consequences
from hub.changes.consequences import Act, Consequence
from hub.changes.sentences import moved_address, of_page
from hub.contact.models import Contact, ContactPage
from hub.newsletter.models import Digest
from hub.pages import announcements
from hub.pages.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from hub.vocabularies.models import Term
from notifications.outbox.models import Message


def of_news(page: NewsPage, act: Act, going: frozenset[int]) -> Consequence:
    """Who was told of it and finds nothing behind the link."""
    told = Message.objects.filter(kind=announcements.NEWS, about=f"news:{page.pk}", status=Message.Status.SENT).count()
    if act is Act.MOVE:
        return Consequence(page.title, [moved_address()])
    said = ngettext(
        "%(number)d person was told of it by mail; the link there leads nowhere then.",
        "%(number)d people were told of it by mail; the link there leads nowhere then.",
        told,
    )
    return Consequence(page.title, [said % {"number": told}] if told else [gettext("People can read it now.")])


def of_overview(page: NewsIndexPage, act: Act, going: frozenset[int]) -> Consequence:
    """The list of news: who follows it."""
    return of_page(page, act, going, topic="news")


def of_home(page: HomePage, act: Act, going: frozenset[int]) -> Consequence:
    """The start of the portal in a language stays where it is."""
    said = gettext("“%(page)s” is where the portal begins in its language; everything else stands below it.")
    return Consequence(page.title, refusal=said % {"page": page.title})


def connect() -> None:
    """Called once when Django starts."""
    consequences.register(NewsPage, teller=of_news)
    consequences.register(HomePage, teller=of_home)
    consequences.register(StandardPage, ContactPage, teller=of_page)
    consequences.register(NewsIndexPage, teller=of_overview)
    consequences.register(Term, Contact, Digest, teller=consequences.of_relations)

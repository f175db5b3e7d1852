from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from i18nfield.strings import LazyI18nString
from wagtail.documents.models import Document
from wagtail.models import Page

from calls.chain.models import Call, Deadline
from calls.documents.models import CallDocument
from calls.overview.models import CallIndexPage
from calls.pages.models import CallPage
from hub.contact.models import Contact, ContactPage
from hub.pages.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from hub.vocabularies.models import Term


def words(text: str) -> LazyI18nString:
    """The same words in all four languages, each with its code, so that a test sees which one was shown."""
    return LazyI18nString({code: f"{text} ({code})" for code in ("nl", "fr", "de", "en")})


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    """A role with its mailbox."""

    class Meta:
        model = Contact

    role = factory.LazyFunction(lambda: words("Call secretariat"))
    email = "calls@example.org"


class DeadlineFactory(factory.django.DjangoModelFactory[Deadline]):
    """A deadline in thirty days."""

    class Meta:
        model = Deadline

    call = factory.SubFactory("tests.factories.hub.CallFactory")
    kind = Deadline.Kind.DECLARE
    label = factory.LazyFunction(lambda: words("Declare your partnership"))
    actor = Deadline.Actor.PARTNERS
    due_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))


class CallFactory(factory.django.DjangoModelFactory[Call]):
    """A call; `tracks=["financing"]` and `due=[datetime, …]` fill in the rest."""

    class Meta:
        model = Call
        skip_postgeneration_save = True

    title = factory.LazyFunction(lambda: words("Competence centres"))
    programme = "ESF+"

    @factory.post_generation
    def tracks(self: Any, create: bool, codes: Iterable[str] | None) -> None:
        if codes:
            self.tracks.set(Term.objects.of("track").filter(code__in=codes))
            self.save()

    @factory.post_generation
    def due(self: Any, create: bool, moments: Iterable[datetime] | None) -> None:
        for position, due_at in enumerate(moments or []):
            Deadline.objects.create(call=self, due_at=due_at, label=words(f"Step {position}"), sort_order=position)


def home(language: str = "en") -> HomePage:
    """The home page that the set-up made."""
    return HomePage.objects.get(locale__language_code=language)


def add(parent: Page, page: Page) -> Any:
    """A public page below another one, in the parent's language; without revisions, which cost more than all else."""
    page.locale = parent.locale
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
    page.refresh_from_db()
    return page


def publish(page: Any) -> Any:
    """As an editor does it, with a revision: those who follow such pages are told."""
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def add_calls(language: str = "en", slug: str = "calls") -> CallIndexPage:
    """The overview of calls in one language."""
    return add(home(language), CallIndexPage(title="Calls", slug=slug))


def add_call_page(index: CallIndexPage, call: Call, **fields: Any) -> CallPage:
    """The words of a call below an overview."""
    facts = {"title": "Competence centres", "slug": f"call-{call.pk}", "introduction": "Build it with us."} | fields
    return add(index, CallPage(call=call, **facts))


def add_document(call: Call, name: str, **fields: Any) -> CallDocument:
    """A PDF of 2.2 MB on the page of a call."""
    file = Document.objects.create(title=name, file=ContentFile(b"x" * 2_345_678, name="call text.pdf"))
    return CallDocument.objects.create(call=call, document=file, **fields)


def add_news(language: str = "en", count: int = 1) -> NewsIndexPage:
    """The overview of news with some pieces below it."""
    index = add(home(language), NewsIndexPage(title="News", slug="news"))
    for number in range(count):
        add(index, NewsPage(title=f"Piece {number}", slug=f"piece-{number}", introduction="What happened."))
    return index


def add_contact_page(language: str = "en", **fields: Any) -> ContactPage:
    """The page with the form."""
    return add(home(language), ContactPage(title="Contact", slug="contact", **fields))


def add_page(parent: Page | None = None, **fields: Any) -> StandardPage:
    """A page with text."""
    return add(parent or home(), StandardPage(**({"title": "About", "slug": "about"} | fields)))

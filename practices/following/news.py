"""What the library tells those who follow an organisation or a theme; and themes as something to follow."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Model
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.vocabularies.models import Term, Vocabulary
from hub.what_is_new.sources import Appeared
from notifications.subscriptions import topics
from notifications.subscriptions.topics import Topic
from partners.organisations.models import Organisation
from practices.following.newsletter import PracticeSource
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms

THEME = "theme"


class PracticeNews(PracticeSource):
    """Practices, by who answers for them, who uses them, and their themes."""

    def appeared(self, since: datetime, until: datetime) -> list[Appeared]:
        """Each practice once, when it was first published."""
        fresh = Practice.objects.public().filter(first_published_at__gt=since, first_published_at__lte=until)
        rows = list(fresh.prefetch_related("uses", "terms"))
        users = _listed({use.organisation.lower() for row in rows for use in row.uses.all() if use.organisation})
        return [Appeared(row.pk, row.first_published_at, frozenset(_topics(row, users))) for row in rows]


def _topics(practice: Practice, users: dict[str, int]) -> Iterable[str]:
    if practice.owner_id:
        yield f"organisation:{practice.owner_id}"
    for use in practice.uses.all():
        if use.organisation.lower() in users:
            yield f"organisation:{users[use.organisation.lower()]}"
    yield from (f"{THEME}:{term.code}" for term in practice.terms.all() if term.vocabulary == Vocabulary.THEME)


def _listed(names: set[str]) -> dict[str, int]:
    """The organisations of the directory that have one of these names, which places of use write out."""
    found = Organisation.objects.public().annotate(plain=Lower("name")).filter(plain__in=names)
    return dict(found.values_list("plain", "pk")) if names else {}


def themes(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """Themes by their codes; they live where the library shows what is on them."""
    known = Terms.load().of(THEME)
    library = reverse("practices:library")
    return {code: _topic(code, str(known[code].label), library) for code in identifiers if code in known}


def _topic(code: str, label: str, library: str) -> Topic:
    title, heading = gettext("Theme: %(theme)s"), gettext("Follow the theme “%(theme)s”")
    named = {"theme": label}
    return Topic(title % named, f"{library}?{THEME}={code}", heading=heading % named)


def register() -> None:
    """Make themes followable."""
    topics.register(THEME, themes, called=_("Themes"), each=Term, identifier=_code)


def _code(term: Model) -> str:
    return term.code if isinstance(term, Term) and term.vocabulary == Vocabulary.THEME else ""

"""One practice as its page shows it, the same for readers and for the preview of staff."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count
from django.urls import translate_url
from django.utils.translation import get_language

from hub.models import Term
from partners.models import Organisation
from practices.models import Practice, PracticeSource, PracticeText
from practices.reading import Summary, foreign_name, number, place_line, summaries, text_for
from practices.terms import Terms

_MOST_RELATED = 3
_RELATED_BY = ("theme", "target")


@dataclass(frozen=True)
class Related:
    """Another practice, and what it has in common with this one."""

    practice: Summary
    shared: list[str]


@dataclass(frozen=True)
class PracticePage:
    """Everything that the page of a practice shows."""

    practice: Practice
    text: PracticeText | None
    language_name: str
    terms: dict[str, list[Term]]
    sources: list[PracticeSource]
    owner: Organisation | None
    languages: list[str]
    related: list[Related] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The title in the words that are shown."""
        return self.text.title if self.text else self.practice.slug

    @property
    def place_line(self) -> str:
        """Where and since when, in one line."""
        return place_line(self.practice, self.terms.get("country", []))

    @property
    def sectors(self) -> list[str]:
        """The corners of the pentagon that took part."""
        return [term.code for term in self.terms.get("sector", [])]

    @property
    def stage_number(self) -> int | None:
        """How far it has come, of six."""
        return number(self.practice.stage if self.practice.stage_id else None)

    @property
    def evidence_number(self) -> int | None:
        """How sure it is that it works, of five."""
        return number(self.practice.evidence if self.practice.evidence_id else None)

    @property
    def language(self) -> str:
        """The language of the words that are shown."""
        return self.text.language if self.text else self.practice.original_language

    @property
    def path(self) -> str:
        """This page in the reader's language."""
        return self.practice.get_absolute_url()

    @property
    def canonical_url(self) -> str:
        """The page whose interface and words agree, where the portal has that language."""
        own = self.language in dict(settings.LANGUAGES)
        return settings.SITE_URL + (translate_url(self.path, self.language) if own else self.path)

    @property
    def alternates(self) -> list[dict[str, str]]:
        """For `hreflang`: the languages in which there are words."""
        found = [
            {"code": code, "url": settings.SITE_URL + translate_url(self.path, code)}
            for code, _name in settings.LANGUAGES
            if code in self.languages
        ]
        if len(found) < 2:
            return []
        original = next((each for each in found if each["code"] == self.practice.original_language), found[0])
        return [*found, {"code": "x-default", "url": original["url"]}]


def open_page(practice: Practice) -> PracticePage:
    """Reads what the page needs; texts and terms may be unsaved ones, as in a preview."""
    texts = list(practice.texts.all())
    described: dict[str, list[Term]] = defaultdict(list)
    for term in sorted(practice.terms.all(), key=lambda term: (term.position, term.pk)):
        described[term.vocabulary].append(term)
    text = text_for(texts, get_language() or "", practice.original_language)
    owner = practice.owner if practice.owner_id else None
    return PracticePage(
        practice=practice,
        text=text,
        language_name=foreign_name(text),
        terms=dict(described),
        sources=list(practice.sources.all()),
        owner=owner if owner and owner.status == Organisation.Status.LISTED else None,
        languages=sorted(text.language for text in texts),
        related=_related(practice, [term for name in _RELATED_BY for term in described.get(name, [])]),
    )


def _related(practice: Practice, described: list[Term]) -> list[Related]:
    """Published practices for the same themes and target groups, those with most in common first."""
    if not described:
        return []
    by_id = {term.pk: term for term in described}
    uses = Practice.terms.through.objects.filter(term_id__in=by_id, practice__in=Practice.objects.public())
    closest = (
        uses.exclude(practice_id=practice.pk)
        .values("practice_id")
        .annotate(common=Count("term_id"))
        .order_by("-common", "-practice_id")
    )
    ids = [row["practice_id"] for row in closest[:_MOST_RELATED]]
    if not ids:
        return []
    shared: dict[int, list[str]] = defaultdict(list)
    for practice_id, term_id in uses.filter(practice_id__in=ids).values_list("practice_id", "term_id"):
        shared[practice_id].append(str(by_id[term_id].label))
    found = Practice.objects.public().in_bulk(ids)
    practices = [found[pk] for pk in ids if pk in found]
    rows = summaries(practices, Terms.load())
    return [Related(row, sorted(shared[each.pk])) for each, row in zip(practices, rows, strict=True)]

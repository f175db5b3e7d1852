"""A practice as the open data tells it: codes, words by language, pages, sources; nothing about a person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch

from hub.open_data.addresses import addresses
from hub.open_data.licence import LICENCE
from hub.open_data.words import Words, by_language
from partners.organisations.models import Organisation
from practices.open_data.became import Became, became
from practices.practice.models.practice import ONE_OF, SEVERAL_OF, Practice
from practices.practice.models.texts import PracticeText
from practices.practice.pictures import is_credited
from practices.practice.terms import Terms

SHORT = ("title", "summary")
LONG = ("what", "results", "needs", "steps")


@dataclass(frozen=True)
class OpenPractice:
    """One published practice, ready to be written."""

    practice: Practice
    codes: Mapping[str, Any]
    words: Mapping[str, Words]
    urls: Words
    owner: Mapping[str, str | None] | None
    became: Became
    licence: str = LICENCE["uri"]

    @property
    def picture(self) -> dict[str, Any] | None:
        """Where it lies, who made it and how it may be used; nothing where that is not known."""
        if not is_credited(self.practice) or not (image := self.practice.picture):
            return None
        return {
            "url": settings.SITE_URL + image.file.url,
            "author": self.practice.picture_author,
            "licence": self.practice.picture_licence,
            "alternative": by_language(list(self.practice.texts.all()), "picture_alt"),
        }

    @property
    def sources(self) -> list[dict[str, str]]:
        """Where its statements can be read."""
        return [{"title": source.title, "url": source.url} for source in self.practice.sources.all()]


def to_records(keys: Sequence[int], *, whole: bool) -> list[OpenPractice]:
    """The public ones among these, in this order, with a fixed number of queries; long texts only when `whole`."""
    parts = SHORT + LONG if whole else SHORT
    texts = PracticeText.objects.only("practice_id", "language", "picture_alt", *parts).order_by("pk")
    rows = Practice.objects.public().filter(pk__in=keys).select_related("owner", "picture")
    by_key = rows.prefetch_related(Prefetch("texts", texts), "sources").in_bulk()
    terms, known = Terms.load(), became(by_key)
    described = _described(by_key, terms)
    found = [by_key[key] for key in keys if key in by_key]
    return [_to_record(practice, described[practice.pk], known[practice.pk], terms, parts) for practice in found]


def _to_record(
    practice: Practice, described: Mapping[str, list[str]], known: Became, terms: Terms, parts: Iterable[str]
) -> OpenPractice:
    texts = list(practice.texts.all())
    codes: dict[str, Any] = {name: described.get(name, []) for name in SEVERAL_OF}
    for name in ONE_OF:
        term = terms.get(getattr(practice, f"{name}_id"))
        codes[name] = term.code if term else None
    return OpenPractice(
        practice=practice,
        codes=codes | {"language": sorted(text.language for text in texts), "year": practice.since} | known.codes,
        words={part: by_language(texts, part) for part in parts},
        urls=addresses("practices:practice", practice.slug),
        owner=_owner(practice),
        became=known,
    )


def _owner(practice: Practice) -> dict[str, str | None] | None:
    """As the page names it: an organisation that is not in the directory has no page there."""
    owner = practice.owner
    if owner and owner.status == Organisation.Status.LISTED:
        return {"name": owner.name, "slug": owner.slug}
    return {"name": practice.owner_name, "slug": None} if practice.owner_name else None


def _described(keys: Iterable[int], terms: Terms) -> dict[int, dict[str, list[str]]]:
    """The codes of each, by vocabulary and in its order."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    uses = Practice.terms.through.objects.filter(practice_id__in=list(keys)).order_by("term__position", "term_id")
    for practice_id, term_id in uses.values_list("practice_id", "term_id"):
        term = terms.get(term_id)
        if term:
            found[practice_id][term.vocabulary].append(term.code)
    return found

"""Practices as the editor opens them, with the changes that wait to be published; many at once, in few queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from wagtail.images import get_image_model
from wagtail.models import Revision

from partners.organisations.models import Organisation
from practices.practice.models.earlier_slugs import EarlierPracticeSlug
from practices.practice.models.practice import ONE_OF, Practice, PracticeQuerySet
from practices.practice.models.texts import PracticeText
from practices.practice.terms import Terms

# What belongs to a practice as a whole, whichever version of it is looked at; Wagtail keeps the same.
_OF_THE_WHOLE = (
    "pk",
    "live",
    "has_unpublished_changes",
    "first_published_at",
    "latest_revision_id",
    "locked",
    "locked_at",
    "locked_by_id",
    "stage_since",
)


def whole(practices: PracticeQuerySet) -> PracticeQuerySet:
    """With all that belongs to them; what only the search needs stays behind."""
    texts = Prefetch("texts", PracticeText.objects.defer("search_vector"))
    return practices.select_related("owner").prefetch_related(texts, "terms", "sources")


def newest(practices: Iterable[Practice], terms: Terms) -> list[Practice]:
    """The newest version of each of these `whole` practices, in their order."""
    found = list(practices)
    waiting = {each.latest_revision_id for each in found if each.has_unpublished_changes and each.latest_revision_id}
    contents = dict(Revision.objects.filter(pk__in=waiting).values_list("pk", "content")) if waiting else {}
    there = _Existing(contents.values())
    return [
        _drafted(practice, contents[practice.latest_revision_id], terms, there)
        if practice.latest_revision_id in contents
        else _with_terms(practice, terms)
        for practice in found
    ]


class _Existing:
    """What drafts refer to and what is still there: a draft may be older than a deletion."""

    def __init__(self, contents: Iterable[Mapping[str, Any]]) -> None:
        drafts = list(contents)
        self.owners = Organisation.objects.in_bulk(_named(drafts, "owner"))
        self.pictures = get_image_model().objects.in_bulk(_named(drafts, "picture"))


def _named(drafts: list[Mapping[str, Any]], field: str) -> set[int]:
    return {draft[field] for draft in drafts if draft.get(field)}


def _with_terms(practice: Practice, terms: Terms) -> Practice:
    for name in ONE_OF:
        setattr(practice, name, terms.get(getattr(practice, f"{name}_id")))
    return practice


def _drafted(practice: Practice, content: Mapping[str, Any], terms: Terms, there: _Existing) -> Practice:
    """The same as `Revision.as_object`, which would ask the database about each reference by itself."""
    kept = {name: value for name, value in content.items() if name != "terms"}
    draft: Practice = Practice.from_serializable_data(kept, check_fks=False)
    for name in _OF_THE_WHOLE:
        setattr(draft, name, getattr(practice, name))
    if practice.stage_since:
        draft.stage_id = practice.stage_id
    draft.terms = [terms.by_id[pk] for pk in content.get("terms", []) if pk in terms.by_id]
    draft.owner = there.owners.get(content.get("owner") or 0)
    draft.picture = there.pictures.get(content.get("picture") or 0)
    return _with_terms(draft, terms)


@dataclass(frozen=True)
class Named:
    """Practices by the slugs that somebody wrote."""

    practices: dict[str, Practice]
    # Slugs that a practice had earlier and nothing has now, with what its newest version has.
    renamed: dict[str, str]


def by_slug(slugs: Iterable[str], terms: Terms, *, lock: bool = False) -> Named:
    """The newest version of the practices that have one of these slugs, or that a draft gives it; else of the one that
    gave it up last. Few queries.

    With `lock` nobody else changes them until the transaction ends.
    """
    wanted = list(set(slugs))
    drafts = Practice.objects.filter(has_unpublished_changes=True, latest_revision__content__slug__in=wanted)
    named = Practice.objects.filter(slug__in=wanted)
    drafted = drafts.values_list("latest_revision__content__slug", "pk")
    held = {**dict(named.values_list("slug", "pk")), **dict(drafted)}
    earlier = EarlierPracticeSlug.objects.filter(slug__in=wanted).order_by("left_at", "pk")
    had = {slug: pk for slug, pk in earlier.values_list("slug", "practice_id") if slug not in held}
    chosen = Practice.objects.filter(pk__in={*held.values(), *had.values()}).order_by("pk")
    if lock:
        list(chosen.select_for_update().values_list("pk", flat=True))
    found = list(whole(chosen))
    current = newest(found, terms)
    published = {practice.slug: version for practice, version in zip(found, current, strict=True)}
    now = {version.pk: version for version in current}
    return Named(
        practices=published | {version.slug: version for version in current},
        renamed={slug: now[pk].slug for slug, pk in had.items() if pk in now},
    )

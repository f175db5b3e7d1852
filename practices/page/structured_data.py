"""A practice as schema.org describes it, for search engines and for whoever reads pages by machine."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString

from hub.content_memory.content_version import remembered
from hub.pages import structured_data
from hub.site.models import SiteSettings
from hub.vocabularies.models import Term
from practices.page.details import Document, Figure, Use
from practices.page.presentation import PracticePage
from practices.practice.presentation import numbered


def json_ld(page: PracticePage) -> SafeString:
    """HowTo for a method or tool that tells its steps, CreativeWork for the rest."""
    practice, text = page.practice, page.text
    steps = numbered(text.steps) if text and practice.kind_id and practice.kind.code in {"method", "tool"} else []
    described: dict[str, Any] = {
        "@id": page.canonical_url,
        "url": page.canonical_url,
        "name": page.title,
        "description": text.summary if text else "",
        "inLanguage": page.language,
        "about": [_about(term) for name in ("theme", "target", "sdg") for term in page.terms.get(name, [])],
        "spatialCoverage": [
            structured_data.part("Country", name=str(term.label)) for term in page.terms.get("country", [])
        ],
        "citation": [structured_data.part("CreativeWork", name=each.title, url=each.url) for each in page.sources],
        "creator": _creator(page),
        "sameAs": practice.website,
        "audience": [
            structured_data.part("Audience", audienceType=str(term.label)) for term in page.terms.get("target", [])
        ],
        "image": _image(page),
        "associatedMedia": [_document(document) for document in page.documents],
        "mentions": [*map(_figure, page.figures), *map(_use, page.uses)],
        "publisher": structured_data.part("Organization", name=_centre(), url=settings.SITE_URL),
        "mainEntityOfPage": structured_data.part("WebPage", url=page.canonical_url, lastReviewed=practice.checked_on),
        "datePublished": _date(practice.first_published_at),
        "dateModified": _date(practice.last_published_at),
    }
    if steps:
        described["step"] = [structured_data.part("HowToStep", text=step) for step in steps]
        described["estimatedCost"] = page.cost
        described["totalTime"] = f"P{practice.months}M" if practice.months else ""
    return structured_data.json_ld("HowTo" if steps else "CreativeWork", **described)


def _figure(figure: Figure) -> dict[str, Any]:
    return structured_data.part(
        "Observation",
        name=figure.label.words,
        value=figure.value,
        observationDate=str(figure.year or ""),
        url=figure.source,
    )


def _use(use: Use) -> dict[str, Any]:
    kind = "Organization" if use.organisation else "Place"
    return structured_data.part(kind, name=use.name, address=use.where, url=use.website)


def _document(document: Document) -> dict[str, Any]:
    return structured_data.part(
        "MediaObject",
        name=document.title,
        contentUrl=settings.SITE_URL + document.url,
        inLanguage=document.language_code,
    )


def _image(page: PracticePage) -> dict[str, Any] | None:
    picture = page.shared_picture
    if picture is None:
        return None
    return structured_data.part(
        "ImageObject",
        contentUrl=settings.SITE_URL + picture.url,
        caption=picture.alternative,
        creditText=picture.author,
        license=picture.licence_url,
    )


def _centre() -> str:
    found = remembered(SiteSettings, SiteSettings.objects.first)
    return (found or SiteSettings()).name


def _about(term: Term) -> dict[str, Any]:
    return structured_data.part("DefinedTerm", **{"@id": term.uri}, name=str(term.label), termCode=term.code)


def _creator(page: PracticePage) -> dict[str, Any] | None:
    if page.owner:
        return structured_data.part("Organization", name=page.owner.name, url=page.owner.website)
    name = page.practice.owner_name
    return structured_data.part("Organization", name=name) if name else None


def _date(moment: datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""

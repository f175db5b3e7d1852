"""The open data of the directory: organisations with what their pages show of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request

from hub.open_data.addresses import TermUris, addresses
from hub.open_data.downloads import CsvDownload, Download, JsonLdDownload, Row
from hub.open_data.licence import LICENCE
from hub.open_data.linked import main_page, names, term, values, with_facts
from hub.open_data.schema import WORDS, codes, file, named
from hub.open_data.views import PREFER, OpenDataViewSet
from hub.open_data.words import CodeField, CodesField, MomentField, Words, WordsField, by_language
from hub.vocabularies.models import Term
from partners.directory.filters import FACETS, Directory
from partners.organisations.models import Organisation, OrganisationText

_MEANING = {
    "sector": "Corner of the pentagon.",
    "country": "Country, by ISO 3166-1.",
    "region": "Region, by NUTS.",
    "track": "Action track that it knows about.",
    "theme": "Themes in which it has expertise.",
    "target": "Whom it works with.",
}
NARROWING = [WORDS, *(codes(name, _MEANING.get(name, "")) for name in FACETS)]
_FACTS = ("name", "sector", "country", "region", "theme", "track", "networks", "website", "enterprise_number", "pic")


@dataclass(frozen=True)
class OpenOrganisation:
    """One organisation of the directory, ready to be written; its mailbox and its people are not part of it."""

    organisation: Organisation
    theme: list[str]
    track: list[str]
    language: list[str]
    summary: Words
    body: Words
    urls: Words
    licence: str = LICENCE["uri"]


class OrganisationRowSerializer(serializers.Serializer[OpenOrganisation]):
    """An organisation in a list."""

    slug = serializers.CharField(source="organisation.slug")
    urls = WordsField(help_text="Its page in each language of the portal.")
    name = serializers.CharField(source="organisation.name")
    summary = WordsField()
    sector = CodeField(source="organisation.sector.code")
    country = CodeField(source="organisation.country.code")
    region = CodeField(source="organisation.region.code", default=None)
    theme = CodesField(help_text="Themes in which it has expertise.")
    track = CodesField(help_text="Action tracks that it knows about.")
    networks = serializers.ListField(child=serializers.CharField(), source="organisation.network_names")
    language = CodesField(help_text="The languages there are words in.")
    original_language = serializers.CharField(source="organisation.original_language")
    website = serializers.CharField(source="organisation.website", help_text="Empty when there is none.")
    enterprise_number = serializers.CharField(source="organisation.enterprise_number", help_text="KBO/BCE, ten digits.")
    pic = serializers.CharField(source="organisation.pic", help_text="EU participant code, nine digits.")
    updated_at = MomentField(source="organisation.updated_at")
    licence = serializers.URLField()


class OrganisationSerializer(OrganisationRowSerializer):
    """An organisation with its whole text."""

    body = WordsField(help_text="The description.")


def to_records(keys: Sequence[int]) -> list[OpenOrganisation]:
    """The public ones among these, in this order, with a fixed number of queries."""
    texts = OrganisationText.objects.defer("search_vector").order_by("pk")
    terms = Term.objects.only("vocabulary", "code").order_by("position", "pk")
    rows = Organisation.objects.public().filter(pk__in=keys).select_related("sector", "country", "region")
    found = rows.prefetch_related(Prefetch("texts", texts), Prefetch("terms", terms)).in_bulk()
    return [_to_record(found[key]) for key in keys if key in found]


def _to_record(organisation: Organisation) -> OpenOrganisation:
    texts = list(organisation.texts.all())
    terms = list(organisation.terms.all())
    return OpenOrganisation(
        organisation=organisation,
        theme=[term.code for term in terms if term.vocabulary == "theme"],
        track=[term.code for term in terms if term.vocabulary == "track"],
        language=sorted(text.language for text in texts),
        summary=by_language(texts, "summary"),
        body=by_language(texts, "body"),
        urls=addresses("partners:organisation", organisation.slug),
    )


def _found(request: Request) -> "QuerySet[Organisation]":
    return Directory(request.query_params, get_language() or "").found()


@extend_schema_view(
    list=extend_schema(summary="Organisations that fit", parameters=[*NARROWING, PREFER]),
    retrieve=extend_schema(summary="One organisation with its whole text", parameters=[named("slug")]),
)
class OrganisationViewSet(OpenDataViewSet):
    """Organisations of the directory."""

    queryset = Organisation.objects.public()
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    row_serializer_class = OrganisationRowSerializer
    serializer_class = OrganisationSerializer
    parameters = [*NARROWING, PREFER]

    def found(self) -> Any:
        return _found(self.request).values_list("pk", flat=True)

    def to_records(self, keys: Sequence[int], *, whole: bool) -> list[OpenOrganisation]:
        return to_records(keys)

    def named(self) -> int:
        return self.of_slug(Organisation.objects.public())


class _Organisations(Download):
    """What both downloads hold."""

    parameters = NARROWING
    serializer_class = OrganisationSerializer

    def keys(self) -> "QuerySet[Any, int]":
        """In an order of their own."""
        return _found(self.request).order_by("pk").values_list("pk", flat=True)

    def records(self, keys: Sequence[int]) -> Sequence[OpenOrganisation]:
        return to_records(keys)


@extend_schema_view(
    get=extend_schema(
        summary="All organisations that fit, as CSV",
        description="One line each; several codes in a cell stand between `|`, a text has a column per language.",
        operation_id="organisations_csv",
        tags=["organisations"],
        parameters=NARROWING,
        responses=file("text/csv"),
    )
)
class OrganisationCsv(_Organisations, CsvDownload):
    """All organisations that fit, as a table."""

    filename = "organisations.csv"

    first = ("slug", *_FACTS, "summary")
    last = ("updated_at", "licence", "urls", "body")

    def languages(self) -> Iterable[str]:
        texts = OrganisationText.objects.filter(organisation__in=Organisation.objects.public()).order_by()
        return texts.values_list("language", flat=True).distinct()


@extend_schema_view(
    get=extend_schema(
        summary="All organisations that fit, as JSON-LD",
        description="A schema.org Dataset with one list; terms by the addresses that authorities gave them.",
        operation_id="organisations_jsonld",
        tags=["organisations"],
        parameters=NARROWING,
        responses=file("application/ld+json"),
    )
)
class OrganisationJsonLd(_Organisations, JsonLdDownload):
    """All organisations that fit, as schema.org describes them."""

    filename = "organisations.jsonld"
    name = "Organisations"
    description = "Organisations that work on social innovation, with their sector, country and expertise."

    def things(self, rows: Iterator[Row]) -> Iterator[Row]:
        uris = TermUris()
        return (_thing(row, uris) for row in rows)


def _thing(row: Row, uris: TermUris) -> dict[str, Any]:
    urls = row["urls"]
    identifiers = {"KBO/BCE": row["enterprise_number"], "EU PIC": row["pic"]}
    known = [(name, code) for name in ("theme", "track") for code in row[name]]
    areas = [("country", row["country"]), ("region", row["region"])]
    return with_facts(
        "Organization",
        **{"@id": main_page(urls, row["original_language"])},
        name=row["name"],
        url=list(urls.values()),
        description=[*values(row["summary"]), *values(row["body"])],
        identifier=[row["slug"], *(_identifier(name, value) for name, value in identifiers.items() if value)],
        additionalType=uris.of("sector", row["sector"]),
        location=[with_facts("Place", **{"@id": uris.of(name, code)}, identifier=code) for name, code in areas if code],
        knowsAbout=[term(name, code, uris) for name, code in known],
        memberOf=names(row["networks"]),
        sameAs=row["website"],
        license=row["licence"],
    )


def _identifier(name: str, value: str) -> dict[str, Any]:
    return with_facts("PropertyValue", propertyID=name, value=value)

"""The open data of the library: the same questions as on its page, answered in codes and words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request

from hub.open_data.addresses import TermUris
from hub.open_data.downloads import CsvDownload, Download, JsonLdDownload, Row
from hub.open_data.linked import main_page, names, term, values, with_facts
from hub.open_data.schema import WORDS, codes, file, named
from hub.open_data.views import PREFER, OpenDataViewSet
from hub.open_data.words import CodeField, CodesField, MomentField, WordsField
from practices.library.filters import SORTS, PracticeFilterSet
from practices.mainstreaming.models import HookKind, Level, PolicyHook, Status
from practices.open_data import records
from practices.open_data.records import LONG, SHORT, OpenPractice
from practices.practice.facet_declarations import DECLARATIONS, Answers, FacetDeclaration, in_place
from practices.practice.models.pictured import PictureLicence
from practices.practice.models.practice import ONE_OF, SEVERAL_OF, Practice
from practices.practice.models.texts import PracticeText
from practices.reuse.models.versions import Outcome
from practices.search.keys import RECORDS


def _parameter(facet: FacetDeclaration) -> OpenApiParameter:
    if facet.answers in {Answers.ONE, Answers.SEVERAL}:
        return codes(facet.name, facet.meaning)
    if facet.answers in {Answers.RECORD, Answers.RECORDS}:
        return OpenApiParameter(facet.name, enum=RECORDS[facet.name].values, many=True, description=facet.meaning)
    type_ = int if facet.answers is Answers.YEAR else str
    return OpenApiParameter(facet.name, type=type_, many=True, description=facet.meaning)


def _field(facet: FacetDeclaration) -> "serializers.Field[Any, Any, Any, Any]":
    source = f"codes.{facet.name}"
    if facet.answers is Answers.ONE:
        return CodeField(source=source)
    if facet.answers is Answers.RECORD:
        return serializers.ChoiceField(RECORDS[facet.name].values, source=source, help_text=facet.meaning)
    if facet.answers is Answers.RECORDS:
        return CodesField(source=source, help_text=facet.meaning)
    if facet.answers is Answers.YEAR:
        return serializers.IntegerField(source=source, allow_null=True, help_text="In use since.")
    words = {"help_text": "The languages there are words in."} if facet.answers is Answers.LANGUAGES else {}
    return CodesField(source=source, **words)


NARROWING = [WORDS, *map(_parameter, in_place())]
_ORDER = [OpenApiParameter("sort", enum=list(SORTS), description="`match` with words, else `newest`."), PREFER]


class OwnerSerializer(serializers.Serializer[Any]):
    """The organisation that answers for a practice."""

    name = serializers.CharField()
    slug = serializers.CharField(allow_null=True, help_text="Null when it is not in the directory.")


class SourceSerializer(serializers.Serializer[Any]):
    """Where a statement can be read."""

    title = serializers.CharField()
    url = serializers.URLField()


class PictureSerializer(serializers.Serializer[Any]):
    """The picture of a practice, which has a licence of its own."""

    url = serializers.URLField()
    author = serializers.CharField()
    licence = serializers.ChoiceField(PictureLicence.values)
    alternative = WordsField(help_text="What it shows.")


class ReuseNumbersSerializer(serializers.Serializer[Any]):
    """How many are known to have taken it up elsewhere, and what came of it for how many of them."""

    total = serializers.IntegerField()

    def get_fields(self) -> "dict[str, serializers.Field[Any, Any, Any, Any]]":
        return super().get_fields() | {code: serializers.IntegerField() for code in Outcome.values}


class PracticeHookSerializer(serializers.Serializer[PolicyHook]):
    """A policy hook of the practice; `/api/v1/policy-hooks/` tells more."""

    id = serializers.IntegerField(source="pk")
    title = WordsField()
    kind = serializers.ChoiceField(HookKind.values)
    level = serializers.ChoiceField(Level.values)
    status = serializers.ChoiceField(Status.values)
    status_since = serializers.DateField()


class PracticeRowSerializer(serializers.Serializer[OpenPractice]):
    """A practice in a list: its facets under the names of the parameters, with codes."""

    slug = serializers.CharField(source="practice.slug")
    urls = WordsField(help_text="Its page in each language of the portal.")
    title = WordsField(source="words.title")
    summary = WordsField(source="words.summary")
    original_language = serializers.CharField(source="practice.original_language")
    place = serializers.CharField(source="practice.place")
    website = serializers.CharField(source="practice.website", help_text="Empty when there is none.")
    owner = OwnerSerializer(allow_null=True)
    sources = SourceSerializer(many=True)
    picture = PictureSerializer(allow_null=True, help_text="Null when there is none.")
    reuse = ReuseNumbersSerializer(source="became.reuse")
    policy_hooks = PracticeHookSerializer(many=True, source="became.hooks")
    checked_on = serializers.DateField(source="practice.checked_on", allow_null=True)
    published_at = MomentField(source="practice.first_published_at")
    updated_at = MomentField(source="practice.last_published_at")
    licence = serializers.URLField()

    def get_fields(self) -> "dict[str, serializers.Field[Any, Any, Any, Any]]":
        """The facets stand behind title and summary."""
        fields = super().get_fields()
        front = {name: fields.pop(name) for name in ("slug", "urls", *SHORT)}
        return front | {facet.name: _field(facet) for facet in DECLARATIONS} | fields


class PracticeSerializer(PracticeRowSerializer):
    """A practice with its whole text."""

    what = WordsField(source="words.what", help_text="What it is and for whom.")
    results = WordsField(source="words.results", help_text="Does it work.")
    needs = WordsField(source="words.needs", help_text="What it takes.")
    steps = WordsField(source="words.steps", help_text="How to do it.")


@extend_schema_view(
    list=extend_schema(summary="Practices that fit", parameters=[*NARROWING, *_ORDER]),
    retrieve=extend_schema(summary="One practice with its whole text", parameters=[named("slug")]),
)
class PracticeViewSet(OpenDataViewSet):
    """Published practices, methods and tools."""

    queryset = Practice.objects.public()
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    row_serializer_class = PracticeRowSerializer
    serializer_class = PracticeSerializer
    parameters = [*NARROWING, *_ORDER]

    def found(self) -> Any:
        return _found(self.request).values_list("pk", flat=True)

    def to_records(self, keys: Sequence[int], *, whole: bool) -> list[OpenPractice]:
        return records.to_records(keys, whole=whole)

    def named(self) -> int:
        return self.of_slug(Practice.objects.public())


def _found(request: Request) -> "QuerySet[Any]":
    practices: QuerySet[Any] = PracticeFilterSet(request.query_params, queryset=Practice.objects.public()).qs
    return practices


class _Practices(Download):
    """What both downloads hold."""

    parameters = NARROWING
    serializer_class = PracticeSerializer

    def keys(self) -> "QuerySet[Any, int]":
        """In an order of their own: that of the page would hold everything up until it is sorted."""
        return _found(self.request).order_by("pk").values_list("pk", flat=True)

    def records(self, keys: Sequence[int]) -> Sequence[OpenPractice]:
        return records.to_records(keys, whole=True)


@extend_schema_view(
    get=extend_schema(
        summary="All practices that fit, as CSV",
        description="One line each; several codes in a cell stand between `|`, a text has a column per language.",
        operation_id="practices_csv",
        tags=["practices"],
        parameters=NARROWING,
        responses=file("text/csv"),
    )
)
class PracticeCsv(_Practices, CsvDownload):
    """All practices that fit, as a table."""

    filename = "practices.csv"

    first = ("slug", *SHORT, *ONE_OF, *SEVERAL_OF)
    last = ("published_at", "updated_at", "licence", "urls", *LONG)
    parts: ClassVar[Mapping[str, Sequence[str]]] = {
        "owner": ("owner", "owner_slug"),
        "sources": ("sources",),
        "picture": ("picture", "picture_author", "picture_licence"),
        "reuse": tuple(f"reuse_{code}" for code in ("total", *Outcome.values)),
        "policy_hooks": ("policy_hooks",),
    }

    def languages(self) -> Iterable[str]:
        texts = PracticeText.objects.filter(practice__in=Practice.objects.public()).order_by()
        return texts.values_list("language", flat=True).distinct()

    def cells(self, row: Row) -> dict[str, Any]:
        owner, picture = row["owner"] or {}, row["picture"] or {}
        return super().cells(row) | {
            "owner": owner.get("name"),
            "owner_slug": owner.get("slug"),
            "picture": picture.get("url"),
            "picture_author": picture.get("author"),
            "picture_licence": picture.get("licence"),
            "sources": [source["url"] for source in row["sources"]],
            **{f"reuse_{code}": number for code, number in row["reuse"].items()},
            "policy_hooks": [hook["id"] for hook in row["policy_hooks"]],
        }


@extend_schema_view(
    get=extend_schema(
        summary="All practices that fit, as JSON-LD",
        description="A schema.org Dataset with one list; terms by the addresses that authorities gave them.",
        operation_id="practices_jsonld",
        tags=["practices"],
        parameters=NARROWING,
        responses=file("application/ld+json"),
    )
)
class PracticeJsonLd(_Practices, JsonLdDownload):
    """All practices that fit, as schema.org describes them."""

    filename = "practices.jsonld"
    name = "Practices"
    description = "Good practices, methods and tools in social innovation, with stage, evidence and sources."
    about: ClassVar[Sequence[str]] = (*ONE_OF, *(name for name in SEVERAL_OF if name not in {"country", "region"}))

    def things(self, rows: Iterator[Row]) -> Iterator[Row]:
        uris = TermUris()
        return (self._thing(row, uris) for row in rows)

    def _thing(self, row: Row, uris: TermUris) -> dict[str, Any]:
        def terms(name: str) -> list[dict[str, Any]]:
            found = row[name] if isinstance(row[name], list) else [row[name]] if row[name] else []
            return [term(name, code, uris) for code in found]

        urls = row["urls"]
        return with_facts(
            "CreativeWork",
            **{"@id": main_page(urls, row["original_language"])},
            identifier=row["slug"],
            url=list(urls.values()),
            name=values(row["title"]),
            description=values(row["summary"]),
            text=[each for part in LONG for each in values(row[part])],
            inLanguage=row["language"],
            about=[each for name in self.about for each in terms(name)],
            spatialCoverage=[*terms("country"), *terms("region")],
            locationCreated=row["place"],
            temporalCoverage=f"{row['year']}/.." if row["year"] else "",
            creator=names([row["owner"]["name"]] if row["owner"] else []),
            citation=[with_facts("CreativeWork", name=each["title"], url=each["url"]) for each in row["sources"]],
            sameAs=row["website"],
            datePublished=row["published_at"],
            dateModified=row["updated_at"],
            license=row["licence"],
        )

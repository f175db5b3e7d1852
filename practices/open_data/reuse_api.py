"""Reports of reuse as open data: who took a practice up, where, what was changed, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from hub.open_data.addresses import addresses
from hub.open_data.licence import LICENCE
from hub.open_data.schema import codes, named
from hub.open_data.views import OpenDataViewSet
from hub.open_data.words import CodeField, CodesField, MomentField, Words, WordsField
from hub.search.faceted_list import KnownTermsField
from practices.open_data.parameters import PRACTICE, SlugsField, TermCodesField
from practices.practice.terms import Terms
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseFigure, ReuseSource
from practices.reuse.models.versions import Again, Outcome, ReuseVersion

PARAMETERS = [
    PRACTICE,
    OpenApiParameter("outcome", enum=Outcome.values, many=True, description="What came of it."),
    codes("country", "Where it was taken up."),
]


class ReuseForm(forms.Form):
    """What the list can be narrowed by; unknown codes drop out."""

    practice = SlugsField()
    outcome = KnownTermsField(required=False, choices=Outcome.choices)
    country = TermCodesField("country")


@dataclass(frozen=True)
class OpenReuse:
    """One report in the version that is shown; nobody who wrote it is part of it."""

    reuse: Reuse
    version: ReuseVersion
    urls: Words
    country: str | None
    region: str | None
    licence: str = LICENCE["uri"]

    @property
    def adopter(self) -> dict[str, str | None]:
        """Who took it up, as the page names them."""
        organisation = self.reuse.organisation
        return {"name": self.reuse.name, "slug": organisation.slug if organisation else None}

    @property
    def since(self) -> str:
        return _month(self.version.since_year, self.version.since_month)

    @property
    def until(self) -> str | None:
        year = self.version.until_year
        return _month(year, self.version.until_month) if year else None

    def words(self, field: str) -> Words:
        """One of its texts; it is in one language only."""
        text = getattr(self.version, field)
        return {self.version.language: text} if text else {}


def _month(year: int, month: int | None) -> str:
    return f"{year:04}-{month:02}" if month else f"{year:04}"


class AdopterSerializer(serializers.Serializer[Any]):
    """Who took it up."""

    name = serializers.CharField()
    slug = serializers.CharField(allow_null=True, help_text="Null when it is not in the directory.")


class ReuseFigureSerializer(serializers.Serializer[Any]):
    """A result in figures."""

    what = serializers.CharField(help_text="What it counts.")
    value = serializers.DecimalField(max_digits=16, decimal_places=4, normalize_output=True)
    unit = serializers.CharField()
    year = serializers.IntegerField()
    source = serializers.CharField(  # type: ignore[assignment]  # also what serializers call where they read
        help_text="Where it can be read; empty when there is none."
    )


class ReuseSourceSerializer(serializers.Serializer[Any]):
    """Where something of it can be read."""

    title = serializers.CharField()
    url = serializers.URLField()


class TextField(WordsField):
    """A text of the version that is shown, under the language in which it was written."""

    def get_attribute(self, instance: Any) -> Words:
        return instance.words(self.field_name)


class ReuseRowSerializer(serializers.Serializer[OpenReuse]):
    """A report in a list, in the newest version that was checked."""

    uuid = serializers.UUIDField(source="reuse.uuid")
    urls = WordsField(help_text="Its page in each language of the portal.")
    practice = serializers.CharField(source="reuse.practice.slug", help_text="The practice, by slug.")
    adopter = AdopterSerializer()
    country = CodeField()
    region = CodeField()
    place = serializers.CharField(source="reuse.place")
    since = serializers.CharField(help_text="A year, or a year and month: `2021-03`.")
    until = serializers.CharField(allow_null=True, help_text="Null while it goes on, as far as anybody said.")
    outcome = serializers.ChoiceField(Outcome.values, source="version.outcome")
    came_of_it = TextField(help_text="The same in words.")
    why_stopped = TextField(help_text="Why it stopped or did not work.")
    again = serializers.ChoiceField(
        [*Again.values, ""], source="version.again", help_text="Whether they would do it again; empty when not said."
    )
    may_ask = serializers.BooleanField(source="reuse.may_ask", help_text="Whether others may ask them about it.")
    version = serializers.IntegerField(source="version.number")
    told_at = MomentField(source="version.at")
    licence = serializers.URLField()


class ReuseSerializer(ReuseRowSerializer):
    """A report with all that it tells: adaptation by the questions of FRAME, cost, figures, sources."""

    taken_version = serializers.CharField(source="version.taken_version", help_text="What was taken up.")
    what_changed = TextField(help_text="What was changed, and why.")
    adapted_when = serializers.CharField(source="version.adapted_when")
    planned = serializers.CharField(source="version.planned")
    decided_by = CodesField(source="version.decided_by")
    changed = CodesField(source="version.changed")
    level = serializers.CharField(source="version.level", help_text="For whom it was changed.")
    nature = CodesField(source="version.nature")
    fidelity = serializers.CharField(source="version.fidelity")
    goals = CodesField(source="version.goals")
    circumstances = TextField(help_text="What in the circumstances asked for it.")
    planned_cost = serializers.DecimalField(
        max_digits=12, decimal_places=2, source="version.planned_cost", allow_null=True, help_text="In euro."
    )
    actual_cost = serializers.DecimalField(
        max_digits=12, decimal_places=2, source="version.actual_cost", allow_null=True, help_text="In euro."
    )
    cost_year = serializers.IntegerField(source="version.cost_year", allow_null=True)
    figures = ReuseFigureSerializer(many=True, source="version.figures.all")
    sources = ReuseSourceSerializer(many=True, source="version.sources.all")


def to_records(keys: Sequence[int], *, whole: bool) -> list[OpenReuse]:
    """The public ones among these, in this order, with a fixed number of queries."""
    rows = Reuse.objects.public().filter(pk__in=keys).select_related("practice", "organisation", "shown")
    if whole:
        figures, sources = ReuseFigure.objects.order_by("pk"), ReuseSource.objects.order_by("pk")
        rows = rows.prefetch_related(Prefetch("shown__figures", figures), Prefetch("shown__sources", sources))
    found, terms = rows.in_bulk(), Terms.load()
    return [_to_record(found[key], terms) for key in keys if key in found]


def _to_record(reuse: Reuse, terms: Terms) -> OpenReuse:
    version = reuse.shown
    assert version is not None  # noqa: S101  # public ones have one
    country, region = terms.get(reuse.country_id), terms.get(reuse.region_id)
    urls = addresses("practices:reuse", reuse.practice.slug, reuse.uuid)
    return OpenReuse(reuse, version, urls, country.code if country else None, region.code if region else None)


@extend_schema_view(
    list=extend_schema(summary="Reports of reuse that fit", parameters=PARAMETERS),
    retrieve=extend_schema(summary="One report of reuse with all that it tells", parameters=[named("uuid", UUID)]),
)
class ReuseViewSet(OpenDataViewSet):
    """Where practices were taken up, and what came of it: what works as well as what stopped."""

    queryset = Reuse.objects.public()
    lookup_field = "uuid"
    lookup_value_regex = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    row_serializer_class = ReuseRowSerializer
    serializer_class = ReuseSerializer
    parameters = PARAMETERS

    def found(self) -> Any:
        form = ReuseForm(self.request.query_params)
        form.is_valid()
        asked = form.cleaned_data
        columns = {"practice": "practice__slug__in", "outcome": "shown__outcome__in", "country": "country__in"}
        narrowed = {column: asked[name] for name, column in columns.items() if asked.get(name)}
        return Reuse.objects.public().filter(**narrowed).order_by("-pk").values_list("pk", flat=True)

    def to_records(self, keys: Sequence[int], *, whole: bool) -> list[OpenReuse]:
        return to_records(keys, whole=whole)

    def named(self) -> int:
        return get_object_or_404(Reuse.objects.public().only("pk"), uuid=self.kwargs["uuid"]).pk

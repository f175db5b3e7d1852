"""Policy hooks as open data: what of policy took practices up or could, at which level, how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from hub.open_data.addresses import addresses
from hub.open_data.licence import LICENCE
from hub.open_data.schema import codes, named
from hub.open_data.views import OpenDataViewSet
from hub.open_data.words import CodeField, WordsField
from hub.search.faceted_list import KnownTermsField
from practices.mainstreaming.models import (
    HookKind,
    HookOrganisation,
    HookPractice,
    HookStatus,
    Level,
    PolicyHook,
    PolicyHookQuerySet,
    Status,
)
from practices.mainstreaming.steps import Known
from practices.open_data.parameters import PRACTICE, SlugsField, TermCodesField
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms

_LARGEST = 2**63 - 1

PARAMETERS = [
    PRACTICE,
    OpenApiParameter("level", enum=Level.values, many=True, description="Who decides about it."),
    OpenApiParameter("status", enum=Status.values, many=True, description="How far it is."),
    OpenApiParameter("kind", enum=HookKind.values, many=True, description="What of policy it is."),
    codes("country", "Where."),
]


class HookForm(forms.Form):
    """What the list can be narrowed by; unknown codes drop out."""

    practice = SlugsField()
    level = KnownTermsField(required=False, choices=Level.choices)
    status = KnownTermsField(required=False, choices=Status.choices)
    kind = KnownTermsField(required=False, choices=HookKind.choices)
    country = TermCodesField("country")


@dataclass(frozen=True)
class OpenHook:
    """One policy hook."""

    hook: PolicyHook
    urls: dict[str, str]
    country: str | None
    region: str | None
    licence: str = LICENCE["uri"]

    @property
    def practices(self) -> list[str]:
        return [row.practice.slug for row in self.hook.practices.all()]

    @property
    def organisations(self) -> list[str]:
        return [row.organisation.slug for row in self.hook.organisations.all()]


class HookStepSerializer(serializers.Serializer[HookStatus]):
    """It came into a status."""

    status = serializers.ChoiceField(Status.values)
    on = serializers.DateField()
    known = serializers.ChoiceField(Known.values, help_text="What of the day is known; else it is the first one.")
    word = serializers.CharField(help_text="On whose word.")
    source_title = serializers.CharField()
    source_url = serializers.URLField()


class HookRowSerializer(serializers.Serializer[OpenHook]):
    """A policy hook in a list, in the status that it is in now."""

    id = serializers.IntegerField(source="hook.pk")
    urls = WordsField(help_text="Where the portal shows it, in each of its languages.")
    title = WordsField(source="hook.title")
    kind = serializers.ChoiceField(HookKind.values, source="hook.kind")
    level = serializers.ChoiceField(Level.values, source="hook.level")
    country = CodeField()
    region = CodeField()
    place = serializers.CharField(source="hook.place")
    status = serializers.ChoiceField(Status.values, source="hook.status")
    status_since = serializers.DateField(source="hook.status_since")
    website = serializers.CharField(source="hook.website", help_text="Where its text is; empty when not known.")
    practices = serializers.ListField(child=serializers.CharField(), help_text="Practices that it is about, by slug.")
    organisations = serializers.ListField(
        child=serializers.CharField(), help_text="Organisations of the directory that have to do with it, by slug."
    )
    licence = serializers.URLField()


class HookSerializer(HookRowSerializer):
    """A policy hook with its history."""

    history = HookStepSerializer(many=True, source="hook.statuses.all", help_text="As it happened.")


def to_records(keys: Sequence[int], *, whole: bool) -> list[OpenHook]:
    """The public ones among these, in this order, with a fixed number of queries."""
    practices = HookPractice.objects.filter(practice__in=Practice.objects.public()).order_by("sort_order", "pk")
    organisations = HookOrganisation.objects.filter(organisation__status="listed").order_by("sort_order", "pk")
    rows = (
        PolicyHook.objects.public()
        .filter(pk__in=keys)
        .prefetch_related(
            Prefetch("practices", practices.select_related("practice")),
            Prefetch("organisations", organisations.select_related("organisation")),
        )
    )
    if whole:
        rows = rows.prefetch_related(Prefetch("statuses", HookStatus.objects.counting().in_order()))
    found, terms = rows.in_bulk(), Terms.load()
    return [_to_record(found[key], terms) for key in keys if key in found]


def _to_record(hook: PolicyHook, terms: Terms) -> OpenHook:
    country, region = terms.get(hook.country_id), terms.get(hook.region_id)
    urls = {code: f"{url}?hook={hook.pk}" for code, url in addresses("practices:tracker_hooks").items()}
    return OpenHook(hook, urls, country.code if country else None, region.code if region else None)


@extend_schema_view(
    list=extend_schema(summary="Policy hooks that fit", parameters=PARAMETERS),
    retrieve=extend_schema(summary="One policy hook with its history", parameters=[named("id", int)]),
)
class PolicyHookViewSet(OpenDataViewSet):
    """Laws, budget lines, tenders and the like that took practices up, or could."""

    queryset = PolicyHook.objects.public()
    lookup_field = "id"
    lookup_value_regex = "[0-9]{1,19}"
    row_serializer_class = HookRowSerializer
    serializer_class = HookSerializer
    parameters = PARAMETERS

    def found(self) -> Any:
        form = HookForm(self.request.query_params)
        form.is_valid()
        return _narrowed(form.cleaned_data).order_by("-pk").values_list("pk", flat=True)

    def to_records(self, keys: Sequence[int], *, whole: bool) -> list[OpenHook]:
        return to_records(keys, whole=whole)

    def named(self) -> int:
        key = int(self.kwargs["id"])
        if key > _LARGEST:
            raise Http404
        return key


def _narrowed(asked: dict[str, Any]) -> PolicyHookQuerySet:
    found = PolicyHook.objects.public()
    for name in ("level", "status", "kind", "country"):
        if asked.get(name):
            found = found.filter(**{f"{name}__in": asked[name]})
    if asked.get("practice"):
        practices = Practice.objects.public().filter(slug__in=asked["practice"])
        found = found.filter(pk__in=HookPractice.objects.filter(practice__in=practices).values("hook"))
    return found

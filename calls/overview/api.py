"""The open data of calls with their chains of deadlines."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from calls.chain.models import Call, Deadline
from calls.chain.standing import STATE_LABELS
from calls.overview import call_records
from calls.overview.call_records import OpenCall, OpenDeadline
from hub.open_data.addresses import ROOT
from hub.open_data.schema import named
from hub.open_data.views import OpenDataViewSet
from hub.open_data.words import CodesField, MomentField, WordsField

CALL_PARAMETERS = [
    OpenApiParameter("state", enum=list(STATE_LABELS), description="Where the call stands now."),
    OpenApiParameter("programme", description="The programme that pays, as `programme` of a call writes it."),
    OpenApiParameter("track", description=f"The action track. Codes: `{ROOT}terms/?vocabulary=track`."),
]


class DeadlineSerializer(serializers.Serializer[OpenDeadline]):
    """Who must do what by when."""

    id = serializers.IntegerField(source="deadline.pk")
    kind = serializers.ChoiceField(Deadline.Kind.values, source="deadline.kind")
    label = WordsField(source="deadline.label")  # type: ignore[assignment]  # a field may be called so
    actor = serializers.ChoiceField(Deadline.Actor.values, source="deadline.actor")
    due_at = MomentField(source="deadline.due_at")
    has_time = serializers.BooleanField(source="deadline.has_time", help_text="Without it, only the day counts.")
    day = serializers.DateField(help_text="The day in `zone`.")
    zone = serializers.CharField()
    governs = serializers.CharField(source="deadline.governs", help_text="What it closes on the portal, if anything.")
    state = serializers.ChoiceField(["done", "next", "later"])
    version = serializers.IntegerField(source="deadline.version", help_text="Raised each time the date moves.")


class ChangeSerializer(serializers.Serializer[Any]):
    """A date that moved, and why."""

    deadline = serializers.IntegerField(source="deadline_id")
    version = serializers.IntegerField(help_text="The version that it made.")
    old_due_at = MomentField()
    new_due_at = MomentField()
    reason = WordsField()
    moved_at = MomentField()


class CallSerializer(serializers.Serializer[OpenCall]):
    """A call with its chain of deadlines; every moment in UTC, with the zone in which it was meant."""

    id = serializers.IntegerField(source="call.pk")
    urls = WordsField(help_text="Its page in each language that has one.")
    title = WordsField()
    introduction = WordsField()
    state = serializers.ChoiceField(list(STATE_LABELS))
    programme = serializers.CharField(source="call.programme")
    reference = serializers.CharField(source="call.reference")
    budget = serializers.DecimalField(14, 2, source="call.budget", allow_null=True, help_text="In euro.")
    funding_rate = serializers.IntegerField(source="call.funding_rate", allow_null=True, help_text="Per cent.")
    official_url = serializers.CharField(source="call.official_url")
    track = CodesField(help_text="Action tracks.")
    language = CodesField(help_text="The languages there is a page in.")
    deadlines = DeadlineSerializer(many=True, help_text="In order of time.")
    changes = ChangeSerializer(many=True, help_text="Dates that moved, the last one first.")
    withdrawn_at = MomentField(source="call.withdrawn_at")
    withdrawn_reason = WordsField(source="call.withdrawn_reason")
    updated_at = MomentField(source="call.changed_at")
    licence = serializers.URLField()


@extend_schema_view(
    list=extend_schema(summary="Calls; by `page` the open ones first", parameters=CALL_PARAMETERS),
    retrieve=extend_schema(summary="One call with its chain of deadlines", parameters=[named("id", int)]),
)
class CallViewSet(OpenDataViewSet):
    """Calls that have a page."""

    queryset = Call.objects.public()
    lookup_value_regex = "[0-9]{1,9}"
    row_serializer_class = CallSerializer
    serializer_class = CallSerializer
    parameters = CALL_PARAMETERS
    moves_by_itself = True

    def found(self) -> list[int]:
        return call_records.fitting(self.request.query_params)

    def to_records(self, keys: Sequence[int], *, whole: bool) -> list[OpenCall]:
        return call_records.to_records(keys)

    def named(self) -> int:
        return int(self.kwargs["pk"])

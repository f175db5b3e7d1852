"""The open data of the agenda: what comes and what was, without who takes part."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date, parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from calls.chain.models import Call
from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.agenda.querysets import EventQuerySet
from events.agenda.ways import Way
from events.programme.models import ProgrammeItem, Speaker
from hub.dates import brussels
from hub.open_data.licence import LICENCE
from hub.open_data.schema import named
from hub.open_data.views import OpenDataViewSet
from hub.open_data.words import CodesField, MomentField, Words, WordsField
from hub.site.visibility import visible

_WHEN = "A day (2027-03-28, as in Brussels) or a moment with its zone (2027-03-28T09:00:00Z)."
PARAMETERS = [
    OpenApiParameter("from", description=f"Events that are not over before this. {_WHEN}"),
    OpenApiParameter("until", description=f"Events that begin no later than this; a day counts whole. {_WHEN}"),
]
_STATES = ["open", "full", "early", "closed", "over", "cancelled"]
_YEARS = range(1900, 2201)


class WhenField(forms.Field):
    """A day or a moment as an address carries it; whatever is neither counts as not given."""

    def __init__(self, *, end_of_day: bool) -> None:
        super().__init__(required=False)
        self.end_of_day = end_of_day

    def to_python(self, value: Any) -> datetime | None:
        """A day begins or ends as clocks in Brussels show it."""
        text = str(value or "").strip().replace(" ", "+")  # what a plus sign in an address becomes
        try:
            moment = parse_datetime(text) if len(text) > len("2027-03-28") else self._of_day(text)
        except ValueError:
            return None
        if moment is None or moment.year not in _YEARS:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=brussels.BRUSSELS)).astimezone(UTC)

    def _of_day(self, text: str) -> datetime | None:
        day = parse_date(text)
        if day is None or day.year not in _YEARS:
            return None
        start = datetime.combine(day, time(), brussels.BRUSSELS)
        return start + timedelta(days=1, microseconds=-1) if self.end_of_day else start


class PeriodForm(forms.Form):
    """From when until when; always valid."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["from"] = WhenField(end_of_day=False)
        self.fields["until"] = WhenField(end_of_day=True)

    def condition(self) -> Q:
        """The events in this time."""
        self.is_valid()
        start, end = self.cleaned_data.get("from"), self.cleaned_data.get("until")
        condition = Q(ends_at__gte=start) if start else Q()
        return condition & Q(starts_at__lte=end) if end else condition


@dataclass(frozen=True)
class OpenEvent:
    """One event with its standing, ready to be written."""

    event: Event
    series: UUID | None
    urls: Words
    title: Words
    introduction: Words
    call: int | None
    track: list[str]
    language: list[str]
    zone: str = brussels.BRUSSELS.key
    licence: str = LICENCE["uri"]

    @property
    def state(self) -> str:
        """What a visitor can do."""
        return self.event.standing

    @property
    def seats_left(self) -> int | None:
        """As the page tells it: only while there is something to sign up for."""
        return self.event.seats_left if self.state in {"open", "full"} else None

    @property
    def online(self) -> bool:
        """Whether one can follow it from elsewhere; the address itself is for participants."""
        return Way.ONLINE in self.event.ways


class SpeakerSerializer(serializers.Serializer[Speaker]):
    """Somebody who speaks at an event."""

    name = serializers.CharField()
    role = WordsField()
    organisation = serializers.CharField(source="organisation_name")


class ProgrammeItemSerializer(serializers.Serializer[ProgrammeItem]):
    """Something that happens during an event."""

    title = WordsField()
    starts_at = MomentField()
    ends_at = MomentField()
    room = serializers.CharField(help_text="Tells parallel items apart.")
    speakers = serializers.SerializerMethodField(help_text="Their names.")

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_speakers(self, item: ProgrammeItem) -> list[str]:
        return [speaker.name for speaker in item.speakers.all()]


class EventSerializer(serializers.Serializer[OpenEvent]):
    """An event; every moment in UTC, with the zone in which it was meant."""

    id = serializers.UUIDField(source="event.uid", help_text="The same as in calendars.")
    series = serializers.UUIDField(allow_null=True, help_text="The same for all dates of a series, which share a page.")
    urls = WordsField(help_text="Its page in each language that has one.")
    title = WordsField()
    introduction = WordsField()
    starts_at = MomentField(source="event.starts_at")
    ends_at = MomentField(source="event.ends_at")
    zone = serializers.CharField()
    has_time = serializers.BooleanField(source="event.has_time", help_text="Without it, only the day counts.")
    venue = serializers.CharField(source="event.venue")
    address = serializers.CharField(source="event.address")
    online = serializers.BooleanField(help_text="Whether one can take part from elsewhere.")
    state = serializers.ChoiceField(_STATES, help_text="Whether one can sign up, or it is over or cancelled.")
    capacity = serializers.IntegerField(source="event.total_seats", allow_null=True, help_text="Null: no limit.")
    seats_left = serializers.IntegerField(allow_null=True, help_text="While one can sign up and there is a limit.")
    registration_opens_at = MomentField(source="event.registration_opens_at", help_text="Null: at once.")
    registration_closes_at = MomentField(source="event.closes_at")
    accessibility = WordsField(source="event.accessibility", help_text="Of the place.")
    directions = WordsField(source="event.directions", help_text="How to get there.")
    to_bring = WordsField(source="event.to_bring", help_text="What to bring.")
    speakers = SpeakerSerializer(many=True, source="event.speakers.all", read_only=True)
    programme = ProgrammeItemSerializer(many=True, source="event.programme.all", read_only=True)
    call = serializers.IntegerField(allow_null=True, help_text="The call it belongs to.")
    track = CodesField(help_text="Action tracks.")
    language = CodesField(help_text="The languages there is a page in.")
    updated_at = MomentField(source="event.updated_at")
    licence = serializers.URLField()


def to_records(keys: Sequence[int]) -> list[OpenEvent]:
    """The public ones among these, in this order, with a fixed number of queries."""
    public = Event.objects.public().with_standing().select_related("series")
    found = public.prefetch_related("tracks", "speakers", "programme__speakers").in_bulk(keys)
    pages = visible(EventPage.objects.about(found.values())).select_related("locale").defer("body")
    told: dict[tuple[int | None, int | None], list[EventPage]] = defaultdict(list)
    for page in pages:
        told[page.event_id, page.series_id].append(page)
    calls = set(Call.objects.public().filter(events__in=found).values_list("pk", flat=True))
    events = [found[key] for key in keys if key in found]
    return [_to_record(event, told[event.pk, None] + told[None, event.series_id], calls) for event in events]


def _to_record(event: Event, pages: Iterable[EventPage], calls: Container[int | None]) -> OpenEvent:
    by_code = {page.locale.language_code: page.of_date(event) for page in pages}
    ordered = [(code, by_code[code]) for code, _name in settings.LANGUAGES if code in by_code]
    return OpenEvent(
        event=event,
        series=event.series.uid if event.series else None,
        urls={code: f"{settings.SITE_URL}{page.url}" for code, page in ordered},
        title={code: page.title for code, page in ordered},
        introduction={code: page.introduction for code, page in ordered if page.introduction},
        call=event.call_id if event.call_id in calls else None,
        track=[term.code for term in sorted(event.tracks.all(), key=lambda term: (term.position, term.pk))],
        language=[code for code, _page in ordered],
    )


@extend_schema_view(
    list=extend_schema(summary="Events; by `page` what comes first, then what is past", parameters=PARAMETERS),
    retrieve=extend_schema(summary="One event", parameters=[named("uid", OpenApiTypes.UUID, "id")]),
)
class EventViewSet(OpenDataViewSet):
    """Events that have a page."""

    queryset: EventQuerySet[Event] = Event.objects.public()
    lookup_field = "uid"
    lookup_value_converter = "uuid"
    row_serializer_class = EventSerializer
    serializer_class = EventSerializer
    parameters = PARAMETERS
    moves_by_itself = True

    def found(self) -> Any:
        events = Event.objects.public().filter(PeriodForm(self.request.query_params).condition())
        return events.in_agenda_order().values_list("pk", flat=True)

    def to_records(self, keys: Sequence[int], *, whole: bool) -> list[OpenEvent]:
        return to_records(keys)

    def named(self) -> int:
        return get_object_or_404(Event.objects.public().only("pk"), uid=self.kwargs["uid"]).pk

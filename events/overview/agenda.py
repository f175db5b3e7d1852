"""What a visitor asked of the agenda, and the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now
from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from events.agenda import ways
from events.agenda.models import Event
from events.agenda.pages import EventPage, pages_of
from events.agenda.querysets import EventQuerySet
from events.overview.forms import COMING, FACETS, LIST, MONTH, PAST, AgendaForm
from events.overview.month import Month, month_of
from hub.search import full_text
from hub.search.faceted_list import Chip, Facet, Option
from hub.search.models import PageEntry
from hub.site.visibility import visible
from hub.vocabularies.models import Term, Vocabulary

PER_PAGE = 12
_WHEN = {COMING: Q(ends_at__gt=Now()), PAST: Q(ends_at__lte=Now())}


@dataclass(frozen=True)
class View:
    """One way of looking at the agenda."""

    label: str
    url: str
    current: bool


class Agenda:
    """The events that fit an address, as a list or as a month; what is unknown of an address is ignored."""

    def __init__(self, data: QueryDict, language: str, url: str) -> None:
        self.language, self.url = language, url
        tracks = list(Term.objects.public().of(Vocabulary.TRACK))
        self.form = AgendaForm(data, tracks)
        self.form.is_valid()
        asked = self.form.cleaned_data
        self.words: str = asked.get("q", "")
        self.is_month = asked.get("view") == [MONTH]
        self.facets = tuple(name for name in FACETS if not (self.is_month and name == "when"))
        self.chosen: dict[str, list[str]] = {name: asked.get(name, []) for name in self.facets}
        self.more_facets: list[Facet] = []
        self._number = data.get("page")

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or any(self.chosen.values()))

    @cached_property
    def page(self) -> Page[Event]:
        """The page of the list that was asked for, in the order of the agenda: what comes, then what is past."""
        fitting = self._narrowed(self.facets).with_standing().in_agenda_order()
        return Paginator(fitting, PER_PAGE).get_page(self._number)

    @cached_property
    def _words(self) -> dict[int, EventPage]:
        """Those of each event on it; the dates of a series stand there one by one."""
        return pages_of(self.page, self.language)

    @property
    def upcoming(self) -> list[EventPage]:
        return [self._words[event.pk] for event in self.page if event.pk in self._words and not event.is_over]

    @property
    def past(self) -> list[EventPage]:
        return [self._words[event.pk] for event in self.page if event.pk in self._words and event.is_over]

    @cached_property
    def month(self) -> Month | None:
        """The month that was asked for, with what fits in it; None for the list."""
        if not self.is_month:
            return None
        return month_of(self.form.cleaned_data["month"], self._narrowed(self.facets), self.language)

    @property
    def count_line(self) -> str:
        """How many fit, in words."""
        if self.month:
            number = self.month.number
            said = ngettext("%(number)s event in %(month)s", "%(number)s events in %(month)s", number)
            return said % {"number": number, "month": self.month.label}
        number = self.page.paginator.count
        return ngettext("%(number)s event", "%(number)s events", number) % {"number": number}

    @cached_property
    def first_facets(self) -> list[Facet]:
        """Each filter with its counts, which ignore its own choice; options without any are left out."""
        found = [self._facet(name) for name in self.facets]
        return [facet for facet in found if facet.options]

    @cached_property
    def chips(self) -> list[Chip]:
        """Every choice made, with the address that leaves it out."""
        chips = []
        if self.words:
            chips.append(Chip(gettext("“%(words)s”") % {"words": self.words}, self._address(without=("q", self.words))))
        for facet, codes in self.chosen.items():
            labels = dict(self._labels(facet))
            chips += [Chip(labels[code], self._address(without=(facet, code))) for code in codes]
        return chips

    @property
    def views(self) -> list[View]:
        """The list and the month."""
        return [
            View(gettext("List"), self._address(view=LIST), not self.is_month),
            View(gettext("Month"), self._address(view=MONTH), self.is_month),
        ]

    @property
    def earlier_url(self) -> str:
        """The same a month earlier."""
        return self._address(month=self.month.earlier) if self.month else ""

    @property
    def later_url(self) -> str:
        """The same a month later."""
        return self._address(month=self.month.later) if self.month else ""

    @property
    def beside_words(self) -> list[tuple[str, str]]:
        """The choices that a new search keeps."""
        return self._of_view() + [(facet, code) for facet, codes in self.chosen.items() for code in codes]

    @property
    def beside_facets(self) -> list[tuple[str, str]]:
        """The search that other choices keep."""
        return self._of_view() + ([("q", self.words)] if self.words else [])

    def query(self) -> str:
        """The choices as a query string, cleaned of what is unknown."""
        return self._query()

    def _of_view(self) -> list[tuple[str, str]]:
        return [("view", MONTH), ("month", self.month.code)] if self.month else []

    def _query(self, *, without: tuple[str, str] = ("", ""), view: str = "", month: str = "") -> str:
        data = QueryDict(mutable=True)
        if (view or (MONTH if self.is_month else LIST)) == MONTH:
            data["view"] = MONTH
            if month or (self.month and not view):
                data["month"] = month or (self.month.code if self.month else "")
        if self.words and without[0] != "q":
            data["q"] = self.words
        for facet, codes in self.chosen.items():
            data.setlist(facet, [code for code in codes if (facet, code) != without])
        return data.urlencode()

    def _address(self, *, without: tuple[str, str] = ("", ""), view: str = "", month: str = "") -> str:
        query = self._query(without=without, view=view, month=month)
        return f"{self.url}?{query}" if query else self.url

    def _narrowed(self, facets: Iterable[str]) -> EventQuerySet[Event]:
        found = Event.objects.public()
        for facet in facets:
            if codes := self.chosen[facet]:
                found = found.filter(self._condition(facet, codes))
        if self.words:
            found = found.filter(pk__in=_with_words(self.words))
        return found

    def _condition(self, facet: str, codes: list[str]) -> Q:
        if facet == "track":
            with_track = Event.tracks.through.objects.filter(term__vocabulary="track", term__code__in=codes)
            return Q(pk__in=with_track.values("event"))
        if facet == "language":
            pages = visible(EventPage.objects.filter(locale__language_code__in=codes))
            return Q(pk__in=Event.objects.told_by(pages).values("pk"))
        condition = Q(pk__in=[])
        for code in codes:
            condition |= _WHEN[code] if facet == "when" else ways.condition(code)
        return condition

    def _labels(self, facet: str) -> list[tuple[str, str]]:
        choices = self.form.fields[facet].choices  # type: ignore[attr-defined]  # a choice field
        return [(code, str(label)) for code, label in choices]

    def _facet(self, name: str) -> Facet:
        counts = self._counts(name, self._narrowed(facet for facet in self.facets if facet != name).order_by())
        options = [
            Option(code, label, counts.get(code, 0), code in self.chosen[name])
            for code, label in self._labels(name)
            if counts.get(code) or code in self.chosen[name]
        ]
        return Facet(name, str(self.form.fields[name].label), options, more=len(options) > 8)  # as elsewhere

    def _counts(self, facet: str, events: EventQuerySet[Event]) -> dict[str, int]:
        if facet == "track":
            return dict(events.values_list("tracks__code").annotate(number=Count("pk", distinct=True)))
        wanted = {code: self._condition(facet, [code]) for code, _label in self._labels(facet)}
        return events.aggregate(**{code: Count("pk", filter=condition) for code, condition in wanted.items()})


def _with_words(words: str) -> QuerySet[Any]:
    """The events of which some page has all of these words, in whatever language it is; of a series, every date."""
    entries = PageEntry.objects.visible().filter(full_text.fits(words), kind="event")
    pages = EventPage.objects.filter(pk__in=entries.values("page"))
    return Event.objects.told_by(pages).values("pk")

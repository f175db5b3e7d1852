"""Reports of reuse as pages show them: in rows, along a line of years, and each on its page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext

from hub.changes.consequences import numbers
from hub.charts.courses import Counted, Course, courses
from partners.contact.receivers import receivers
from practices.practice.models.practice import Practice
from practices.practice.presentation import foreign_name, text_for
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseCheck
from practices.reuse.models.versions import Outcome, ReuseVersion
from practices.reuse_reports.listing import Reuses

_SUMMARY = 220
# So many stand along the line of years, and so many reasons beside it; the list has them all.
MOST_ON_LINE, MOST_REASONS = 8, 3
_OVER = (Outcome.STOPPED, Outcome.FAILED)


@dataclass(frozen=True)
class Card:
    """One report in a list; `language` is set when its words are not in the reader's."""

    name: str
    where: str
    when: str
    outcome: str
    outcome_label: str
    words: str
    language: str
    url: str


@dataclass(frozen=True)
class Count:
    """How many say the same, in words, and where they stand."""

    words: str
    url: str


@dataclass(frozen=True)
class TakenUp:
    """What the page of a practice tells of its reuse elsewhere; without any, only how to report one."""

    practice: Practice
    report_url: str
    total: str = ""
    counts: list[Count] = field(default_factory=list)
    line: list[Card] = field(default_factory=list)
    is_shortened: bool = False
    reasons: list[Card] = field(default_factory=list)
    listing: Reuses | None = None


@dataclass(frozen=True)
class Telling:
    """One version as its page and its history show it."""

    version: ReuseVersion
    when: str
    language: str
    figures: list[dict[str, Any]]
    sources: list[Any]
    planned_cost: str
    actual_cost: str
    check: ReuseCheck | None

    @property
    def courses(self) -> list[Course[dict[str, Any]]]:
        """Those figures that count the same in several years, drawn."""
        told = ((each, (each["what"].casefold(), each["unit"].casefold())) for each in self.figures)
        return courses(Counted(each, what, each["year"], each["amount"], each["value"]) for each, what in told)

    @property
    def is_told(self) -> bool:
        """Whether nothing shows it."""
        return not self.sources and not any(figure["source"] for figure in self.figures)

    @property
    def checked_at(self) -> datetime | None:
        return self.check.at if self.check else None


def taken_up(practice: Practice) -> TakenUp:
    """A few queries, however many took it up; one where nobody did."""
    report_url = reverse("practices:report_reuse", args=[practice.slug]) if practice.slug else ""
    theirs = Reuse.objects.public().filter(practice=practice.pk)
    found = numbers(theirs, by="shown__outcome") if practice.pk else {}
    total = sum(found.values())
    if not total:
        return TakenUp(practice, report_url)
    listing = Reuses(practice, QueryDict(), get_language() or "")
    rows = list(theirs.with_facts().newest_first()[:MOST_ON_LINE])
    over = theirs.filter(shown__outcome__in=_OVER).with_facts().order_by("-shown__at", "-pk")
    said = ngettext("Taken up by %(number)s other:", "Taken up by %(number)s others:", total)
    return TakenUp(
        practice,
        report_url,
        said % {"number": number_format(total, force_grouping=True)},
        [
            Count(_counted(outcome, found[outcome]), listing.address_with("outcome", outcome))
            for outcome in Outcome.values
            if found[outcome]
        ],
        [card(each, practice) for each in reversed(rows)],
        total > len(rows),
        [card(each, practice, ending=True) for each in over[:MOST_REASONS]]
        if any(found[each] for each in _OVER)
        else [],
        listing,
    )


def outcomes_of(practices: Sequence[Practice]) -> dict[int, list[str]]:
    """By key, what came of each of these where others took it up, in words; nothing of those that nobody did."""
    theirs = Reuse.objects.public().filter(practice__in=[practice.pk for practice in practices]).order_by()
    rows = theirs.values_list("practice", "shown__outcome").annotate(number=models.Count("pk"))
    found = {(practice, outcome): number for practice, outcome, number in rows}
    return {
        practice.pk: [
            _counted(outcome, found[practice.pk, outcome])
            for outcome in Outcome.values
            if (practice.pk, outcome) in found
        ]
        for practice in practices
    }


def _counted(outcome: str, number: int) -> str:
    said = {
        Outcome.WORKS: ngettext("works for %(number)s", "works for %(number)s", number),
        Outcome.PART: ngettext("works in part for %(number)s", "works in part for %(number)s", number),
        Outcome.STOPPED: ngettext("stopped at %(number)s", "stopped at %(number)s", number),
        Outcome.FAILED: ngettext("did not work for %(number)s", "did not work for %(number)s", number),
        Outcome.EARLY: ngettext("too early to say for %(number)s", "too early to say for %(number)s", number),
    }
    return said[Outcome(outcome)] % {"number": number_format(number, force_grouping=True)}


def card(reuse: Reuse, practice: Practice, *, ending: bool = False) -> Card:
    """Read it `with_facts`; with `ending` its words are those about why it ended."""
    version = reuse.shown
    assert version is not None  # noqa: S101  # public ones have one
    text = " ".join((version.why_stopped if ending else version.came_of_it).split())
    return Card(
        name=reuse.name,
        where=reuse.where,
        when=period(version),
        outcome=version.outcome,
        outcome_label=str(version.get_outcome_display()),
        words=text if len(text) <= _SUMMARY else f"{text[:_SUMMARY].rsplit(' ', 1)[0]} …",
        language=_foreign(version),
        url=reverse("practices:reuse", args=[practice.slug, reuse.uuid]),
    )


def cards(reuses: Iterable[Reuse], practice: Practice) -> list[Card]:
    return [card(each, practice) for each in reuses]


def period(version: ReuseVersion) -> str:
    """`since March 2021`, or `2019–2023`."""
    since = _moment(version.since_year, version.since_month)
    if version.until_year is None:
        return gettext("since %(year)s") % {"year": since}
    until = _moment(version.until_year, version.until_month)
    return since if since == until else f"{since} – {until}"


def _moment(year: int, month: int | None) -> str:
    return date_format(date(year, month, 1), "F Y") if month else str(year)


def tellings(reuse: Reuse, *, only_accepted: bool) -> list[Telling]:
    """Its versions, the newest first; for visitors only those that somebody accepted."""
    rows = reuse.versions.select_related("check_made").prefetch_related("figures", "sources").order_by("-number")
    if only_accepted:
        rows = rows.filter(check_made__verdict=ReuseCheck.Verdict.ACCEPTED)
    return [_telling(version) for version in rows]


def _telling(version: ReuseVersion) -> Telling:
    return Telling(
        version,
        period(version),
        _foreign(version),
        [
            {
                "what": each.what,
                "amount": each.value,
                "value": number_format(each.value.normalize() + 0, force_grouping=True),
                "unit": each.unit,
                "year": each.year,
                "source": each.source,
            }
            for each in version.figures.all()
        ],
        list(version.sources.all()),
        _euro(version.planned_cost),
        _euro(version.actual_cost),
        getattr(version, "check_made", None),
    )


def _euro(cost: Any) -> str:
    if cost is None:
        return ""
    places = 0 if cost == cost.to_integral_value() else 2
    return gettext("€ %(amount)s") % {"amount": number_format(cost, places, force_grouping=True)}


def _foreign(version: ReuseVersion) -> str:
    return version.language if version.language != get_language() else ""


def ask_url(reuse: Reuse) -> str:
    """Where others ask about it, if they may and somebody would hear them."""
    organisation = reuse.organisation
    if not (reuse.may_ask and organisation and organisation.status == organisation.Status.LISTED):
        return ""
    return reverse("partners:write", args=[organisation.slug]) if receivers(organisation) else ""


def about(practice: Practice, *more: dict[str, str]) -> dict[str, Any]:
    """The practice in the reader's words, and the way to here."""
    text = text_for(practice.texts.all(), get_language() or "", practice.original_language)
    title = text.title if text else practice.slug
    foreign = text.language if text and foreign_name(text) else ""
    library = {"title": gettext("Practices"), "url": reverse("practices:library")}
    crumbs = [library, {"title": title, "url": practice.get_absolute_url(), "language": foreign}]
    return {"practice": practice, "title": title, "title_language": foreign, "crumbs": [*crumbs, *more]}


def list_crumb(practice: Practice) -> dict[str, str]:
    return {"title": gettext("Taken up elsewhere"), "url": reverse("practices:reuses", args=[practice.slug])}

"""A published report with a figure by hand, and what was written into the logbook."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.users.models import User
from monitoring.indicators.models import Indicator, Target
from monitoring.logbook.models import LogbookEntry
from monitoring.logbook.writing import Words, write
from monitoring.reports.models import Report, ReportPart
from monitoring.reports.publishing import publish
from monitoring.snapshots.correcting import Entry, enter
from nccsi.demo.reading import words

FILE = "reports.toml"
CODE = "own-demo-peer-reviews"
_TEXTS = ("assumed", "happened", "changes")


def load(*, by: User) -> int:
    """Adds the report to a portal that has none, in each of its languages; says how many."""
    told = words.read(FILE)
    if Report.objects.exists():
        return 0
    since, until = last_quarter(timezone.localdate())
    figure = _figure(told["figure"], until, by=by)
    family = None
    titles = words.spoken(told["report"]["title"])
    for language, title in titles.items():
        made = Report(title=title, language=language, since=since, until=until)
        made.family = family = family or made.family
        made.save()
        for place, part in enumerate(told["report"]["part"]):
            ReportPart.objects.create(
                report=made,
                sort_order=place,
                heading=part["heading"][language],
                text=part["text"][language].strip(),
                indicator=figure if part.get("with_figure") else None,
            )
        publish(made, by=by)
    return len(titles)


def load_logbook(*, by: User) -> int:
    """Adds the entries to a logbook that is empty, in the language of the portal; says how many."""
    if LogbookEntry.objects.exists():
        return 0
    told = words.read(FILE)
    for entry in told["entry"]:
        language = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in entry["assumed"] else "en"
        said = {name: entry[name][language] for name in _TEXTS}
        day = timezone.localdate() - timedelta(days=entry["before"])
        about = [CODE] if entry.get("about_figure") else []
        write(Words(day=day, language=language, about=about, **said), by=by)
    return len(told["entry"])


def last_quarter(today: date) -> tuple[date, date]:
    """The first and the last day of the last quarter that is over."""
    begun = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    until = begun - timedelta(days=1)
    return date(until.year, until.month - 2, 1), until


def _figure(told: dict[str, Any], until: date, *, by: User) -> Indicator:
    made, is_new = Indicator.objects.get_or_create(
        code=CODE,
        defaults={
            "area": told["area"],
            "by_gender": True,
            **{name: words.label(told[name]) for name in ("name", "definition", "unit")},
            "baseline": Decimal(told["baseline"]),
            "baseline_on": until - timedelta(days=365),
            "position": 900,
            "owner": by,
        },
    )
    if is_new:
        Target.objects.create(indicator=made, by=date(until.year + 1, 12, 31), figure=Decimal(told["target"]))
        for entered in told["entered"]:
            source = f"{entered.get('source', told['source']['what'])}\n{told['source']['where']}"
            day = until - timedelta(days=entered["before"])
            parts = {key: Decimal(number) for key, number in entered.get("by_gender", {}).items()}
            entry = Entry(day, Decimal(entered["figure"]), source, parts)
            enter(made, entry, by=by)
    return made

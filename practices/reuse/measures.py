"""Who took practices up, what came of it, and how well that is told (`hub.measures`)."""

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hub.measures.breakdowns import by_choice, by_language, by_term
from hub.measures.durations import days_between
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from practices.practice.presentation import title_of
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseCheck, ReuseFigure, ReuseSource
from practices.reuse.models.versions import Outcome

_BREAKDOWNS = (
    by_choice("outcome", _("What came of it"), "shown__outcome", Outcome),
    by_term("country", _("Country"), "country"),
    by_term("region", _("Region"), "region"),
    by_term("sector", _("Sector of the organisation"), "organisation__sector"),
    by_term("theme", _("Theme"), "practice__terms", is_shared=True),
    by_language("shown__language"),
)


def _reuses(span: Span) -> Rows:
    return Reuse.objects.public().filter(created_at__lt=span.end)


def _with_proof(span: Span) -> Rows:
    figures = ReuseFigure.objects.filter(version=OuterRef("shown"))
    sources = ReuseSource.objects.filter(version=OuterRef("shown"))
    return _reuses(span).filter(Exists(figures), Exists(sources))


def _fetched(rows: Rows) -> Rows:
    named = rows.select_related("practice", "organisation", "country", "region")
    return named.prefetch_related("practice__texts").order_by("-created_at", "-pk")


def _shown(reuse: Reuse) -> Listed:
    return Listed(f"{title_of(reuse.practice)} – {reuse.name}", reuse.get_absolute_url(), reuse.where)


REUSES = Measure(
    code="reuses",
    area=Area.MAINSTREAMING,
    name=_("Practices taken up elsewhere"),
    definition=_(
        "Reports that somebody uses a practice of the library elsewhere, checked and readable for everybody. One "
        "practice can be taken up in many places; each counts, also where it stopped or did not work."
    ),
    unit=_("reports of reuse"),
    kind=Kind.STANDING,
    records=_reuses,
    fetched=_fetched,
    listed=_shown,
    breakdowns=_BREAKDOWNS,
    is_open=True,
)

WITH_PROOF = Measure(
    code="reuses_with_figures",
    area=Area.QUALITY,
    name=_("Reports of reuse with figures and sources"),
    definition=_(
        "Reports of reuse that tell at least one figure and name at least one source, as a share of those that "
        "everybody can read. Only the version that is shown counts."
    ),
    unit=_("per cent"),
    kind=Kind.STANDING,
    records=_with_proof,
    whole=_reuses,
    fetched=_fetched,
    listed=_shown,
    breakdowns=_BREAKDOWNS,
    is_open=True,
)


def _checks(span: Span) -> Rows:
    by_others = ReuseCheck.objects.filter(**span.within("at")).exclude(by=F("version__by"))
    return by_others.annotate(days=days_between("version__at", "at"))


def _check(check: ReuseCheck) -> Listed:
    reuse = check.version.reuse
    url = reverse("practices_admin_check_reuse", args=[reuse.pk])
    return Listed(title_of(reuse.practice), url, str(check.get_verdict_display()))


CHECK_DAYS = Measure(
    code="reuse_check_days",
    area=Area.SERVICE,
    name=_("Days to check a report of reuse"),
    definition=_(
        "From the moment at which a report of reuse, or a change of it, was sent to its check: half of them waited no "
        "longer than this. What the same person wrote and checked does not count."
    ),
    unit=_("days"),
    kind=Kind.HAPPENED,
    records=_checks,
    middle="days",
    fetched=lambda rows: (
        rows.select_related("version__reuse__practice")
        .prefetch_related("version__reuse__practice__texts")
        .order_by("-at", "-pk")
    ),
    listed=_check,
    breakdowns=(
        by_choice("verdict", _("Decision"), "verdict", ReuseCheck.Verdict),
        by_choice("checked_as", _("Checked by"), "checked_as", ReuseCheck.As),
        by_language("version__language"),
    ),
    better=-1,
)

MEASURES = (REUSES, WITH_PROOF, CHECK_DAYS)

"""The list of practices as staff see it: what it can be narrowed and sorted by, and how it leaves as a file."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Lower
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.models import WorkflowState

from hub.dates.fields import DayInput
from hub.languages.names import language_name
from hub.sheets.listing import ImportFilter, SheetIndexView
from partners.organisations.models import Organisation
from practices.admin.import_screens import SCREENS
from practices.import_export import exporting
from practices.import_export.models import PracticeImport
from practices.library.facets import FACETS, Facet, LanguageFacet, RecordFacet, TermFacet, facet_of
from practices.practice.database_functions import Unaccent
from practices.practice.facet_declarations import DECLARATIONS
from practices.practice.models.practice import ONE_OF, Practice, PracticeQuerySet
from practices.practice.models.texts import PracticeText
from practices.practice.terms import Terms
from practices.reconfirmation.models import ConfirmationRequest
from practices.reconfirmation.owner_requests import too_old
from practices.search.keys import record_key
from practices.search.models import LibraryEntry

# What describes practices without narrowing the library is of use to staff all the same.
_FOR_STAFF = [facet_of(each) for each in DECLARATIONS if each.place is None]


def in_review() -> Exists:
    """Whether a practice of a query is in a review that has not ended."""
    states = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Practice),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    return Exists(states)


def unanswered(practices: PracticeQuerySet) -> PracticeQuerySet:
    """Those whose owner was asked whether they still hold and did not answer in time, and nobody else vouched since."""
    asked = ConfirmationRequest.objects.given_up(timezone.now())
    of_each = asked.filter(practice=OuterRef("pk"), known_on=OuterRef("last_known"))
    return practices.known_until(too_old(timezone.localdate())).filter(Exists(of_each))


STATUSES: dict[str, tuple[Any, Callable[[], Q]]] = {
    "published": (_("published"), lambda: Q(live=True)),
    "changes": (_("published, changes waiting"), lambda: Q(live=True, has_unpublished_changes=True)),
    "draft": (_("draft"), lambda: Q(live=False, expired=False)),
    "expired": (_("expired"), lambda: Q(live=False, expired=True)),
}


def status_of(practice: Practice) -> str:
    """What staff must know at a glance; Wagtail's own column asks the database about each row."""
    if getattr(practice, "is_in_review", False):
        return gettext("published, in review") if practice.live else gettext("in review")
    if practice.live:
        return gettext("published, changes waiting") if practice.has_unpublished_changes else gettext("published")
    return gettext("expired") if practice.expired else gettext("draft")


def is_published(practice: Practice) -> bool:
    """Whether visitors see it."""
    return practice.live


def language_options() -> list[tuple[str, str]]:
    """The languages of the portal."""
    return [(code, capfirst(language_name(code))) for code, _name in settings.LANGUAGES]


class FacetFilter(django_filters.MultipleChoiceFilter):
    """A facet of the library, several choices meaning any of them."""

    def __init__(self, facet: Facet) -> None:
        super().__init__(label=facet.label, choices=[], widget=CheckboxSelectMultiple)
        self.facet = facet

    def offer(self, terms: Terms) -> None:
        """These terms can be chosen, each by its key."""
        of_facet = [(str(term.pk), str(term.label)) for term in terms.of(self.facet.name).values()]
        if isinstance(self.facet, RecordFacet):
            of_facet = self.facet.options({}, terms)
        self.extra["choices"] = language_options() if isinstance(self.facet, LanguageFacet) else of_facet

    def filter(self, qs: PracticeQuerySet, value: list[str]) -> PracticeQuerySet:
        if not value:
            return qs
        if isinstance(self.facet, RecordFacet):
            # Records tell of public practices only.
            found = LibraryEntry.objects.filter(keys__overlap=[record_key(self.facet.name, code) for code in value])
            return qs.filter(pk__in=found.values("practice_id"))
        # The entries of the library know what is public; staff look at drafts as well.
        if self.facet.name in ONE_OF:
            return qs.filter(**{f"{self.facet.name}_id__in": value})
        if isinstance(self.facet, LanguageFacet):
            return qs.filter(pk__in=PracticeText.objects.filter(language__in=value).values("practice_id"))
        return qs.filter(pk__in=Practice.terms.through.objects.filter(term_id__in=value).values("practice_id"))


class PracticeAdminFilterSet(WagtailFilterSet):
    """What staff narrow the list by."""

    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[(code, label) for code, (label, _condition) in STATUSES.items()],
        method="filter_status",
        widget=RadioSelect,
        empty_label=_("All"),
    )
    task = django_filters.MultipleChoiceFilter(
        label=_("To do"),
        choices=[
            ("review", _("waiting for review")),
            ("check", _("due for checking")),
            ("unanswered", _("asked, and nobody answered")),
        ],
        method="filter_task",
        widget=CheckboxSelectMultiple,
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"),
        queryset=Organisation.objects.filter(practices__isnull=False).distinct(),
        null_label=_("nobody in the directory"),
    )
    lacks = django_filters.MultipleChoiceFilter(
        label=_("Has no text in"),
        choices=language_options,
        method="filter_lacks",
        widget=CheckboxSelectMultiple,
    )
    imported = ImportFilter(PracticeImport)
    year = django_filters.NumberFilter(label=_("In use since"), field_name="since")
    checked_before = django_filters.DateFilter(
        field_name="checked_on", lookup_expr="lt", label=_("Last checked before"), widget=DayInput
    )

    class Meta:
        model = Practice
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = Terms.load()
        for each in self.filters.values():
            if isinstance(each, FacetFilter):
                each.offer(terms)

    def filter_status(self, queryset: PracticeQuerySet, name: str, value: str) -> PracticeQuerySet:
        """Where a practice stands."""
        _label, condition = STATUSES[value]
        return queryset.filter(condition())

    def filter_task(self, queryset: PracticeQuerySet, name: str, value: list[str]) -> PracticeQuerySet:
        """What somebody has to do about it."""
        if "review" in value:
            queryset = queryset.filter(in_review())
        if "check" in value:
            queryset = queryset.known_until(too_old(timezone.localdate()))
        if "unanswered" in value:
            queryset = unanswered(queryset)
        return queryset

    def filter_lacks(self, queryset: PracticeQuerySet, name: str, value: list[str]) -> PracticeQuerySet:
        """Practices without words in each of these languages."""
        for language in value:
            queryset = queryset.exclude(pk__in=PracticeText.objects.filter(language=language).values("practice_id"))
        return queryset


for _facet in [*FACETS, *_FOR_STAFF]:
    if isinstance(_facet, (TermFacet, LanguageFacet, RecordFacet)):
        PracticeAdminFilterSet.base_filters[_facet.name] = FacetFilter(_facet)


def listed() -> PracticeQuerySet:
    """Rows with what the columns show and sort by, in a fixed number of queries."""
    original = PracticeText.objects.filter(practice_id=OuterRef("pk"), language=OuterRef("original_language"))
    title = Lower(Unaccent(Coalesce(Subquery(original.values("title")[:1]), "slug")))
    return Practice.objects.alias(listed_title=title).annotate(is_in_review=in_review())


class PracticeIndexView(SheetIndexView):
    """Searches the titles in every language, shows each practice once, and gives the list as a file."""

    export = exporting.export
    screens = SCREENS

    @cached_property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns
        columns[1].sort_key = "listed_title"
        return columns

    def search_queryset(self, queryset: QuerySet[Practice]) -> QuerySet[Practice]:
        if not self.is_searching:
            return queryset
        return queryset.filter(pk__in=super().search_queryset(queryset).order_by().values("pk"))

    def order_queryset(self, queryset: QuerySet[Practice]) -> QuerySet[Practice]:
        """A whole order, so that no row stands on two pages; the contents of drafts stay in the database."""
        ordered = super().order_queryset(queryset)
        order = ordered.query.order_by or Practice._meta.ordering
        return ordered.order_by(*order, "-pk").defer("latest_revision__content")

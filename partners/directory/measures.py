"""What the directory counts of itself for whoever gives account (`hub.measures`)."""

from django.utils.translation import gettext_lazy as _

from hub.measures.breakdowns import by_choice, by_term
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from partners.organisations.models import Organisation


def _listed_organisations(span: Span) -> Rows:
    return Organisation.objects.public().filter(created_at__lt=span.end)


def _shown(organisation: Organisation) -> Listed:
    return Listed(organisation.name, organisation.get_absolute_url(), str(organisation.sector or ""))


ORGANISATIONS = Measure(
    code="organisations",
    area=Area.REACH,
    name=_("Organisations in the directory"),
    definition=_("Organisations whose profile everybody can read on that day."),
    unit=_("organisations"),
    kind=Kind.STANDING,
    records=_listed_organisations,
    fetched=lambda rows: rows.select_related("sector").order_by("name", "pk"),
    listed=_shown,
    breakdowns=(
        by_term("sector", _("Sector"), "sector"),
        by_term("country", _("Country"), "country"),
        by_term("region", _("Region"), "region"),
        by_choice("size", _("Size"), "size", Organisation.Size),
    ),
    is_open=True,
)

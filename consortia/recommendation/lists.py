"""What was recommended about all consortia of a call, as a PDF and as a table: for the Commission, once released."""

from collections.abc import Iterator

from django.http import HttpResponseBase
from django.utils.translation import get_language, gettext

from calls.chain.models import Call
from consortia.consortium.models import Member
from consortia.outcomes.models import Outcome, Release
from hub.dates.words import moment
from hub.pdf import typesetting
from hub.sheets import writing
from hub.site.models import SiteSettings

TEMPLATE = "consortia/recommendations.typ"


def outcomes(call: Call) -> list[Outcome]:
    """Those of a released call, with the partners of each, in a fixed number of queries; the best first, by name."""
    order = list(Outcome.Verdict)
    released = Outcome.objects.released().filter(consortium__call=call).select_related("consortium")
    found = list(released.prefetch_related("consortium__members__organisation"))
    return sorted(found, key=lambda each: (order.index(Outcome.Verdict(each.verdict)), each.consortium.name))


def partners(outcome: Outcome) -> list[str]:
    """The lead first."""
    there = [each for each in outcome.consortium.members.all() if each.status == Member.Status.JOINED]
    return [each.organisation.name for each in sorted(there, key=lambda each: (not each.is_lead, each.pk))]


def as_pdf(call: Call, release: Release) -> bytes:
    """To print, in the language of who asks."""
    heading = gettext("Recommended consortia")
    context = {
        "heading": heading,
        "lead": f"{call}, {moment(release.at)}",
        "issuer": SiteSettings.load().name,
        "items": [
            {
                "name": each.consortium.name,
                "outcome": each.get_verdict_display(),
                "partners": ", ".join(partners(each)),
                "reasons": each.reasons,
                "conditions": each.conditions,
            }
            for each in outcomes(call)
        ],
        "partners": gettext("Partners, the lead first"),
        "reasons": gettext("Reasons"),
        "conditions": gettext("Conditions"),
    }
    return typesetting.render(TEMPLATE, context, language=get_language() or "en", title=f"{heading}: {call}")


def as_csv(call: Call) -> HttpResponseBase:
    """For a spreadsheet, which takes no text for a formula."""
    header = ["name", "outcome", "partners", "reasons", "conditions"]
    return writing.download("recommendations", writing.CSV, header, _rows(call))


def _rows(call: Call) -> Iterator[list[str]]:
    for each in outcomes(call):
        names = " | ".join(partners(each))
        yield [each.consortium.name, str(each.get_verdict_display()), names, each.reasons, each.conditions]

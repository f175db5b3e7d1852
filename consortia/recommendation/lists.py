"""What was recommended about all consortia of a call, as a PDF and as a table: for the Commission, once released."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.utils.translation import get_language, gettext

from calls.chain.models import Call
from consortia.consortium.models import Consortium
from consortia.outcomes.models import Outcome, Release
from consortia.sign_off.models import Version
from hub.dates.words import moment
from hub.pdf import typesetting
from hub.sheets import writing
from hub.site.models import SiteSettings

TEMPLATE = "consortia/recommendations.typ"


@dataclass(frozen=True)
class Line:
    """An outcome with the name and the partners of the text that it is about, the lead first."""

    outcome: Outcome
    name: str
    partners: list[str]
    # Whether that text is what is declared now.
    stands: bool

    @property
    def note(self) -> str:
        """What a reader has to know besides."""
        said = gettext("This is about version %(number)d, which is not declared any more.")
        return "" if self.stands else said % {"number": self.outcome.version}


def lines(call: Call) -> list[Line]:
    """The last that was released of each consortium, in a fixed number of queries; the best first, by name."""
    order = list(Outcome.Verdict)
    released = Outcome.objects.released().filter(consortium__call=call).select_related("consortium")
    outcomes = list(released.order_by("consortium_id", "-version").distinct("consortium_id"))
    texts: dict[int, dict[int, Version]] = {each.consortium_id: {} for each in outcomes}
    for version in Version.objects.filter(consortium__in=texts).order_by("number"):
        texts[version.consortium_id][version.number] = version
    found = [_line(each, texts[each.consortium_id]) for each in outcomes]
    return sorted(found, key=lambda each: (order.index(Outcome.Verdict(each.outcome.verdict)), each.name))


def as_pdf(call: Call, release: Release) -> bytes:
    """To print, in the language of who asks."""
    heading = gettext("Recommended consortia")
    context = {
        "heading": heading,
        "lead": f"{call}, {moment(release.at)}",
        "issuer": SiteSettings.load().name,
        "items": [
            {
                "name": each.name,
                "outcome": each.outcome.get_verdict_display(),
                "note": each.note,
                "partners": ", ".join(each.partners),
                "reasons": each.outcome.reasons,
                "conditions": each.outcome.conditions,
            }
            for each in lines(call)
        ],
        "partners": gettext("Partners, the lead first"),
        "reasons": gettext("Reasons"),
        "conditions": gettext("Conditions"),
    }
    return typesetting.render(TEMPLATE, context, language=get_language() or "en", title=f"{heading}: {call}")


def as_file(call: Call, kind: str) -> HttpResponseBase:
    """For a spreadsheet, which takes no text for a formula."""
    header = ["name", "outcome", "partners", "reasons", "conditions", "note"]
    return writing.download("recommendations", kind, header, _rows(call))


def _line(outcome: Outcome, versions: dict[int, Version]) -> Line:
    about = versions[outcome.version].text
    is_declared = outcome.consortium.status == Consortium.Status.DECLARED
    partners = [each["name"] for each in about["members"]]
    return Line(outcome, about["name"], partners, stands=is_declared and outcome.version == max(versions))


def _rows(call: Call) -> Iterator[list[str]]:
    for each in lines(call):
        told = each.outcome
        names = " | ".join(each.partners)
        yield [each.name, str(told.get_verdict_display()), names, told.reasons, told.conditions, each.note]

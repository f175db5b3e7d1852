"""What the centre gives account of: a report that is published and one that is not, and what it learned."""

from typing import Any

from accounts.users.models import User
from monitoring.reports import publishing
from monitoring.reports.models import Template
from tests.factories.hub import words
from tests.factories.monitoring import UNTIL, counted, entry, kept, report


def given(by: User, *, hidden: str) -> dict[str, dict[str, Any]]:
    """Everybody reads what is published, and the centre alone the rest."""
    indicator = counted()
    figure = kept(indicator, UNTIL, 7)
    public = report({"heading": "In short", "text": "We grew."}, {"indicator": indicator})
    publishing.publish(public, by=by)
    draft = report({"text": f"{hidden} words"}, title=f"{hidden} report")
    template = Template.objects.create(name=words("Quarter"))
    learned = entry(by, assumed=f"{hidden} assumption")
    return {
        "indicator": {"pk": str(indicator.pk), "entry": "1"},
        "kept-figure": {"pk": str(figure.pk)},
        "report": {"pk": str(public.pk), "family": str(public.family), "kind": "csv"},
        "report-draft": {"pk": str(draft.pk), "family": str(draft.family), "kind": "csv", "entry": "1"},
        "report-template": {"pk": str(template.pk), "entry": "1"},
        "logbook-entry": {"pk": str(learned.pk)},
    }

"""What the centre gives account of: a report that is published and one that is not, and what it learned."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.personal_data import links
from accounts.personal_data.models import DataCopy, Erasure
from accounts.users.models import User
from monitoring.reports import publishing
from monitoring.reports.models import Template
from tests.factories.hub import words
from tests.factories.monitoring import UNTIL, counted, entry, kept, report


def data_of(user: User, administrator: User, *, other: User, guest: str) -> dict[str, dict[str, Any]]:
    """A copy that somebody asked for, a link to what is kept about an address, the record of an erasure."""
    copy = DataCopy(user=user, email=user.email, language="en", ready_at=timezone.now())
    copy.file.save("copy.zip", ContentFile(b"PK"), save=True)
    DataCopy.objects.create(user=other, email=other.email, language="en", ready_at=timezone.now())
    DataCopy.objects.create(email=guest, language="en", ready_at=timezone.now())
    token = links.guest_address(guest, "en").rstrip("/").rpartition("/")[2]
    erasure = Erasure.objects.create(how=Erasure.How.STAFF, by=administrator, digests=["0" * 64])
    return {
        "data-copy-partner": {"token": links.copy_address(copy).rstrip("/").rpartition("/")[2]},
        "link-data": {"token": token},
        "kind-of-data": {"key": "accounts.user.pk"},
        "forged-kind": {"token": "a.b-c_d", "key": "accounts.user.pk"},
        "erasure": {"pk": str(erasure.pk)},
    }


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

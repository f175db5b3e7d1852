"""Certificates of attendance: made once for who came, printed in the reader's language, verified by anybody."""

from html import unescape
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext

from events.afterwards import numbers
from events.afterwards.models import Certificate
from events.agenda.models import Event
from events.agenda.pages import page_in
from events.seats.models import Registration
from hub.dates.words import day
from hub.pdf import typesetting
from hub.site.models import SiteSettings

TEMPLATE = "events/certificate.typ"


class NobodyCameError(Exception):
    """The person was not noted as having come, or the event is not over."""


@transaction.atomic
def issue(registration: Registration) -> Certificate:
    """The certificate of who came to an event that is over; the same one each time. Raises NobodyCameError."""
    came = Registration.objects.who_came().filter(pk=registration.pk, event__in=Event.objects.past())
    if not came.exists():
        raise NobodyCameError
    made = {"number": numbers.new(), "name": registration.name}
    certificate, _is_new = Certificate.objects.get_or_create(registration=registration, defaults=made)
    return certificate


def verified(typed: str) -> Certificate | None:
    """The certificate with this number, however it was typed; None for any other number."""
    with_event = Certificate.objects.holding().select_related("registration__event")
    return with_event.filter(number=numbers.read(typed) or "-").first()


def as_pdf(certificate: Certificate) -> bytes:
    """The certificate to print, in the language of the page that asks for it."""
    event, site = certificate.registration.event, SiteSettings.load()
    address = reverse("events:certificate", args=[certificate.written])
    title = gettext("Certificate of attendance")
    context = {
        "title_line": title,
        "lead": gettext("This is to certify that"),
        "name": certificate.name,
        "took_part": gettext("took part in"),
        "event": title_of(event),
        "facts": [
            [gettext("When"), when(event)],
            *([[gettext("Where"), where(event)]] if event.venue or event.address or event.online_url else []),
            [gettext("Issued by"), site.name],
            [gettext("Issued on"), day(certificate.issued_at)],
            [gettext("Number"), certificate.written],
        ],
        "verify": gettext("Anybody can verify this certificate at"),
        "address": urljoin(settings.SITE_URL, address),
        "issuer": site.name,
        "foot": ", ".join([site.name, *filter(None, map(str.strip, site.address.splitlines()))]),
    }
    return typesetting.render(TEMPLATE, context, language=get_language() or "en", title=f"{title}: {certificate.name}")


def title_of(event: Event) -> str:
    """What the event is called in the reader's language."""
    page = page_in(event, get_language() or "en")
    return page.title if page else str(event.title)


def when(event: Event) -> str:
    """From when to when, in Brussels."""
    period = {"start": event.starts_at, "end": event.ends_at, "has_time": event.has_time}
    return _plain("events/period.html", period)


def where(event: Event) -> str:
    """Its place in one line."""
    return _plain("events/where.html", {"event": event})


def _plain(template: str, context: dict[str, object]) -> str:
    return unescape(render_to_string(template, context)).strip()

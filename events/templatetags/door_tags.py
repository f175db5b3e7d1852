"""The code of a seat, which a phone's camera reads at the door."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from events.seats.models import Registration

register = template.Library()


@register.simple_tag
def seat_code(registration: Registration, label: str) -> SafeString:
    """A QR code as inline SVG, black on white in every scheme; `label` is what is said of it to who does not see it."""
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(settings.SITE_URL + reverse("door:seat", args=[registration.event.uid, registration.uuid]))
    rows = code.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return format_html(
        '<svg class="ticket__code" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path fill="#ffffff" d="M0 0h{0}v{0}H0z"/><path fill="#000000" d="{2}"/></svg>',
        len(rows),
        label,
        dark,
    )

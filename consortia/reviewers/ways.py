"""The way back from a page of a review."""

from django.urls import reverse
from django.utils.translation import gettext

from consortia.consortium.ways import my_page


def crumbs(call_id: int) -> list[dict[str, str]]:
    """From "my page" to the consortia of the call that somebody reviews."""
    return [my_page(), {"title": gettext("Consortia to review"), "url": reverse("consortia:reviews", args=[call_id])}]

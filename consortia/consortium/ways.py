"""The way back from a page of a consortium."""

from django.urls import reverse
from django.utils.translation import gettext

from consortia.consortium.models import Consortium


def my_page() -> dict[str, str]:
    """Where each of these ways begins."""
    return {"title": gettext("My page"), "url": reverse("accounts:my_page")}


def crumbs(consortium: Consortium) -> list[dict[str, str]]:
    """From "my page" to the consortium."""
    return [my_page(), {"title": consortium.name, "url": consortium.get_absolute_url()}]

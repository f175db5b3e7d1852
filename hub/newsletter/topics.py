"""What people can follow of the newsletter: all of it."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.site.models import SiteSettings
from notifications.subscriptions import topics
from notifications.subscriptions.topics import Topic

TOPIC = "newsletter"


def newsletter(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """The newsletter as a whole."""
    if "" not in identifiers:
        return {}
    name = (SiteSettings.objects.first() or SiteSettings()).name
    return {"": Topic(gettext("Newsletter of %(site)s") % {"site": name}, f"/{language}/")}


def register() -> None:
    """Make it followable."""
    topics.register(TOPIC, newsletter, called=_("Newsletter"))

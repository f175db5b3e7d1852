"""What people can follow of the directory: an organisation."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from notifications.subscriptions import topics
from notifications.subscriptions.topics import Topic
from partners.organisations.models import Organisation


def organisations(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """Those of the directory, by their numbers: what is hidden is followed by nobody."""
    keys = [each for each in identifiers if each.isascii() and each.isdecimal() and len(each) < 10]
    found = Organisation.objects.public().filter(pk__in=keys).only("pk", "name", "slug")
    named = {str(each.pk): each for each in found}
    return {key: Topic(named[key].name, named[key].get_absolute_url()) for key in keys if key in named}


def register() -> None:
    """Make them followable."""
    topics.register("organisation", organisations, called=_("Organisations"), each=Organisation)

"""What the directory offers to somebody who just took a step."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from accounts.profile.next_steps import Deed, Done, Step
from partners.organisations.models import Organisation


def directory(done: Done) -> Iterator[Step]:
    """The other organisations, unless somebody only signed up for an event."""
    if done.deed != Deed.SEAT and Organisation.objects.public().exists():
        yield Step(gettext("Find partners in the directory"), reverse("partners:directory"))

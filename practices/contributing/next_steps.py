"""What the library offers to somebody who just sent a practice in."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from accounts.profile.next_steps import Deed, Done, Step
from practices.practice.models.practice import Practice


def library(done: Done) -> Iterator[Step]:
    """All that they sent in, and the practices of others."""
    if done.deed == Deed.PRACTICE:
        yield Step(gettext("See all that you sent in, and where it stands"), reverse("practices:submissions"))
        if Practice.objects.public().exists():
            yield Step(gettext("Look what others do, in the library"), reverse("practices:library"))

"""Who waits for an answer, for the top of "my page"."""

from collections.abc import Iterator

from django.utils.translation import gettext

from accounts.profile.to_do import SHOWN, Task
from accounts.users.models import User
from consortia.introductions.models import Introduction
from partners.organisations.models import Membership


def to_answer(user: User, language: str) -> Iterator[Task]:
    """Those who ask this person's organisations for an introduction, the longest wait first."""
    own = Membership.objects.filter(user=user).values("organisation")
    waiting = Introduction.objects.of_person(user).with_names().answerable().filter(to_organisation__in=own)
    for each in waiting.order_by("asked_at", "pk")[:SHOWN]:
        named = {"name": each.from_organisation.name, "organisation": each.to_organisation.name}
        yield Task(
            gettext("Answer %(name)s, which asks %(organisation)s for an introduction") % named,
            each.get_absolute_url(),
            about=str(each.call),
        )

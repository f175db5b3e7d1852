"""What a call offers to somebody who just took a step: its dates, by mail and in a calendar."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.profile.next_steps import Deed, Done, Step
from accounts.users.models import User
from calls.chain.models import Call
from calls.chain.standing import ends_at
from calls.pages.call_calendars import call_pages
from notifications.subscriptions.models import Subscription


def dates(done: Done) -> Iterator[Step]:
    """As long as a date of it is ahead: being reminded, where they are not yet, and the file for their calendar."""
    now = timezone.now()
    calls = Call.objects.public().filter(pk__in=done.keys("call"), withdrawn_at=None).with_chain()
    ahead = [call for call in calls if any(ends_at(each) > now for each in call.deadlines.all())]
    pages = call_pages(ahead, done.language) if ahead else {}
    for call in ahead:
        title = str(pages[call.pk].title)
        if done.deed != Deed.FOLLOW and not _is_followed(call, done.user):
            address = f"{reverse('notifications:follow')}?topic=call:{call.pk}"
            yield Step(gettext("Be reminded by mail before each date of the call"), address, title)
        address = reverse("calls:call_calendar", args=[call.pk])
        yield Step(gettext("Put the dates of the call into your calendar (.ics)"), address, title)


def _is_followed(call: Call, user: User | None) -> bool:
    if user is None:
        return False
    return Subscription.objects.active().of_person(user).filter(topic__in=["calls", f"call:{call.pk}"]).exists()

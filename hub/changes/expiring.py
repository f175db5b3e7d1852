"""Pages with a date of expiry: when it comes, what people rely on stays, and its history says so."""

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from hub.changes import consequences
from hub.changes.consequences import Act

# What Wagtail's history calls it; registered in `hub.wagtail_hooks`.
KEPT_ACTION = "hub.keep_page"


def keep_what_people_rely_on() -> int:
    """Take away the date of expiry of pages that may not go now; returns how many."""
    kept = 0
    for page in Page.objects.live().filter(expire_at__lt=timezone.now()).specific():
        said = consequences.refusal([page], Act.UNPUBLISH, with_what_is_below=False)
        if said:
            Page.objects.filter(pk=page.pk).update(expire_at=None)
            log(page, KEPT_ACTION, data={"why": said})
            kept += 1
    return kept

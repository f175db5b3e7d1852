from typing import Any

from wagtail.management.commands import publish_scheduled

from hub.changes.expiring import keep_what_people_rely_on


class Command(publish_scheduled.Command):
    """Wagtail's own, which lets pages appear and expire; what people came to rely on meanwhile does not expire."""

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            keep_what_people_rely_on()
        super().handle(*args, **options)

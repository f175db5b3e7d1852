from typing import Any

from django.core.management.base import BaseCommand

from nccsi.maintenance.stored_pictures import clean_stored_pictures


class Command(BaseCommand):
    help = "Takes place, author and device out of the pictures that are stored already. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        done = clean_stored_pictures()
        self.stdout.write(
            f"{done.seen} pictures looked at, {done.cleaned} cleaned, {done.renditions} renditions to be made anew."
        )
        for name in done.unreadable:
            self.stderr.write(f"{name} could not be read.")

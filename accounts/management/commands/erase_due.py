"""`manage.py erase_due`: what the portal does every hour, by hand; with `--dry-run` it only tells."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from accounts.privacy import dry_run, keeping, runs


class Command(BaseCommand):
    """Erases what is kept for longer than the table says."""

    help = "Erase what is kept for longer than the privacy page says; --dry-run tells what would go."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell what would go; files are counted, too")

    @no_translations  # as other commands
    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self._tell()
            return
        try:
            keeping.erase_what_is_due()
        except keeping.NotErasedError as error:
            raise CommandError(f"Could not erase: {error}") from error
        for name, run in sorted(runs.by_name().items()):
            self.stdout.write(f"{name}: {run.number if run.number is not None else 'done'}")

    def _tell(self) -> None:
        for subject, lines in dry_run.lines(files=True):
            self.stdout.write(f"\n{subject.label}")
            for line in lines:
                numbers = (
                    "" if line.due is None else f"; due now {line.due}, within {dry_run.AHEAD.days} days {line.soon}"
                )
                fails = f"; fails: {line.run.error}" if line.run and line.run.fails else ""
                self.stdout.write(f"  {line.time.what}: {line.time}{numbers}{fails}")

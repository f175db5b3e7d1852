from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nccsi.maintenance import after_restore
from nccsi.maintenance.copies import NoBackup
from nccsi.maintenance.drill import drill, read_all
from nccsi.maintenance.restoring import Restored, restore


class Command(BaseCommand):
    help = "Brings back what backup copied, into an empty database and folder, and proves that all of it is there."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--identity", type=Path, help="the file with the identity of age that opens a sealed copy")
        parser.add_argument("--check", action="store_true", help="only try it, in a database and folder that go again")
        parser.add_argument("--read-all", action="store_true", help="afterwards read each model through the portal")
        parser.add_argument("--keep-mail", action="store_true", help="let mail that was due in the copy leave")
        parser.add_argument("--unproved", action="store_true", help="do not ask for proof that this portal wrote it")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].absolute()
        identity: Path | None = options["identity"] and options["identity"].absolute()
        try:
            if options["check"]:
                self.stdout.write(drill(folder, identity=identity, unproved=options["unproved"]))
                self.stdout.write("The drill's database and folder are gone again.")
                return
            ways = {name: options[name] for name in ("keep_mail", "unproved")}
            self._tell(restore(folder, identity=identity, **ways))
            if options["read_all"]:
                self.stdout.write(f"{read_all()}.")
        except NoBackup as error:
            raise CommandError(str(error)) from error

    def _tell(self, done: Restored) -> None:
        self.stdout.write(
            f"All is back as it was copied: {done.rows} rows in {done.tables} tables, {done.media_files} uploads."
        )
        if done.migrated:
            self.stdout.write(f"The copy was of an older portal: {done.migrated} migrations were applied.")
        self.stdout.write(f"Mails set aside that were due, and may have left since: {done.set_aside}.")
        for what, number in done.steps.items():
            self.stdout.write(f"Afterwards, {what}: {number}.")
            if warning := after_restore.warning(what, number):
                self.stdout.write(self.style.WARNING(warning))

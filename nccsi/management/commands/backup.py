from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from nccsi.maintenance import copies
from nccsi.maintenance.backup import back_up


class Command(BaseCommand):
    help = "Copies database, uploads and settings into a new folder while the portal runs; restore brings them back."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--public-key",
            default=settings.BACKUP_PUBLIC_KEY,
            help="seal the copy for this key of age (age1…); default: BACKUP_PUBLIC_KEY",
        )
        parser.add_argument("--keep", type=int, help="afterwards delete all but so many newest copies beside this one")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].absolute()
        keep: int | None = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("--keep must be 1 or more: the copy that is made now stays.")
        try:
            contents = back_up(folder, public_key=options["public_key"])
        except copies.NoBackup as error:
            raise CommandError(str(error)) from error
        tables = contents["tables"]
        rows = sum(table["rows"] for table in tables.values())
        self.stdout.write(
            f"{folder} holds everything: {rows} rows in {len(tables)} tables, {contents['media_files']} uploads"
            f"{', sealed' if options['public_key'] else ''}."
        )
        if keep is not None:
            for gone in copies.remove_older(folder.parent, keep=keep, site=settings.SITE_URL):
                self.stdout.write(f"Deleted the older {gone}.")
            for left in copies.left_alone(folder.parent, site=settings.SITE_URL):
                self.stdout.write(f"Neither counted nor deleted, as nothing shows that this portal wrote it: {left}.")

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nccsi.maintenance import backup


class Command(BaseCommand):
    help = "Copies database and uploads into a new folder while the portal runs; restore_portal brings them back."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].absolute()
        try:
            manifest = backup.dump(folder)
        except backup.NoBackup as error:
            raise CommandError(str(error)) from error
        tables, files = manifest["tables"], manifest["media_files"]
        rows = sum(table["rows"] for table in tables.values())
        self.stdout.write(f"{folder} holds everything: {rows} rows in {len(tables)} tables, {files} uploads.")

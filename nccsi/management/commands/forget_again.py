from typing import Any

from django.core.management.base import BaseCommand

from accounts.personal_data import forgetting


class Command(BaseCommand):
    help = "Erases those again who were erased after the backup was made that this database comes from."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Erased again: {forgetting.replay()}.")

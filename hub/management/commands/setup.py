from typing import Any

from django.core.management.base import BaseCommand

from hub.installation.setting_up import install


class Command(BaseCommand):
    help = "Prepares the portal: languages, vocabularies, rights of staff, home pages, settings. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        for sentence in install() or ["Everything is set up already."]:
            self.stdout.write(sentence)

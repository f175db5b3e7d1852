from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from hub.pages.models import HomePage
from nccsi.demo.logins import LOGINS, PASSWORD


class Command(BaseCommand):
    help = "Loads the demo: pages, calls, practices, organisations, logins. Needs DEMO=true; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo has logins that everyone knows; it only loads where DEMO=true is set.")
        if not HomePage.objects.exists() or not Site.objects.filter(is_default_site=True).exists():
            raise CommandError("There are no home pages yet; run `manage.py setup` first.")
        from nccsi.demo.contents import loading  # after the refusals: it reads the models of every app

        for sentence in loading.load() or ["The demo is there already."]:
            self.stdout.write(sentence)
        self.stdout.write(f"Sign in as {', '.join(LOGINS)} with the password {PASSWORD}.")

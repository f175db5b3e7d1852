from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class NccsiConfig(AppConfig):
    """The wiring: addresses, settings and the demo."""

    name = "nccsi"
    not_shown = ("*",)

    def ready(self) -> None:
        from accounts.personal_data import forgetting, forgotten_list
        from accounts.privacy import keeping
        from hub.content_memory import kept_pages
        from nccsi.admin import deleting, spreadsheets, upload_forms
        from nccsi.caching.content_watch import watch
        from nccsi.demo.checks import no_demo_logins
        from nccsi.health import error_reports
        from nccsi.maintenance import after_restore
        from nccsi.maintenance.keeping_times import BACKUPS, LOGS, QUEUE

        register(no_demo_logins, Tags.database)
        deleting.install()
        spreadsheets.install()
        upload_forms.install()
        kept_pages.register("sitemap")
        after_restore.register(
            "erasures found in the list that is kept apart",
            lambda: sum(1 for _entry in forgotten_list.entries()),
            at_none="If anybody was ever erased, ERASURES_ROOT or ERASURES_STORAGE is not the one of then: set it, and "
            "run forget_again before anybody uses the portal.",
        )
        after_restore.register("people erased again", forgetting.replay)
        keeping.register(QUEUE)
        keeping.register(LOGS)
        keeping.register(BACKUPS)
        if settings.SENTRY_DSN:
            error_reports.start(settings.SENTRY_DSN)
        # Django sends this for every app with models, when all are migrated; the last one is enough.
        post_migrate.connect(watch, sender=apps.get_app_config("accounts"), dispatch_uid="content")

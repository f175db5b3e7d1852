"""Lets the database itself note when what visitors see changes: triggers on every table that holds some of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models

# What the portal keeps but no page shows, or shows as a count that may be a minute old. Everything else is watched,
# so that a new model needs no line here to be right.
NOT_SHOWN = {
    "hub.ContentChange",
    "events.Registration",
    "practices.SavedSearch",
    "practices.ShortlistEntry",
    "practices.AssessmentTask",
    "practices.AssessmentTask_groups",
    "practices.ConfirmationRequest",
    "practices.EligibilityTask",
    "practices.EligibilityTask_groups",
    "practices.Submission",
    "practices.SubmissionEvent",
    "practices.SubmissionFile",
    "practices.PracticeImport",
    # Triggers derive these from practices, which are watched.
    "practices.LibraryEntry",
    "practices.LibraryWord",
    # Learnt from pages and organisations, which are watched.
    "hub.SiteWord",
}
# Whose rows no page shows.
APPS_NOT_SHOWN = {"accounts", "notifications", "nccsi"}
ALSO = (
    "wagtailcore.Page",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.Site",
    "wagtailcore.Locale",
    "wagtailredirects.Redirect",
    "wagtailimages.Image",
    "wagtaildocs.Document",
)
# Editors who type save drafts all the time; nobody sees these columns but them.
_OF_DRAFTS = (
    "{draft_title,latest_revision_id,latest_revision_created_at,has_unpublished_changes,locked,locked_at,locked_by_id}"
)

_WATCH = """
CREATE OR REPLACE TRIGGER content_comes_and_goes AFTER INSERT OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION hub_content_changed();
CREATE OR REPLACE TRIGGER content_changes AFTER UPDATE ON {table}
    FOR EACH ROW WHEN (to_jsonb(OLD) - '{drafts}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{drafts}'::text[])
    EXECUTE FUNCTION hub_content_changed();
"""
_WATCHED = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'content_changes'"
_READY = "SELECT to_regproc('hub_content_changed') IS NOT NULL"


def watched() -> Iterator[type[models.Model]]:
    """The models whose rows visitors see, those between two models included."""
    named = [apps.get_model(label) for label in ALSO]
    shown = [
        config
        for config in apps.get_app_configs()
        if Path(config.path).parent == settings.BASE_DIR and config.label not in APPS_NOT_SHOWN
    ]
    own = [model for config in shown for model in config.get_models(include_auto_created=True)]
    return (model for model in [*own, *named] if model._meta.label not in NOT_SHOWN and model._meta.managed)


def watch(*, using: str, **_signal: Any) -> None:
    """After each migration: put the triggers where they are missing."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_READY)
        if not cursor.fetchone()[0]:
            return
        cursor.execute(_WATCHED)
        done = {row[0] for row in cursor.fetchall()}
        existing = set(connection.introspection.table_names(cursor))
        for table in {model._meta.db_table for model in watched()} & existing - done:
            cursor.execute(_WATCH.format(table=connection.ops.quote_name(table), drafts=_OF_DRAFTS))

"""Lets the database itself note when what visitors see changes: triggers on every table that holds some of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections, models

# In an app's `not_shown`: no page shows any of its rows.
NOTHING = "*"
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
    """The models whose rows visitors see, those between two models included.

    That is every model but those that the configuration of its app names in `not_shown`: what the portal keeps and no
    page shows, or shows as a count that may be a minute old. So a new model needs no line to be right.
    """
    yield from (apps.get_model(label) for label in ALSO)
    for config in apps.get_app_configs():
        if Path(config.path).parent == settings.BASE_DIR:
            yield from _shown(config)


def _shown(config: AppConfig) -> list[type[models.Model]]:
    """The models of an app of ours whose rows visitors see; raises LookupError for a name that is none of its."""
    names = getattr(config, "not_shown", ())
    if NOTHING in names:
        return []
    hidden = {config.get_model(name) for name in names}
    return [
        model for model in config.get_models(include_auto_created=True) if model not in hidden and model._meta.managed
    ]


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

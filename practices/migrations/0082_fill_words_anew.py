from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_BATCH = 500


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Each batch is a transaction of its own, so that nobody who saves a practice waits for the whole library."""
    keys = apps.get_model("practices", "Practice").objects.filter(live=True).order_by("pk").values_list("pk", flat=True)
    ids = list(keys)
    with editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM practices_libraryword")
        for start in range(0, len(ids), _BATCH):
            cursor.execute("SELECT practices_refresh_words(%s)", [ids[start : start + _BATCH]])


class Migration(migrations.Migration):
    """The entries and words that were there before are made anew."""

    atomic = False
    dependencies = [("practices", "0081_words_in_one_way")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]

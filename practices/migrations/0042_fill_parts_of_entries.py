from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_BATCH = 500


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Each batch is a transaction of its own, so that nobody who saves a practice waits for the whole library."""
    keys = list(apps.get_model("practices", "Practice").objects.filter(live=True).order_by("pk").values_list("pk"))
    ids = [pk for (pk,) in keys]
    with editor.connection.cursor() as cursor:
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            cursor.execute("SELECT practices_refresh_entries(%s), practices_refresh_words(%s)", [batch, batch])


class Migration(migrations.Migration):
    """Entries that were there before get the parts of their keys, and the keys among their words."""

    atomic = False
    dependencies = [("practices", "0041_find_keys_among_words")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]

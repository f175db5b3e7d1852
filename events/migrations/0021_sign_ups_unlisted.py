from django.db import migrations

_FORGET = """
DELETE FROM wagtailcore_referenceindex AS reference USING django_content_type AS kind
WHERE kind.id = reference.base_content_type_id AND kind.app_label = 'events' AND kind.model = 'registration'
"""


class Migration(migrations.Migration):
    """Wagtail no longer notes to what sign-ups refer, so nothing would take out what it noted of earlier ones.

    Where that is undone, `manage.py rebuild_references_index` notes it again.
    """

    dependencies = [
        ("events", "0020_series"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunSQL(_FORGET, migrations.RunSQL.noop)]

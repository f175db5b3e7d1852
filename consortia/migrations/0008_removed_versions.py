from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_SQL = Path(__file__).resolve().parent.parent / "sql" / "file_versions_stay.sql"


class Migration(migrations.Migration):
    """The bytes of an older version of a file may be removed once; all that is known of it stays."""

    dependencies = [("consortia", "0007_invitations"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField(
            model_name="fileversion",
            name="removed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="removed at"),
        ),
        migrations.AddField(
            model_name="fileversion",
            name="removed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="removed by",
            ),
        ),
        migrations.AddField(
            model_name="fileversion",
            name="removed_for",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=160, verbose_name="removed for"
            ),
        ),
        migrations.AddConstraint(
            model_name="fileversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("removed_at", None), models.Q(("content", ""), _negated=True))
                | models.Q(("content", ""), ("removed_at__isnull", False)),
                name="file_version_is_there_or_removed",
            ),
        ),
        migrations.RunSQL(
            _SQL.read_text(encoding="utf-8"),
            """
            DROP TRIGGER consortia_fileversion_is_removed_once ON consortia_fileversion;
            DROP TRIGGER consortia_fileversion_stays ON consortia_fileversion;
            DROP FUNCTION consortia_file_version_is_removed;
            """,
        ),
    ]

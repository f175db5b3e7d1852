from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "proposals_of_a_declaration.sql").read_text(encoding="utf-8")


def _field(**facts):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE,
        related_name="proposals",
        to="consortia.declaration",
        verbose_name="declaration",
        **facts,
    )


class Migration(migrations.Migration):
    """A proposal belongs to the declaration under which it was submitted."""

    dependencies = [("consortia", "0013_proposals_stay")]
    operations = [
        migrations.AddField("proposal", "declaration", _field(null=True)),
        migrations.RunSQL(_SQL, migrations.RunSQL.noop),
        migrations.AlterField("proposal", "declaration", _field()),
    ]

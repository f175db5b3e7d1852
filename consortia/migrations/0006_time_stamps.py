from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

_SQL = Path(__file__).resolve().parent.parent / "sql" / "time_stamps_stay.sql"


class Migration(migrations.Migration):
    """Receipts are stamped by an authority outside, where one is set; nobody alters a stamp."""

    dependencies = [("consortia", "0005_records_stay")]

    operations = [
        migrations.CreateModel(
            name="ReceiptTimeStamp",
            fields=[
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="time_stamp",
                        serialize=False,
                        to="consortia.receipt",
                        verbose_name="receipt",
                    ),
                ),
                ("reply", models.BinaryField(verbose_name="answer")),
                ("authority", models.CharField(max_length=200, verbose_name="authority")),
                ("stamped_at", models.DateTimeField(verbose_name="stamped at")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
            ],
            options={
                "verbose_name": "time stamp of a receipt",
                "verbose_name_plural": "time stamps of receipts",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StampingPause",
            fields=[
                (
                    "authority",
                    models.CharField(max_length=500, primary_key=True, serialize=False, verbose_name="authority"),
                ),
                (
                    "until",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="until"
                    ),
                ),
                ("failures", models.PositiveIntegerField(default=0, verbose_name="failures")),
                ("reason", models.TextField(blank=True, default="", verbose_name="reason")),
            ],
            options={
                "verbose_name": "pause of time stamps",
                "verbose_name_plural": "pauses of time stamps",
                "default_permissions": (),
            },
        ),
        migrations.RunSQL(
            _SQL.read_text(encoding="utf-8"),
            """
            DROP TRIGGER consortia_time_stamp_is_kept ON consortia_receipttimestamp;
            DROP TRIGGER consortia_time_stamp_stays ON consortia_receipttimestamp;
            DROP FUNCTION consortia_time_stamps_are_kept;
            """,
        ),
    ]

import uuid

import django.db.models.deletion
import i18nfield.fields
from django.db import migrations, models

# On the way back each page of a series tells of its first date alone.
_ALONE = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE events_eventpage AS page SET series_id = NULL, event_id = (
    SELECT id FROM events_event WHERE series_id = page.series_id ORDER BY starts_at, id LIMIT 1
) WHERE series_id IS NOT NULL
"""


class Migration(migrations.Migration):
    """Events that share their words: a new table, and columns that PostgreSQL adds without writing a table anew."""

    dependencies = [("events", "0019_thanks")]
    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Names it in addresses and open data.",
                        unique=True,
                    ),
                ),
                ("title", i18nfield.fields.I18nCharField(verbose_name="short title")),
            ],
            options={"verbose_name": "series of events", "verbose_name_plural": "series of events"},
        ),
        migrations.AddField(
            model_name="event",
            name="series",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dates",
                to="events.series",
                verbose_name="series",
            ),
        ),
        migrations.AlterField(
            model_name="eventpage",
            name="event",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pages",
                to="events.event",
                verbose_name="event",
            ),
        ),
        migrations.AddField(
            model_name="eventpage",
            name="series",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pages",
                to="events.series",
                verbose_name="series",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, _ALONE),
        migrations.AddConstraint(
            model_name="eventpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event__isnull", False), ("series", None)),
                    models.Q(("event", None), ("series__isnull", False)),
                    _connector="OR",
                ),
                name="event_page_of_an_event_or_a_series",
                violation_error_message="Choose the event that the page is about.",
            ),
        ),
    ]

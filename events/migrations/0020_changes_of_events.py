import django.db.models.deletion
import django.db.models.functions.datetime
import i18nfield.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What changed about events that people knew of."""

    dependencies = [
        ("events", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EventChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("moved", "moved"), ("cancelled", "cancelled"), ("resumed", "takes place after all")],
                        editable=False,
                        max_length=10,
                        verbose_name="what changed",
                    ),
                ),
                ("version", models.PositiveIntegerField(editable=False, verbose_name="version that it made")),
                ("old_starts_at", models.DateTimeField(editable=False, verbose_name="started before")),
                ("old_ends_at", models.DateTimeField(editable=False, verbose_name="ended before")),
                ("old_venue", models.CharField(blank=True, editable=False, max_length=160, verbose_name="old venue")),
                (
                    "old_address",
                    models.CharField(blank=True, editable=False, max_length=240, verbose_name="old address"),
                ),
                ("old_online_url", models.URLField(blank=True, editable=False, verbose_name="old online address")),
                ("new_starts_at", models.DateTimeField(editable=False, verbose_name="starts since")),
                ("new_ends_at", models.DateTimeField(editable=False, verbose_name="ends since")),
                ("new_venue", models.CharField(blank=True, editable=False, max_length=160, verbose_name="new venue")),
                (
                    "new_address",
                    models.CharField(blank=True, editable=False, max_length=240, verbose_name="new address"),
                ),
                ("new_online_url", models.URLField(blank=True, editable=False, verbose_name="new online address")),
                ("reason", i18nfield.fields.I18nTextField(verbose_name="reason")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="made at"
                    ),
                ),
                ("told", models.PositiveIntegerField(default=0, editable=False, verbose_name="people told")),
                (
                    "event",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of an event",
                "verbose_name_plural": "changes of events",
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "version"), name="event_change_once_per_version")
                ],
            },
        ),
    ]

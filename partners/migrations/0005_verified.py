from django.db import migrations, models


class Migration(migrations.Migration):
    """Staff say when and by what they verified an organisation, and what they saw then."""

    dependencies = [("partners", "0004_size_and_target_groups")]
    operations = [
        migrations.AddField(
            "organisation",
            "verified_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="verified at"),
        ),
        migrations.AddField(
            "organisation",
            "verified_how",
            models.CharField(
                blank=True,
                choices=[
                    ("domain", "mail from the domain of its website"),
                    ("phone", "a phone call"),
                    ("document", "a document"),
                ],
                db_default="",
                default="",
                editable=False,
                max_length=10,
                verbose_name="verified by what",
            ),
        ),
        migrations.AddField(
            "organisation",
            "verified_facts",
            models.JSONField(blank=True, editable=False, null=True, verbose_name="facts when it was verified"),
        ),
        migrations.AddConstraint(
            "organisation",
            models.CheckConstraint(
                condition=models.Q(verified_at=None, verified_how="", verified_facts__isnull=True)
                | (models.Q(verified_at__isnull=False, verified_facts__isnull=False) & ~models.Q(verified_how="")),
                name="organisation_verified_by_something",
            ),
        ),
    ]

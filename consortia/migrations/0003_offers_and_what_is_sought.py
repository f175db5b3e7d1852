import django.db.models.deletion
from django.db import migrations, models

# Rows are copied while nobody writes them, so that none is lost with the table that goes.
_COPY = """
LOCK TABLE consortia_interest_tracks IN ACCESS EXCLUSIVE MODE;
INSERT INTO consortia_contribution (interest_id, track_id)
    SELECT interest_id, term_id FROM consortia_interest_tracks ORDER BY id;
"""
_COPY_BACK = """
LOCK TABLE consortia_contribution IN ACCESS EXCLUSIVE MODE;
INSERT INTO consortia_interest_tracks (interest_id, term_id)
    SELECT interest_id, track_id FROM consortia_contribution ORDER BY id;
"""
# Answers that wait for the link in a mail call it by its new name, too.
_RENAME = """
UPDATE consortia_interest SET proposed = proposed - '{old}' || jsonb_build_object('{new}', proposed -> '{old}')
WHERE proposed ? '{old}';
"""
# On the way back, they know nothing of what came with this.
_FORGET = "UPDATE consortia_interest SET proposed = proposed - '{looks_for,seeks,is_shown,how}'::text[];"
# On the way back, the word that is new: an associate joins.
_JOINS = """
UPDATE consortia_interest SET role = 'partner' WHERE role = 'associate';
UPDATE consortia_interest SET proposed = jsonb_set(proposed, '{role}', '"partner"')
WHERE proposed ->> 'role' = 'associate';
"""
# The schema cannot change while the foreign keys of changed rows wait to be checked.
_CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE;"


class Migration(migrations.Migration):
    """An interest says how it contributes to each track, what it offers and seeks, and whether others may see it."""

    dependencies = [("consortia", "0002_organisations_however_typed"), ("hub", "0002_pages_and_vocabularies")]
    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how", models.CharField(blank=True, db_default="", default="", max_length=300, verbose_name="how")),
                (
                    "interest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="consortia.interest",
                        verbose_name="interest",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        limit_choices_to={"vocabulary": "track"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="hub.term",
                        verbose_name="action track",
                    ),
                ),
            ],
            options={
                "verbose_name": "contribution",
                "verbose_name_plural": "contributions",
                "ordering": ["track__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("interest", "track"), name="contribution_once_per_track")
                ],
            },
        ),
        migrations.RunSQL(_COPY + _CHECK_NOW, _COPY_BACK + _CHECK_NOW),
        migrations.RemoveField("interest", "tracks"),
        migrations.AddField(
            "interest",
            "tracks",
            models.ManyToManyField(
                limit_choices_to={"vocabulary": "track"},
                related_name="+",
                through="consortia.Contribution",
                to="hub.term",
                verbose_name="action tracks",
            ),
        ),
        migrations.RenameField("interest", "motivation", "offers"),
        migrations.AlterField(
            "interest", "offers", models.TextField(blank=True, max_length=2000, verbose_name="what it offers")
        ),
        migrations.RunSQL(
            _RENAME.format(old="motivation", new="offers") + _CHECK_NOW,
            _FORGET + _RENAME.format(old="offers", new="motivation") + _JOINS + _CHECK_NOW,
        ),
        migrations.AlterField(
            "interest",
            "role",
            models.CharField(
                choices=[
                    ("lead", "lead a partnership"),
                    ("partner", "join as a partner"),
                    ("associate", "join as an associate, without funding"),
                    ("either", "lead or join as a partner"),
                ],
                default="either",
                max_length=10,
                verbose_name="role",
            ),
        ),
        migrations.AddField(
            "interest",
            "looks_for",
            models.TextField(
                blank=True, db_default="", default="", max_length=2000, verbose_name="what it looks for"
            ),
        ),
        migrations.AddField(
            "interest",
            "seeks",
            models.ManyToManyField(
                blank=True,
                limit_choices_to={"vocabulary__in": ["track", "sector"]},
                related_name="+",
                to="hub.term",
                verbose_name="action tracks and sectors that it seeks",
            ),
        ),
        migrations.AddField(
            "interest",
            "is_shown",
            models.BooleanField(
                db_default=False, default=False, verbose_name="others may see that it is interested"
            ),
        ),
    ]

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

# What counts goes on, else what may still be confirmed, and of several the latest. The others stay as they are, out of
# the way; only that they no longer count is new. What was withdrawn is left withdrawn.
_MERGE = """
WITH ranked AS (
    SELECT id, first_value(id) OVER (
        PARTITION BY call_id, lower(email), hub_plain(organisation_name)
        ORDER BY array_position(ARRAY['confirmed', 'pending', 'withdrawn'], status::text),
            coalesce(confirmed_at, created_at) DESC, id DESC
    ) AS kept FROM consortia_interest
)
UPDATE consortia_interest AS merged
SET merged_into_id = ranked.kept, status = CASE status WHEN 'withdrawn' THEN status ELSE 'merged' END
FROM ranked WHERE ranked.id = merged.id AND ranked.kept <> merged.id;
"""
# What goes on takes over what it lacks: who may see it on their page, and answers that wait for the link in a mail.
_CARRY_OVER = """
UPDATE consortia_interest AS kept
SET organisation_id = coalesce(kept.organisation_id, known.organisation_id),
    user_id = coalesce(kept.user_id, known.user_id),
    proposed = CASE kept.status WHEN 'confirmed' THEN coalesce(kept.proposed, known.proposed) ELSE kept.proposed END
FROM (
    SELECT merged_into_id,
        (array_agg(organisation_id ORDER BY created_at DESC, id DESC) FILTER (WHERE organisation_id IS NOT NULL))[1]
            AS organisation_id,
        (array_agg(user_id ORDER BY created_at DESC, id DESC) FILTER (WHERE user_id IS NOT NULL))[1] AS user_id,
        (array_agg(proposed ORDER BY created_at DESC, id DESC) FILTER (WHERE proposed IS NOT NULL))[1] AS proposed
    FROM consortia_interest WHERE status = 'merged' GROUP BY merged_into_id
) AS known
WHERE known.merged_into_id = kept.id;
"""
# The schema cannot change while the foreign keys of changed rows wait to be checked.
_CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE;"
# Back: each counts as it did. One whose very spelling was sent again meanwhile was replaced by that, as the rule that
# comes back would have it.
_REPLACED = """
    SELECT merged.id FROM consortia_interest AS merged JOIN consortia_interest AS other
        ON other.call_id = merged.call_id AND lower(other.email) = lower(merged.email)
        AND lower(other.organisation_name) = lower(merged.organisation_name) AND other.id <> merged.id
    WHERE merged.merged_into_id IS NOT NULL
"""
_PART = f"""
DELETE FROM consortia_interest_tracks WHERE interest_id IN ({_REPLACED});
DELETE FROM consortia_interest WHERE id IN ({_REPLACED});
UPDATE consortia_interest SET status = CASE WHEN confirmed_at IS NULL THEN 'pending' ELSE 'confirmed' END
WHERE status = 'merged';
"""


class Migration(migrations.Migration):
    """One interest per call, address and organisation, however its name is typed; nobody's words are deleted.

    All in one transaction: from its first statement until it is done nobody writes, so no other two rows become one.
    """

    dependencies = [("consortia", "0001_interests"), ("hub", "0001_search_words")]
    operations = [
        migrations.AddField(
            "interest",
            "merged_into",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="merged",
                to="consortia.interest",
                verbose_name="merged with",
            ),
        ),
        migrations.AlterField(
            "interest",
            "status",
            models.CharField(
                choices=[
                    ("pending", "waiting for confirmation"),
                    ("confirmed", "confirmed"),
                    ("withdrawn", "withdrawn"),
                    ("merged", "merged with another one"),
                ],
                default="pending",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.RunSQL(_MERGE + _CARRY_OVER + _CHECK_NOW, migrations.RunSQL.noop),
        migrations.RemoveConstraint("interest", "interest_once_per_call_address_organisation"),
        migrations.AddConstraint(
            "interest",
            models.UniqueConstraint(
                models.F("call"),
                django.db.models.functions.text.Lower("email"),
                models.Func("organisation_name", function="hub_plain", output_field=models.TextField()),
                condition=models.Q(("merged_into", None)),
                name="interest_once_per_call_address_and_organisation",
            ),
        ),
        migrations.AddConstraint(
            "interest",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "merged"), _negated=True), ("merged_into__isnull", False), _connector="OR"
                ),
                name="interest_merged_into_another",
            ),
        ),
        # Last here, so first on the way back: before the rule returns that each spelling is another organisation.
        migrations.RunSQL(migrations.RunSQL.noop, _PART + _CHECK_NOW),
    ]

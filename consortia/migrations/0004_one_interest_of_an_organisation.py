from django.db import migrations, models

# Several of its people sent the form: what counts goes on, else what may still be confirmed, and of several the latest.
# The others stay for staff to read, and links in their mails lead to it, with what was merged into them before.
_MERGE = """
WITH ranked AS (
    SELECT id, first_value(id) OVER (
        PARTITION BY call_id, organisation_id
        ORDER BY array_position(ARRAY['confirmed', 'pending'], status::text),
            coalesce(confirmed_at, created_at) DESC, id DESC
    ) AS kept FROM consortia_interest
    WHERE organisation_id IS NOT NULL AND status IN ('pending', 'confirmed')
)
UPDATE consortia_interest AS merged
SET merged_into_id = ranked.kept, proposed = NULL,
    status = CASE status WHEN 'withdrawn' THEN status ELSE 'merged' END
FROM ranked WHERE ranked.id <> ranked.kept AND ranked.id IN (merged.id, merged.merged_into_id);
"""
# The schema cannot change while the foreign keys of changed rows wait to be checked.
_CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE;"


class Migration(migrations.Migration):
    """An organisation of the directory has at most one interest in a call that stands, whoever of its people sends it.

    On the way back what was merged stays so: it would count twice otherwise.
    """

    dependencies = [("consortia", "0003_offers_and_what_is_sought")]
    operations = [
        migrations.RunSQL(
            "LOCK TABLE consortia_interest IN SHARE ROW EXCLUSIVE MODE;" + _MERGE + _CHECK_NOW, migrations.RunSQL.noop
        ),
        migrations.AddConstraint(
            "interest",
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=models.Q(("status__in", ["pending", "confirmed"])),
                name="interest_one_of_an_organisation_stands",
            ),
        ),
    ]

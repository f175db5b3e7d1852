from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).resolve().parent.parent / "sql" / "released_outcomes_stay.sql").read_text(encoding="utf-8")
# As 0010 made it.
_BACK = """
CREATE OR REPLACE FUNCTION consortia_outcomes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'settled_by_id') = (to_jsonb(OLD) - 'settled_by_id') OR NOT EXISTS (
        SELECT FROM consortia_release JOIN consortia_consortium USING (call_id)
        WHERE consortia_consortium.id = OLD.consortium_id
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A released recommendation stays as it is.' USING ERRCODE = 'restrict_violation';
END
$$;
"""
# Those that were told before there was the column: of what was declared at the moment of the release.
_MARK = """
UPDATE consortia_outcome SET released_at = consortia_release.at
FROM consortia_release JOIN consortia_consortium USING (call_id)
WHERE consortia_consortium.id = consortia_outcome.consortium_id AND EXISTS (
    SELECT FROM consortia_declaration
    WHERE consortia_declaration.consortium_id = consortia_outcome.consortium_id
        AND declared_at <= consortia_release.at AND (ended_at IS NULL OR ended_at > consortia_release.at)
);
"""


class Migration(migrations.Migration):
    """What was released stays as it is; what is settled after that can still be released."""

    dependencies = [("consortia", "0016_outcomes_of_versions")]
    operations = [
        migrations.RunSQL(_SQL, _BACK),
        migrations.RunSQL(_MARK, migrations.RunSQL.noop),
    ]

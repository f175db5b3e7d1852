from django.db import migrations

_SAY = """
CREATE OR REPLACE FUNCTION hub_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) ->> TG_ARGV[0] IS NULL
        AND to_jsonb(NEW) - TG_ARGV[0] = to_jsonb(OLD) - TG_ARGV[0]
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{sentence}: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
"""


class Migration(migrations.Migration):
    """The function that keeps records of changes serves those of every app, and says so."""

    dependencies = [("hub", "0010_mere_days_last")]

    operations = [
        migrations.RunSQL(
            _SAY.format(sentence="What was changed stays on record"),
            _SAY.format(sentence="What was changed about a call stays on record"),
        )
    ]

from django.db import migrations

# What an erased account leaves behind: the row, without its author. Nothing else of it may change, and no row may go.
_KEEP = """
CREATE FUNCTION hub_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) ->> TG_ARGV[0] IS NULL
        AND to_jsonb(NEW) - TG_ARGV[0] = to_jsonb(OLD) - TG_ARGV[0]
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was changed about a call stays on record: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER hub_deadlinechange_stays BEFORE UPDATE OR DELETE ON hub_deadlinechange
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('moved_by_id');
CREATE TRIGGER hub_callwithdrawal_stays BEFORE UPDATE OR DELETE ON hub_callwithdrawal
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('withdrawn_by_id');
"""

_LET_GO = """
DROP TRIGGER hub_deadlinechange_stays ON hub_deadlinechange;
DROP TRIGGER hub_callwithdrawal_stays ON hub_callwithdrawal;
DROP FUNCTION hub_history_stays();
"""


class Migration(migrations.Migration):
    """Nobody alters or deletes a change of date or a withdrawal, whatever program they use."""

    dependencies = [("hub", "0003_changes_of_dates")]

    operations = [migrations.RunSQL(_KEEP, _LET_GO)]

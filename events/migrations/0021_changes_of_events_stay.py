from django.db import migrations


class Migration(migrations.Migration):
    """Nobody alters or deletes a change of an event, whatever program they use."""

    dependencies = [("events", "0020_changes_of_events"), ("hub", "0070_history_of_anything_stays")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER events_eventchange_stays BEFORE UPDATE OR DELETE ON events_eventchange"
            " FOR EACH ROW EXECUTE FUNCTION hub_history_stays('made_by_id')",
            "DROP TRIGGER events_eventchange_stays ON events_eventchange",
        )
    ]

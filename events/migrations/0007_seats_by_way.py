from django.db import migrations

_FORTH = """
UPDATE events_event SET attendance = 'online', online_capacity = capacity, capacity = NULL
    WHERE online_url <> '' AND venue = '' AND address = '';
UPDATE events_event SET attendance = 'hybrid' WHERE online_url <> '' AND (venue <> '' OR address <> '');
UPDATE events_registration AS registration
    SET wish = CASE event.attendance WHEN 'online' THEN 'online' ELSE 'room' END,
        seat = CASE WHEN status <> 'confirmed' THEN ''
            WHEN event.attendance = 'online' THEN 'online' ELSE 'room' END
    FROM events_event AS event WHERE event.id = registration.event_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
_BACK = """
UPDATE events_event SET capacity = online_capacity WHERE attendance = 'online';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    """Who has a seat has it in the room, or online where the event was online alone."""

    dependencies = [("events", "0006_ways_of_attending")]
    operations = [migrations.RunSQL(_FORTH, _BACK)]

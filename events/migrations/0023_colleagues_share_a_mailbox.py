import django.db.models.expressions
import django.db.models.functions.text
from django.db import migrations, models

FOLDED = models.Func(
    django.db.models.functions.text.Lower(
        models.Func(models.F("name"), template="normalize(%(expressions)s, NFKD)", output_field=models.CharField())
    ),
    models.Value("[\u0300-\u036f\\s\u00a0\u202f.,;'’‘`´·_-]+"),
    models.Value(""),
    models.Value("g"),
    function="regexp_replace",
    output_field=models.CharField(),
)

# One seat per address, as before, but for the seats that colleagues took meanwhile: they are named and stay.
ONCE_PER_ADDRESS = """
    DO $$
    DECLARE
        further text;
    BEGIN
        SELECT string_agg(id::text, ', ') INTO further
        FROM (
            SELECT id, row_number() OVER (
                PARTITION BY event_id, lower(email) ORDER BY status = 'confirmed' DESC, created_at, id
            ) AS place
            FROM events_registration
        ) AS seats
        WHERE place > 1;
        EXECUTE 'CREATE UNIQUE INDEX registration_once_per_event_and_address ON events_registration '
            || '(event_id, (lower(email)))' || coalesce(' WHERE id NOT IN (' || further || ')', '');
    END
    $$
"""


class Migration(migrations.Migration):
    """Name and address together are the person who has a seat.

    Undone, nobody loses a seat: of colleagues who share a mailbox by then the one who came first counts as the address'
    seat, and the others are left out of the rule that there is one seat per address.
    """

    dependencies = [("events", "0022_seats_of_proved_addresses")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="person",
            field=models.GeneratedField(
                db_persist=True, editable=False, expression=FOLDED, output_field=models.CharField(max_length=500)
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="sent_as",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                models.F("event"),
                django.db.models.functions.text.Lower("email"),
                models.F("person"),
                name="registration_once_per_event_and_person",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(model_name="registration", name="registration_once_per_event_and_address")
            ],
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX IF EXISTS registration_once_per_event_and_address", reverse_sql=ONCE_PER_ADDRESS
                )
            ],
        ),
    ]

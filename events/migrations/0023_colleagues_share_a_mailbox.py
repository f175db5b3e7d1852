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


class Migration(migrations.Migration):
    """Name and address together are the person who has a seat."""

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
        migrations.RemoveConstraint(model_name="registration", name="registration_once_per_event_and_address"),
    ]

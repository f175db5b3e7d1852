import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    """A call may ask for letters of endorsement."""

    dependencies = [
        ('consortia', '0005_notes_and_tasks'),
    ]

    operations = [
        migrations.AddField(
            model_name='callrules',
            name='letter_of_each',
            field=models.BooleanField(db_default=False, default=False, verbose_name='a letter of endorsement of each organisation'),
        ),
        migrations.AddField(
            model_name='callrules',
            name='letters',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, validators=[django.core.validators.MaxValueValidator(50)], verbose_name='organisations with a letter of endorsement'),
        ),
    ]

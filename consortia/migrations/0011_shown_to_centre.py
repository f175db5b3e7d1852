from django.db import migrations, models


class Migration(migrations.Migration):
    """A consortium says how much of its draft staff see."""

    dependencies = [
        ('consortia', '0010_reviews_stay'),
    ]

    operations = [
        migrations.AddField(
            model_name='consortium',
            name='shown_to_centre',
            field=models.CharField(choices=[('number', 'that it exists, and how many organisations are in it'), ('names', 'name, organisations, who has signed, and what the call still lacks'), ('all', 'all of it but the notes, to read')], db_default='number', default='number', max_length=10, verbose_name='what the centre sees'),
        ),
    ]

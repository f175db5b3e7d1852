from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("nccsi", "0001_heartbeat")]

    operations = [
        migrations.CreateModel(
            name="TaskCount",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("runs", models.PositiveBigIntegerField(default=0)),
                ("failures", models.PositiveBigIntegerField(default=0)),
                ("seconds", models.FloatField(default=0)),
                ("last_run_at", models.DateTimeField()),
            ],
        ),
    ]

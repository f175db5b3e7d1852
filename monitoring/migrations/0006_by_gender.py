"""Figures about people that are entered by hand can be told apart by gender; those of the ESF+ are from now on."""

from django.db import migrations, models


def tell_apart(apps, schema_editor):
    # All that Annex I of Regulation (EU) 2021/1057 counts but what it counts as organisations.
    indicators = apps.get_model("monitoring", "Indicator").objects.exclude(common="")
    indicators.exclude(common__in=["EECO18", "EECO19"]).update(by_gender=True)


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0005_reports_stay"),
    ]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="by_gender",
            field=models.BooleanField(
                default=False,
                help_text="Of a figure about people that is entered by hand: fewer than five of them are shown to nobody.",
                verbose_name="broken down by gender",
            ),
        ),
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_gender", False), ("is_counted", False), _connector="OR"),
                name="indicator_gender_by_hand",
            ),
        ),
    ]

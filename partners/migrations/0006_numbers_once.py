from django.db import migrations, models

_NUMBERS = ("enterprise_number", "vcode", "pic")


class Migration(migrations.Migration):
    """A number of a register belongs to one profile.

    Where two profiles share one, the migration fails and names the number: staff take it out of one of them first.
    """

    dependencies = [("partners", "0005_verified")]
    operations = [
        migrations.AlterField(
            "organisation",
            "vcode",
            models.CharField(
                blank=True,
                help_text="A V and seven digits.",
                max_length=10,
                verbose_name="vCode (Verenigingsregister)",
            ),
        ),
        migrations.AddConstraint(
            "organisation",
            models.CheckConstraint(
                condition=models.Q(vcode="") | models.Q(vcode__regex=r"^V\d{7}$"),
                name="organisation_vcode_has_seven_digits",
            ),
        ),
        *(
            migrations.AddConstraint(
                "organisation",
                models.UniqueConstraint(
                    fields=[name], condition=~models.Q(**{name: ""}), name=f"organisation_{name}_once"
                ),
            )
            for name in _NUMBERS
        ),
    ]

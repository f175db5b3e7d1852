from django.db import migrations, models


class Migration(migrations.Migration):
    """Who is not an owner is an editor from now on: the same rights under the name that says them."""

    dependencies = [("partners", "0002_earlier_slugs")]
    operations = [
        migrations.AlterField(
            "membership",
            "role",
            models.CharField(
                choices=[("owner", "owner"), ("editor", "editor")],
                default="editor",
                max_length=10,
                verbose_name="role",
            ),
        ),
        migrations.RunSQL(
            "UPDATE partners_membership SET role = 'editor' WHERE role = 'member';",
            "UPDATE partners_membership SET role = 'member' WHERE role = 'editor';",
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """Says of a contact's mailbox that mails name it."""

    dependencies = [
        ("hub", "0007_keeping_times_on_pages"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contact",
            name="email",
            field=models.EmailField(
                help_text="Not shown on pages: the contact form writes to it. Mails name it for questions, and answers go there.",
                max_length=254,
                verbose_name="mailbox",
            ),
        ),
    ]

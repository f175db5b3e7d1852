from django.db import migrations


class Migration(migrations.Migration):
    """An interest that somebody registered under another person's address is not the sender's."""

    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("partners", "0080_vectors_of_plain_words"),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE partners_interest AS row
            SET user_id = NULL
            WHERE user_id IS NOT NULL
              AND NOT EXISTS (
                  SELECT 1 FROM account_emailaddress AS proved
                  WHERE proved.user_id = row.user_id AND proved.verified AND lower(proved.email) = lower(row.email)
              )
            """,
            reverse_sql=migrations.RunSQL.noop,
        )
    ]

from django.db import migrations, models

# Once per transaction: the setting is local to it, and a savepoint that is rolled back takes the setting along.
_NOTE = """
CREATE FUNCTION hub_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('nccsi.content_changed', true) IS DISTINCT FROM 'yes' THEN
        INSERT INTO hub_contentchange DEFAULT VALUES;
        PERFORM set_config('nccsi.content_changed', 'yes', true);
    END IF;
    RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):
    """What the content version is derived from; the triggers that call the function come after each migration."""

    dependencies = [("hub", "0007_newsletter")]

    operations = [
        migrations.CreateModel(
            name="ContentChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
            ],
            options={"verbose_name": "change of content"},
        ),
        migrations.RunSQL(_NOTE, "DROP FUNCTION hub_content_changed() CASCADE;"),
    ]

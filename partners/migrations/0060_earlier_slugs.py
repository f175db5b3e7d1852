import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

_KEEP = """
CREATE FUNCTION partners_keep_earlier_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO partners_earlierorganisationslug (slug, organisation_id) VALUES (OLD.slug, OLD.id)
        ON CONFLICT (slug, organisation_id) DO UPDATE SET left_at = excluded.left_at;
    RETURN NULL;
END
$$;
CREATE TRIGGER earlier_slug_is_kept AFTER UPDATE OF slug ON partners_organisation FOR EACH ROW
    WHEN (OLD.slug <> NEW.slug AND OLD.status <> 'proposed') EXECUTE FUNCTION partners_keep_earlier_slug();
"""
_KEEP_NO_MORE = "DROP FUNCTION partners_keep_earlier_slug() CASCADE;"


class Migration(migrations.Migration):
    """The addresses that something public had before it was renamed, kept by the database itself."""

    dependencies = [("partners", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="EarlierOrganisationSlug",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("slug", models.SlugField(max_length=80)),
                ("left_at", models.DateTimeField(db_default=Now())),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier_slugs",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier slug",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "organisation"), name="organisation_earlier_slug_once"),
                ],
            },
        ),
        migrations.RunSQL(_KEEP, _KEEP_NO_MORE),
    ]

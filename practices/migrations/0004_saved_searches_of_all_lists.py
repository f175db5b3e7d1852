from django.db import migrations

# Nobody follows another search meanwhile: what is written between copying and dropping would be lost.
_OVER = """
LOCK TABLE practices_savedsearch IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO hub_savedsearch (id, prefix, query, asked_at, told_until)
SELECT id, 'search', query, asked_at, told_until FROM practices_savedsearch
ON CONFLICT DO NOTHING;
"""
_BACK = """
INSERT INTO practices_savedsearch (id, query, asked_at, told_until)
SELECT id, query, asked_at, told_until FROM hub_savedsearch WHERE prefix = 'search';
DELETE FROM hub_savedsearch WHERE prefix = 'search';
"""


class Migration(migrations.Migration):
    """The searches of the library stand where those of all lists do; their keys stay, so who follows one still does."""

    dependencies = [("hub", "0005_saved_searches"), ("practices", "0003_library_entries")]
    operations = [migrations.RunSQL(_OVER, _BACK), migrations.DeleteModel(name="SavedSearch")]

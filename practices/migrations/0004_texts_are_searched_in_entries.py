from django.db import migrations


class Migration(migrations.Migration):
    """The library looks for words in its entries now; an index that nobody asks would only slow down writing."""

    dependencies = [("practices", "0003_keep_library_entries")]

    operations = [migrations.RemoveIndex(model_name="practicetext", name="practice_text_search")]

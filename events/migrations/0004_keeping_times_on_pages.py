import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    """Pages may show what is kept, and how long."""

    dependencies = [
        ('events', '0003_scans_stay'),
    ]

    operations = [
        migrations.AlterField(
            model_name='eventpage',
            name='body',
            field=wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('figure', 5), ('quote', 8), ('facts', 13), ('documents', 17), ('action', 21), ('keeping_times', 22)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'description': 'A heading between parts', 'icon': 'title', 'label': 'heading', 'template': 'hub/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'description': 'Paragraphs, lists and links', 'features': ['bold', 'italic', 'link', 'document-link', 'ol', 'ul', 'h3', 'h4'], 'icon': 'pilcrow', 'label': 'text', 'template': 'hub/blocks/paragraph.html'}), 2: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'picture'}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'Leave empty only for a decorative picture.', 'label': 'text alternative', 'required': False}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'caption', 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('image', 2), ('alternative', 3), ('caption', 4)]], {}), 6: ('wagtail.blocks.TextBlock', (), {'label': 'quotation'}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'who said it', 'required': False}), 8: ('wagtail.blocks.StructBlock', [[('text', 6), ('source', 7)]], {}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'fact'}), 10: ('wagtail.blocks.CharBlock', (), {'label': 'value'}), 11: ('wagtail.blocks.StructBlock', [[('term', 9), ('value', 10)]], {}), 12: ('wagtail.blocks.ListBlock', (11,), {'label': 'facts'}), 13: ('wagtail.blocks.StructBlock', [[('facts', 12)]], {}), 14: ('wagtail.blocks.CharBlock', (), {'label': 'heading', 'required': False}), 15: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 16: ('wagtail.blocks.ListBlock', (15,), {'label': 'documents'}), 17: ('wagtail.blocks.StructBlock', [[('heading', 14), ('documents', 16)]], {}), 18: ('wagtail.blocks.CharBlock', (), {'label': 'text on the button'}), 19: ('wagtail.blocks.PageChooserBlock', (), {'label': 'page', 'required': False}), 20: ('wagtail.blocks.URLBlock', (), {'label': 'or an address', 'required': False}), 21: ('wagtail.blocks.StructBlock', [[('label', 18), ('page', 19), ('address', 20)]], {}), 22: ('hub.pages.blocks.KeepingTimesBlock', (), {})}, verbose_name='body'),
        ),
    ]

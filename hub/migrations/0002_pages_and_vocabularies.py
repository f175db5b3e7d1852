import uuid

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import i18nfield.fields
import modelcluster.fields
import wagtail.fields
import wagtail.models.preview
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("hub", "0001_search_words"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    i18nfield.fields.I18nCharField(help_text="For example: Call secretariat", verbose_name="role"),
                ),
                (
                    "email",
                    models.EmailField(
                        help_text="Not shown; the contact form writes to it.", max_length=254, verbose_name="mailbox"
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ContentChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "change of content",
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "period",
                    models.CharField(
                        choices=[("weekly", "weekly"), ("monthly", "monthly")],
                        default="monthly",
                        max_length=10,
                        verbose_name="period",
                    ),
                ),
                (
                    "languages",
                    models.JSONField(
                        help_text="Who follows the newsletter in another language gets nothing of this issue.",
                        verbose_name="languages",
                    ),
                ),
                ("subject", i18nfield.fields.I18nCharField(max_length=150, verbose_name="subject")),
                ("introduction", i18nfield.fields.I18nTextField(blank=True, default="", verbose_name="introduction")),
                ("since", models.DateTimeField(verbose_name="what is new since")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent at")),
            ],
            options={
                "verbose_name": "newsletter",
                "verbose_name_plural": "newsletters",
                "ordering": ["-created_at", "-pk"],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name="SiteSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(default="NCCSI", max_length=60, verbose_name="name")),
                ("tagline", i18nfield.fields.I18nCharField(blank=True, default="", verbose_name="what it is")),
                (
                    "description",
                    i18nfield.fields.I18nTextField(
                        blank=True, default="", verbose_name="description for search engines"
                    ),
                ),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="mailbox of the centre")),
                ("address", models.TextField(blank=True, verbose_name="postal address")),
                (
                    "funding",
                    models.CharField(
                        choices=[
                            ("funded", "Funded by the European Union"),
                            ("co-funded", "Co-funded by the European Union"),
                        ],
                        default="funded",
                        help_text="Stands beside the EU emblem on every page (Regulation (EU) 2021/1060, Annex IX).",
                        max_length=10,
                        verbose_name="funding statement",
                    ),
                ),
                ("disclaimer", i18nfield.fields.I18nTextField(blank=True, default="", verbose_name="disclaimer")),
            ],
            options={
                "verbose_name": "site settings",
            },
        ),
        migrations.CreateModel(
            name="SourceTold",
            fields=[
                ("source", models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="source")),
                (
                    "told_until",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="told until"
                    ),
                ),
            ],
            options={
                "verbose_name": "source of news",
                "verbose_name_plural": "sources of news",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ContactPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("introduction", models.TextField(blank=True, max_length=600, verbose_name="introduction")),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="hub.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact page",
                "verbose_name_plural": "contact pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("introduction", models.TextField(blank=True, max_length=600, verbose_name="introduction")),
                ("heading", models.CharField(max_length=120, verbose_name="heading")),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="hub.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "home page",
                "verbose_name_plural": "home pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="NewsIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("introduction", models.TextField(blank=True, max_length=600, verbose_name="introduction")),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="hub.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "news overview",
                "verbose_name_plural": "news overviews",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="NewsPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("introduction", models.TextField(blank=True, max_length=600, verbose_name="introduction")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("paragraph", 1),
                            ("figure", 5),
                            ("quote", 8),
                            ("facts", 13),
                            ("documents", 17),
                            ("action", 21),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "description": "A heading between parts",
                                    "icon": "title",
                                    "label": "heading",
                                    "template": "hub/blocks/heading.html",
                                },
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "description": "Paragraphs, lists and links",
                                    "features": ["bold", "italic", "link", "document-link", "ol", "ul", "h3", "h4"],
                                    "icon": "pilcrow",
                                    "label": "text",
                                    "template": "hub/blocks/paragraph.html",
                                },
                            ),
                            2: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "picture"}),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Leave empty only for a decorative picture.",
                                    "label": "text alternative",
                                    "required": False,
                                },
                            ),
                            4: ("wagtail.blocks.CharBlock", (), {"label": "caption", "required": False}),
                            5: ("wagtail.blocks.StructBlock", [[("image", 2), ("alternative", 3), ("caption", 4)]], {}),
                            6: ("wagtail.blocks.TextBlock", (), {"label": "quotation"}),
                            7: ("wagtail.blocks.CharBlock", (), {"label": "who said it", "required": False}),
                            8: ("wagtail.blocks.StructBlock", [[("text", 6), ("source", 7)]], {}),
                            9: ("wagtail.blocks.CharBlock", (), {"label": "fact"}),
                            10: ("wagtail.blocks.CharBlock", (), {"label": "value"}),
                            11: ("wagtail.blocks.StructBlock", [[("term", 9), ("value", 10)]], {}),
                            12: ("wagtail.blocks.ListBlock", (11,), {"label": "facts"}),
                            13: ("wagtail.blocks.StructBlock", [[("facts", 12)]], {}),
                            14: ("wagtail.blocks.CharBlock", (), {"label": "heading", "required": False}),
                            15: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            16: ("wagtail.blocks.ListBlock", (15,), {"label": "documents"}),
                            17: ("wagtail.blocks.StructBlock", [[("heading", 14), ("documents", 16)]], {}),
                            18: ("wagtail.blocks.CharBlock", (), {"label": "text on the button"}),
                            19: ("wagtail.blocks.PageChooserBlock", (), {"label": "page", "required": False}),
                            20: ("wagtail.blocks.URLBlock", (), {"label": "or an address", "required": False}),
                            21: ("wagtail.blocks.StructBlock", [[("label", 18), ("page", 19), ("address", 20)]], {}),
                        },
                        verbose_name="body",
                    ),
                ),
                ("date", models.DateField(default=django.utils.timezone.localdate, verbose_name="date")),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="hub.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "news item",
                "verbose_name_plural": "news items",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="PageEntry",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="entry",
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("fact", models.PositiveBigIntegerField(null=True)),
                ("moment", models.DateTimeField(null=True)),
                ("language", models.CharField(max_length=5)),
                ("title", models.TextField()),
                ("summary", models.TextField()),
                ("facts", models.TextField()),
                ("body", models.TextField()),
                ("learnt", models.BooleanField(default=False)),
                (
                    "plain_title",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func("title", function="hub_plain", output_field=models.TextField()),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "search_vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "language",
                            models.F("title"),
                            django.db.models.functions.text.Concat(
                                models.F("summary"),
                                models.Value(" "),
                                models.F("facts"),
                                output_field=models.TextField(),
                            ),
                            models.F("body"),
                            models.Value(""),
                            function="hub_vector",
                            languages="de en fr nl",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "page entry",
                "default_permissions": (),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="page_entry_search"),
                    models.Index(
                        condition=models.Q(("fact__isnull", False)), fields=["kind", "fact"], name="page_entry_fact"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "prefix",
                    models.CharField(
                        help_text="Under which searches of it are followed.", max_length=20, verbose_name="list"
                    ),
                ),
                ("query", models.CharField(max_length=1000, verbose_name="search")),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="last asked for"
                    ),
                ),
                (
                    "told_until",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        help_text="Followers have heard of what was published up to this moment.",
                        verbose_name="told until",
                    ),
                ),
            ],
            options={
                "verbose_name": "followed search",
                "verbose_name_plural": "followed searches",
                "ordering": ["told_until", "pk"],
                "constraints": [models.UniqueConstraint(fields=("prefix", "query"), name="saved_search_once_per_list")],
            },
        ),
        migrations.CreateModel(
            name="SiteWord",
            fields=[
                ("plain", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("word", models.CharField(max_length=60)),
            ],
            options={
                "verbose_name": "word of the site",
                "default_permissions": (),
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        django.contrib.postgres.indexes.OpClass(models.F("plain"), "gist_trgm_ops"),
                        name="site_word_alike",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(models.F("plain"), "text_pattern_ops"),
                        name="site_word_beginning",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("introduction", models.TextField(blank=True, max_length=600, verbose_name="introduction")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("paragraph", 1),
                            ("figure", 5),
                            ("quote", 8),
                            ("facts", 13),
                            ("documents", 17),
                            ("action", 21),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "description": "A heading between parts",
                                    "icon": "title",
                                    "label": "heading",
                                    "template": "hub/blocks/heading.html",
                                },
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "description": "Paragraphs, lists and links",
                                    "features": ["bold", "italic", "link", "document-link", "ol", "ul", "h3", "h4"],
                                    "icon": "pilcrow",
                                    "label": "text",
                                    "template": "hub/blocks/paragraph.html",
                                },
                            ),
                            2: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "picture"}),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Leave empty only for a decorative picture.",
                                    "label": "text alternative",
                                    "required": False,
                                },
                            ),
                            4: ("wagtail.blocks.CharBlock", (), {"label": "caption", "required": False}),
                            5: ("wagtail.blocks.StructBlock", [[("image", 2), ("alternative", 3), ("caption", 4)]], {}),
                            6: ("wagtail.blocks.TextBlock", (), {"label": "quotation"}),
                            7: ("wagtail.blocks.CharBlock", (), {"label": "who said it", "required": False}),
                            8: ("wagtail.blocks.StructBlock", [[("text", 6), ("source", 7)]], {}),
                            9: ("wagtail.blocks.CharBlock", (), {"label": "fact"}),
                            10: ("wagtail.blocks.CharBlock", (), {"label": "value"}),
                            11: ("wagtail.blocks.StructBlock", [[("term", 9), ("value", 10)]], {}),
                            12: ("wagtail.blocks.ListBlock", (11,), {"label": "facts"}),
                            13: ("wagtail.blocks.StructBlock", [[("facts", 12)]], {}),
                            14: ("wagtail.blocks.CharBlock", (), {"label": "heading", "required": False}),
                            15: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            16: ("wagtail.blocks.ListBlock", (15,), {"label": "documents"}),
                            17: ("wagtail.blocks.StructBlock", [[("heading", 14), ("documents", 16)]], {}),
                            18: ("wagtail.blocks.CharBlock", (), {"label": "text on the button"}),
                            19: ("wagtail.blocks.PageChooserBlock", (), {"label": "page", "required": False}),
                            20: ("wagtail.blocks.URLBlock", (), {"label": "or an address", "required": False}),
                            21: ("wagtail.blocks.StructBlock", [[("label", 18), ("page", 19), ("address", 20)]], {}),
                        },
                        verbose_name="body",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="hub.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "page",
                "verbose_name_plural": "pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="DigestItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("what", models.CharField(max_length=120, verbose_name="what")),
                (
                    "digest",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="hub.digest",
                        verbose_name="newsletter",
                    ),
                ),
            ],
            options={
                "verbose_name": "item",
                "verbose_name_plural": "items",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("digest", "what"), name="digestitem_once_per_digest")],
            },
        ),
        migrations.CreateModel(
            name="MenuItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "place",
                    models.CharField(
                        choices=[("header", "header"), ("footer", "footer")],
                        default="header",
                        max_length=10,
                        verbose_name="place",
                    ),
                ),
                ("label", i18nfield.fields.I18nCharField(verbose_name="label")),
                (
                    "route",
                    models.CharField(
                        blank=True,
                        help_text="For example practices:library, partners:directory.",
                        max_length=60,
                        verbose_name="section",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        help_text="Any language: the reader gets the translation.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="page",
                    ),
                ),
                (
                    "settings",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="menu_items", to="hub.sitesettings"
                    ),
                ),
            ],
            options={
                "verbose_name": "menu entry",
                "verbose_name_plural": "menu entries",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("page__isnull", False), ("route", "")),
                            models.Q(("page__isnull", True), models.Q(("route", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="menuitem_page_or_section",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "vocabulary",
                    models.CharField(
                        choices=[
                            ("kind", "kind of practice"),
                            ("theme", "theme (European Pillar of Social Rights)"),
                            ("target", "target group"),
                            ("stage", "stage"),
                            ("scaling", "scaling route"),
                            ("evidence", "evidence"),
                            ("sector", "sector"),
                            ("track", "action track"),
                            ("sdg", "Sustainable Development Goal"),
                            ("esf", "ESF+ objective"),
                            ("country", "country"),
                            ("region", "region"),
                            ("reach", "reach"),
                            ("cost", "cost per year"),
                            ("criterion", "assessment criterion"),
                        ],
                        max_length=20,
                        verbose_name="vocabulary",
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("label", i18nfield.fields.I18nCharField(verbose_name="label")),
                ("help", i18nfield.fields.I18nTextField(blank=True, default="", verbose_name="explanation")),
                (
                    "synonyms",
                    i18nfield.fields.I18nTextField(
                        blank=True,
                        default="",
                        help_text="What people also call it, one on a line. A search for one of these finds this term.",
                        verbose_name="synonyms",
                    ),
                ),
                (
                    "uri",
                    models.URLField(blank=True, help_text="Where an authority names this term.", verbose_name="URI"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="hub.term",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "ordering": ["vocabulary", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("vocabulary", "code"), name="term_code_once_per_vocabulary")
                ],
            },
        ),
    ]

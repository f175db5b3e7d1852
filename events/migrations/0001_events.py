import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import i18nfield.fields
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("calls", "0001_calls"),
        ("hub", "0002_pages_and_vocabularies"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, help_text="Names it in calendars.", unique=True
                    ),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="revision in calendars"),
                ),
                ("title", i18nfield.fields.I18nCharField(verbose_name="short title")),
                ("starts_at", models.DateTimeField(help_text="Brussels time.", verbose_name="starts at")),
                ("ends_at", models.DateTimeField(help_text="Brussels time.", verbose_name="ends at")),
                ("venue", models.CharField(blank=True, max_length=160, verbose_name="venue")),
                ("address", models.CharField(blank=True, max_length=240, verbose_name="address")),
                (
                    "online_url",
                    models.URLField(
                        blank=True, help_text="Only in the confirmation mail.", verbose_name="online address"
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True, help_text="Empty: no limit.", null=True, verbose_name="seats"
                    ),
                ),
                (
                    "registration_closes_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: when the event starts.",
                        null=True,
                        verbose_name="registration closes at",
                    ),
                ),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="cancelled at")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="created at"
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="calls.call",
                        verbose_name="call it belongs to",
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
                    "tracks",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        limit_choices_to={"vocabulary": "track"},
                        related_name="+",
                        to="hub.term",
                        verbose_name="action tracks",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EventChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("moved", "moved"), ("cancelled", "cancelled"), ("resumed", "takes place after all")],
                        editable=False,
                        max_length=10,
                        verbose_name="what changed",
                    ),
                ),
                ("version", models.PositiveIntegerField(editable=False, verbose_name="version that it made")),
                ("old_starts_at", models.DateTimeField(editable=False, verbose_name="started before")),
                ("old_ends_at", models.DateTimeField(editable=False, verbose_name="ended before")),
                ("old_venue", models.CharField(blank=True, editable=False, max_length=160, verbose_name="old venue")),
                (
                    "old_address",
                    models.CharField(blank=True, editable=False, max_length=240, verbose_name="old address"),
                ),
                ("old_online_url", models.URLField(blank=True, editable=False, verbose_name="old online address")),
                ("new_starts_at", models.DateTimeField(editable=False, verbose_name="starts since")),
                ("new_ends_at", models.DateTimeField(editable=False, verbose_name="ends since")),
                ("new_venue", models.CharField(blank=True, editable=False, max_length=160, verbose_name="new venue")),
                (
                    "new_address",
                    models.CharField(blank=True, editable=False, max_length=240, verbose_name="new address"),
                ),
                ("new_online_url", models.URLField(blank=True, editable=False, verbose_name="new online address")),
                ("reason", i18nfield.fields.I18nTextField(verbose_name="reason")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="made at"
                    ),
                ),
                ("told", models.PositiveIntegerField(default=0, editable=False, verbose_name="people told")),
                (
                    "event",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of an event",
                "verbose_name_plural": "changes of events",
                "ordering": ["-version"],
            },
        ),
        migrations.CreateModel(
            name="EventIndexPage",
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
                "verbose_name": "agenda",
                "verbose_name_plural": "agendas",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="EventPage",
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
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages",
                        to="events.event",
                        verbose_name="event",
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
                "verbose_name": "event page",
                "verbose_name_plural": "event pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "person",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Lower(
                                models.Func(
                                    models.F("name"),
                                    output_field=models.CharField(),
                                    template="normalize(%(expressions)s, NFKD)",
                                )
                            ),
                            models.Value("[̀-ͯ\\s\xa0\u202f.,;'’‘`´·_-]+"),
                            models.Value(""),
                            models.Value("g"),
                            function="regexp_replace",
                            output_field=models.CharField(),
                        ),
                        output_field=models.CharField(max_length=500),
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("organisation_name", models.CharField(blank=True, max_length=160, verbose_name="organisation")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                (
                    "access_needs",
                    models.TextField(
                        blank=True,
                        help_text="For example step-free access or sign language. Deleted 30 days after the event.",
                        max_length=500,
                        verbose_name="what you need to take part",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("confirmed", "confirmed"), ("cancelled", "cancelled")],
                        default="confirmed",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("consent_wording", models.TextField(verbose_name="wording agreed to")),
                ("sent_as", models.CharField(blank=True, editable=False, max_length=64)),
                ("line", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "reserved_until",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="to be confirmed until"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="signed up at"
                    ),
                ),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="cancelled at")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="registrations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="event_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventchange",
            constraint=models.UniqueConstraint(fields=("event", "version"), name="event_change_once_per_version"),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                models.F("event"),
                django.db.models.functions.text.Lower("email"),
                models.F("person"),
                name="registration_once_per_event_and_person",
            ),
        ),
    ]

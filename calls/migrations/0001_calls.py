import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import i18nfield.fields
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("hub", "0002_pages_and_vocabularies"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", i18nfield.fields.I18nCharField(verbose_name="short title")),
                (
                    "programme",
                    models.CharField(
                        blank=True, help_text="For example ESF+.", max_length=100, verbose_name="programme"
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="reference")),
                (
                    "budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="budget in euro",
                    ),
                ),
                (
                    "funding_rate",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="funding rate in per cent",
                    ),
                ),
                ("official_url", models.URLField(blank=True, verbose_name="official address")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawn_reason",
                    i18nfield.fields.I18nTextField(blank=True, default="", verbose_name="reason for the withdrawal"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
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
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("funding_rate__isnull", True), ("funding_rate__lte", 100), _connector="OR"),
                        name="call_funding_rate_is_a_percentage",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "title",
                    i18nfield.fields.I18nCharField(
                        blank=True,
                        default="",
                        help_text="Without it, the file's own title is shown.",
                        verbose_name="title",
                    ),
                ),
                (
                    "version",
                    models.CharField(
                        blank=True, help_text="For example: 2, or draft.", max_length=40, verbose_name="version"
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="The page shows the document from this day on.",
                        verbose_name="published on",
                    ),
                ),
                (
                    "call",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a call",
                "verbose_name_plural": "documents of a call",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CallIndexPage",
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
                "verbose_name": "calls overview",
                "verbose_name_plural": "calls overviews",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="CallPage",
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
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages",
                        to="calls.call",
                        verbose_name="call",
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
                "verbose_name": "call page",
                "verbose_name_plural": "call pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="CallWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", i18nfield.fields.I18nTextField(verbose_name="reason")),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="withdrawn at",
                    ),
                ),
                ("told", models.PositiveIntegerField(default=0, editable=False, verbose_name="people told")),
                (
                    "call",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawal of a call",
                "verbose_name_plural": "withdrawals of calls",
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opens", "call opens"),
                            ("info_meeting", "info meeting"),
                            ("declare", "declare partnership"),
                            ("recommendation", "recommendation"),
                            ("submit", "submit proposal"),
                            ("result", "result"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("label", i18nfield.fields.I18nCharField(verbose_name="what must be done")),
                (
                    "actor",
                    models.CharField(
                        choices=[
                            ("everyone", "everyone"),
                            ("partners", "partners"),
                            ("authority", "managing authority"),
                            ("consortium", "consortium"),
                            ("centre", "centre"),
                            ("applicants", "applicants"),
                        ],
                        default="partners",
                        max_length=20,
                        verbose_name="who acts",
                    ),
                ),
                ("due_at", models.DateTimeField(help_text="Brussels time.", verbose_name="date and time")),
                (
                    "has_time",
                    models.BooleanField(
                        default=True, help_text="Without it, only the day is shown.", verbose_name="the hour matters"
                    ),
                ),
                (
                    "governs",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "nothing on the portal"),
                            ("interest", "registering interest"),
                            ("declaration", "declaring a partnership"),
                            ("proposal", "submitting a proposal"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="closes",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "call",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
            ],
            options={
                "verbose_name": "deadline",
                "verbose_name_plural": "deadlines",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("governs", ""), _negated=True),
                        fields=("call", "governs"),
                        name="deadline_governs_one_thing_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(editable=False, verbose_name="version that it made")),
                ("old_due_at", models.DateTimeField(editable=False, verbose_name="old date")),
                (
                    "old_has_time",
                    models.BooleanField(default=True, editable=False, verbose_name="the hour mattered before"),
                ),
                ("new_due_at", models.DateTimeField(editable=False, verbose_name="new date")),
                (
                    "new_has_time",
                    models.BooleanField(default=True, editable=False, verbose_name="the hour matters since"),
                ),
                ("reason", i18nfield.fields.I18nTextField(verbose_name="reason")),
                (
                    "moved_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="moved at"
                    ),
                ),
                ("told", models.PositiveIntegerField(default=0, editable=False, verbose_name="people told")),
                (
                    "call",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="calls.deadline",
                        verbose_name="deadline",
                    ),
                ),
                (
                    "moved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="moved by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a date",
                "verbose_name_plural": "changes of dates",
                "ordering": ["-moved_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("deadline", "version"), name="deadline_change_once_per_version"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("old_due_at", models.F("new_due_at")),
                            ("old_has_time", models.F("new_has_time")),
                            _negated=True,
                        ),
                        name="deadline_change_changes_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5, verbose_name="language it was asked in")),
                ("asked", models.TextField(blank=True, verbose_name="question as it was asked")),
                (
                    "wording",
                    i18nfield.fields.I18nTextField(
                        help_text="In as many languages as you can; leave out names.",
                        verbose_name="question as the page shows it",
                    ),
                ),
                ("answer", i18nfield.fields.I18nTextField(blank=True, default="", verbose_name="answer")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("shown", "shown, without an answer"),
                            ("answered", "answered"),
                            ("refused", "refused"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "refusal",
                    models.TextField(
                        blank=True,
                        help_text="For the asker alone, in the language of the question.",
                        verbose_name="reason for the refusal",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True)),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="asked at"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered or refused at"),
                ),
                (
                    "corrected_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="When words that people could read already were last replaced.",
                        null=True,
                        verbose_name="answer corrected at",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": [
                    models.OrderBy(models.F("decided_at"), descending=True, nulls_first=True),
                    "asked_at",
                    "pk",
                ],
                "indexes": [models.Index(fields=["call", "status"], name="question_call_status")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("status__in", ["waiting", "shown"])),
                            models.Q(("decided_at__isnull", False), ("status__in", ["answered", "refused"])),
                            _connector="OR",
                        ),
                        name="question_decided_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "answered"), _negated=True),
                            models.Q(("answer__in", ["", "{}"]), _negated=True),
                            _connector="OR",
                        ),
                        name="question_answered_has_an_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(("refusal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="question_refused_has_a_reason",
                    ),
                ],
            },
        ),
    ]

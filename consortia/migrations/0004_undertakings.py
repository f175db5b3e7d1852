import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import i18nfield.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("calls", "0003_extended_after_failures"),
        ("consortia", "0003_log_stays"),
        ("partners", "0004_former_memberships"),
    ]

    operations = [
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("declaration", "declaration of a partnership"),
                            ("proposal", "submission of a proposal"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("payload", models.TextField(verbose_name="what it attests")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("signature", models.CharField(max_length=88, verbose_name="signature")),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "receipt",
                "verbose_name_plural": "receipts",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("key", models.CharField(max_length=16, primary_key=True, serialize=False, verbose_name="key")),
                ("public", models.CharField(max_length=44, verbose_name="public key")),
                (
                    "since",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="in use since"
                    ),
                ),
            ],
            options={
                "verbose_name": "key of receipts",
                "verbose_name_plural": "keys of receipts",
                "ordering": ["-since"],
                "default_permissions": (),
            },
        ),
        migrations.AlterModelOptions(
            name="member",
            options={
                "ordering": ["-is_lead", "pk"],
                "verbose_name": "place in a consortium",
                "verbose_name_plural": "places in consortia",
            },
        ),
        migrations.AddField(
            model_name="callrules",
            name="letter_of_each",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="a letter of endorsement of each organisation"
            ),
        ),
        migrations.AddField(
            model_name="callrules",
            name="letters",
            field=models.PositiveSmallIntegerField(
                db_default=0,
                default=0,
                validators=[django.core.validators.MaxValueValidator(50)],
                verbose_name="organisations with a letter of endorsement",
            ),
        ),
        migrations.AddField(
            model_name="callrules",
            name="several",
            field=models.BooleanField(
                db_default=True, default=True, verbose_name="an organisation may be in several declarations"
            ),
        ),
        migrations.AddField(
            model_name="callrules",
            name="recommended_only",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="only recommended consortia may submit a proposal"
            ),
        ),
        migrations.AddField(
            model_name="consortium",
            name="shown_to_centre",
            field=models.CharField(
                choices=[
                    ("number", "that it exists, and how many organisations are in it"),
                    ("names", "name, organisations, who has signed, and what the call still lacks"),
                    ("all", "all of it but the notes, to read"),
                ],
                db_default="number",
                default="number",
                max_length=10,
                verbose_name="what the centre sees",
            ),
        ),
        migrations.AlterField(
            model_name="consortium",
            name="status",
            field=models.CharField(
                choices=[("draft", "draft"), ("declared", "declared"), ("given_up", "given up")],
                default="draft",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="member",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.CreateModel(
            name="AskedPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                (
                    "kind",
                    models.CharField(choices=[("file", "file"), ("text", "text")], max_length=4, verbose_name="kind"),
                ),
                ("title", i18nfield.fields.I18nCharField(verbose_name="title")),
                ("guidance", i18nfield.fields.I18nTextField(blank=True, default="", verbose_name="guidance")),
                ("is_required", models.BooleanField(db_default=True, default=True, verbose_name="required")),
                ("endings", models.JSONField(blank=True, default=list, verbose_name="kinds of files")),
                (
                    "megabytes",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="largest size in MB",
                    ),
                ),
                (
                    "limit",
                    models.PositiveIntegerField(
                        default=2000,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(50000),
                        ],
                        verbose_name="limit",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("characters", "characters"), ("words", "words")],
                        default="characters",
                        max_length=10,
                        verbose_name="counted in",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked_parts",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a proposal",
                "verbose_name_plural": "parts of a proposal",
                "ordering": ["position", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("limit__gte", 1)), name="asked_part_has_a_limit"),
                    models.CheckConstraint(condition=models.Q(("megabytes__gte", 1)), name="asked_part_has_a_size"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                ("title", i18nfield.fields.I18nCharField(verbose_name="title")),
                ("guidance", i18nfield.fields.I18nTextField(blank=True, default="", verbose_name="guidance")),
                (
                    "scale",
                    models.CharField(
                        choices=[("five", "from 1 to 5"), ("met", "met, partly met, not met")],
                        default="five",
                        max_length=5,
                        verbose_name="scale",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["position", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("declared_at", models.DateTimeField(verbose_name="declared at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[("withdrawn", "withdrawn"), ("void", "void")],
                        default="",
                        max_length=10,
                        verbose_name="why it ended",
                    ),
                ),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declarations",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declaration",
                        to="consortia.receipt",
                        verbose_name="receipt",
                    ),
                ),
            ],
            options={
                "verbose_name": "declaration",
                "verbose_name_plural": "declarations",
                "ordering": ["-pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("consortium",),
                        name="declaration_stands_once_per_consortium",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("why", "")),
                            models.Q(("ended_at__isnull", False), ("why__in", ["withdrawn", "void"])),
                            _connector="OR",
                        ),
                        name="declaration_ends_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("reviewer", "reviewer"), ("chair", "chair")],
                        default="reviewer",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="added at"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviewers",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reviewing",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "reviewer",
                "verbose_name_plural": "reviewers",
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("call", "user"), name="reviewer_once_per_call_and_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="revision")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="changed at"
                    ),
                ),
                ("handed_in_at", models.DateTimeField(blank=True, null=True, verbose_name="handed in at")),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judgements",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judgements",
                        to="consortia.reviewer",
                        verbose_name="reviewer",
                    ),
                ),
            ],
            options={
                "verbose_name": "judgement of a consortium",
                "verbose_name_plural": "judgements of consortia",
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reviewer", "consortium"), name="judged_once_per_reviewer_and_consortium"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="value")),
                ("reason", models.TextField(blank=True, default="", max_length=4000, verbose_name="reason")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="consortia.criterion",
                        verbose_name="criterion",
                    ),
                ),
                (
                    "judgement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="consortia.judgement",
                        verbose_name="judgement",
                    ),
                ),
            ],
            options={
                "verbose_name": "mark",
                "verbose_name_plural": "marks",
                "ordering": ["criterion__position", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("judgement", "criterion"), name="marked_once_per_criterion"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__isnull", True), models.Q(("value__gte", 1), ("value__lte", 5)), _connector="OR"
                        ),
                        name="mark_is_on_a_scale",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField(max_length=5000, verbose_name="text")),
                ("organisation_name", models.CharField(max_length=160, verbose_name="organisation")),
                (
                    "written_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="written at"
                    ),
                ),
                (
                    "changed_by_name",
                    models.CharField(blank=True, default="", max_length=160, verbose_name="changed by"),
                ),
                ("changed_at", models.DateTimeField(null=True, verbose_name="changed at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
            ],
            options={
                "verbose_name": "note in a consortium",
                "verbose_name_plural": "notes in consortia",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("recommended", "recommended"),
                            ("conditions", "recommended with conditions"),
                            ("not", "not recommended"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                ("reasons", models.TextField(max_length=6000, verbose_name="reasons")),
                ("conditions", models.TextField(blank=True, default="", max_length=6000, verbose_name="conditions")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="revision")),
                (
                    "settled_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="settled at"
                    ),
                ),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="released at")),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
            ],
            options={
                "verbose_name": "recommendation",
                "verbose_name_plural": "recommendations",
                "ordering": ["consortium__name", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("consortium", "version"), name="outcome_once_per_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("released_at", None)),
                        fields=("consortium",),
                        name="outcome_unreleased_once_per_consortium",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reasons", ""), _negated=True), name="outcome_has_reasons"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "conditions"), models.Q(("conditions", ""), _negated=True)),
                            models.Q(models.Q(("verdict", "conditions"), _negated=True), ("conditions", "")),
                            _connector="OR",
                        ),
                        name="outcome_has_conditions_where_it_says_so",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("selection", models.TextField(verbose_name="versions")),
                ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="consortia.declaration",
                        verbose_name="declaration",
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="consortia.receipt",
                        verbose_name="receipt",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["-number"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("consortium", "number"), name="proposal_once_per_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="recommendations",
                        serialize=False,
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "release of recommendations",
                "verbose_name_plural": "releases of recommendations",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("has_conflict", models.BooleanField(verbose_name="has a conflict")),
                ("reason", models.TextField(blank=True, default="", max_length=1000, verbose_name="reason")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="consortia.reviewer",
                        verbose_name="reviewer",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement about conflicts",
                "verbose_name_plural": "statements about conflicts",
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("has_conflict", False)),
                        fields=("reviewer", "consortium", "version"),
                        name="no_conflict_stated_once_per_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("has_conflict", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="conflict_stated_with_its_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lifting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("member", "acts for a partner"),
                            ("former", "acted for a partner lately"),
                            ("rival", "belongs to a rival consortium"),
                            ("former_rival", "belonged to a rival consortium lately"),
                            ("draft", "belongs to a draft that can still be declared"),
                            ("former_draft", "belonged lately to a draft that can still be declared"),
                            ("domain", "mailbox at the same domain"),
                            ("left_domain", "had a mailbox at the same domain lately"),
                            ("introduction", "accepted introduction"),
                            ("declared", "declared by the reviewer"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "organisation_name",
                    models.CharField(blank=True, default="", max_length=160, verbose_name="organisation"),
                ),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="consortia.reviewer",
                        verbose_name="reviewer",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="consortia.statement",
                        verbose_name="statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "lifted conflict",
                "verbose_name_plural": "lifted conflicts",
                "ordering": ["-pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="conflict_lifted_with_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerMailbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("domain", models.CharField(max_length=253, verbose_name="domain")),
                (
                    "until",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="until"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_mailboxes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "former mailbox",
                "verbose_name_plural": "former mailboxes",
                "ordering": ["-until", "-pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "domain"), name="former_mailbox_once_per_domain"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a consortium",
                "verbose_name_plural": "files of consortia",
            },
        ),
        migrations.CreateModel(
            name="Filling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fillings",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="fillings",
                        to="consortia.askedpart",
                        verbose_name="part",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="filling",
                        to="consortia.storedfile",
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "filled part of a proposal",
                "verbose_name_plural": "filled parts of proposals",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("consortium", "part"), name="filling_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FileVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("content", models.FileField(max_length=200, upload_to="", verbose_name="content")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "organisation_name",
                    models.CharField(blank=True, default="", max_length=160, verbose_name="organisation"),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="consortia.storedfile",
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a file",
                "verbose_name_plural": "versions of files",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("file", "number"), name="file_version_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[("ordinary", "document"), ("letter", "letter of endorsement")],
                        default="ordinary",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="added at"),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="consortia.member",
                        verbose_name="added by",
                    ),
                ),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
                (
                    "endorses",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="letters",
                        to="consortia.member",
                        verbose_name="letter of",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="document",
                        to="consortia.storedfile",
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a consortium",
                "verbose_name_plural": "documents of consortia",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("what", models.CharField(max_length=200, verbose_name="what")),
                ("due_on", models.DateField(null=True, verbose_name="until")),
                ("done_at", models.DateTimeField(null=True, verbose_name="done at")),
                ("changed_by_name", models.CharField(max_length=160, verbose_name="organisation that changed it")),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="changed at"
                    ),
                ),
                ("reminded_for", models.DateField(null=True, verbose_name="reminded for")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="consortia.member",
                        verbose_name="added by",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tasks",
                        to="consortia.member",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "task in a consortium",
                "verbose_name_plural": "tasks in consortia",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="TextVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("text", models.TextField(blank=True, max_length=600000, verbose_name="text")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("organisation_name", models.CharField(max_length=160, verbose_name="organisation")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "filling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="consortia.filling",
                        verbose_name="part",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a text",
                "verbose_name_plural": "versions of texts",
                "ordering": ["-number"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("filling", "number"), name="text_version_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubmittedPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="submitted",
                        to="consortia.fileversion",
                        verbose_name="file",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="consortia.askedpart",
                        verbose_name="part",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="consortia.proposal",
                        verbose_name="proposal",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="submitted",
                        to="consortia.textversion",
                        verbose_name="text",
                    ),
                ),
            ],
            options={
                "verbose_name": "submitted part",
                "verbose_name_plural": "submitted parts",
                "ordering": ["position"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "part"), name="submitted_part_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", False), ("text", None)),
                            models.Q(("file", None), ("text__isnull", False)),
                            _connector="OR",
                        ),
                        name="submitted_part_is_text_or_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("received", models.PositiveIntegerField(db_default=0, default=0, verbose_name="received")),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="changed at"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="consortia.consortium",
                        verbose_name="consortium",
                    ),
                ),
            ],
            options={
                "verbose_name": "unfinished upload",
                "verbose_name_plural": "unfinished uploads",
            },
        ),
        migrations.AddField(
            model_name="receipt",
            name="key",
            field=models.ForeignKey(
                db_column="key",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="receipts",
                to="consortia.signingkey",
                verbose_name="key",
            ),
        ),
    ]

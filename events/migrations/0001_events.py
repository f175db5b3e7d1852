import uuid

import django.core.validators
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
        ("accounts", "__first__"),
        ("calls", "0001_calls"),
        ("hub", "0002_pages_and_vocabularies"),
        ("partners", "0001_organisations"),
        ("practices", "0001_practices"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Names it in addresses and open data.",
                        unique=True,
                    ),
                ),
                ("title", i18nfield.fields.I18nCharField(verbose_name="short title")),
            ],
            options={
                "verbose_name": "series of events",
                "verbose_name_plural": "series of events",
            },
        ),
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
                (
                    "has_time",
                    models.BooleanField(
                        default=True, help_text="Without it, only the day is shown.", verbose_name="the hour matters"
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=160, verbose_name="venue")),
                ("address", models.CharField(blank=True, max_length=240, verbose_name="address")),
                (
                    "online_url",
                    models.URLField(
                        blank=True, help_text="Only in the confirmation mail.", verbose_name="online address"
                    ),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[("room", "In a room"), ("online", "Online"), ("hybrid", "In a room or online")],
                        default="room",
                        max_length=10,
                        verbose_name="how one takes part",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True, help_text="Empty: no limit.", null=True, verbose_name="seats in the room"
                    ),
                ),
                (
                    "online_capacity",
                    models.PositiveIntegerField(
                        blank=True, help_text="Empty: no limit.", null=True, verbose_name="seats online"
                    ),
                ),
                (
                    "offer_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: a free seat goes to the first on the waiting list at once. With a number, the first is asked, and after so many hours without an answer the next.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(336),
                        ],
                        verbose_name="hours to accept a free seat",
                    ),
                ),
                ("list_ended_at", models.DateTimeField(editable=False, null=True)),
                (
                    "registration_closes_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: when the event starts.",
                        null=True,
                        verbose_name="registration closes at",
                    ),
                ),
                (
                    "thanks",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="Thanks with the feedback form to who came; the materials to who had a seat and did not come.",
                        verbose_name="write to people afterwards",
                    ),
                ),
                (
                    "thanks_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: at nine in the morning after the event. Brussels time.",
                        null=True,
                        verbose_name="write to them at",
                    ),
                ),
                (
                    "thanked_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="people were written to at"
                    ),
                ),
                (
                    "shows_feedback",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Only numbers, and only from five answers on; what people wrote is never shown.",
                        verbose_name="show the marks on the event's page",
                    ),
                ),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="cancelled at")),
                (
                    "registration_opens_at",
                    models.DateTimeField(
                        blank=True, help_text="Empty: at once.", null=True, verbose_name="registration opens at"
                    ),
                ),
                (
                    "accessibility",
                    i18nfield.fields.I18nTextField(
                        blank=True,
                        default="",
                        help_text="For example entrance, lift, toilets, hearing loop.",
                        verbose_name="accessibility of the place",
                    ),
                ),
                (
                    "directions",
                    i18nfield.fields.I18nTextField(
                        blank=True,
                        default="",
                        help_text="Also in the reminders before the event.",
                        verbose_name="how to get there",
                    ),
                ),
                (
                    "to_bring",
                    i18nfield.fields.I18nTextField(
                        blank=True,
                        default="",
                        help_text="Also in the reminders before the event.",
                        verbose_name="what to bring",
                    ),
                ),
                (
                    "reminder_hours",
                    models.JSONField(
                        blank=True,
                        help_text="To everybody with a seat; none chosen: no reminders.",
                        verbose_name="reminders",
                    ),
                ),
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
                    "organisers",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="People of the group Organisers: they see this event and who signed up for it, and no other.",
                        limit_choices_to={"groups__name": "Organisers"},
                        related_name="organised_events",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="organisers",
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
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dates",
                        to="events.series",
                        verbose_name="series",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["starts_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="event_ends_after_it_starts"
                    ),
                ],
            },
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
                        choices=[
                            ("confirmed", "confirmed"),
                            ("waiting", "on the waiting list"),
                            ("cancelled", "cancelled"),
                        ],
                        default="confirmed",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "wish",
                    models.CharField(
                        choices=[
                            ("room", "In the room"),
                            ("online", "Online"),
                            ("either", "Online, and in the room as soon as there is a seat"),
                        ],
                        default="room",
                        max_length=10,
                        verbose_name="wants to attend",
                    ),
                ),
                (
                    "seat",
                    models.CharField(
                        blank=True,
                        choices=[("room", "in the room"), ("online", "online")],
                        editable=False,
                        max_length=10,
                        verbose_name="seat",
                    ),
                ),
                ("party", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "is_together",
                    models.BooleanField(default=False, editable=False, verbose_name="all together or not at all"),
                ),
                (
                    "offered",
                    models.CharField(
                        blank=True,
                        choices=[("room", "in the room"), ("online", "online")],
                        editable=False,
                        max_length=10,
                        verbose_name="seat offered",
                    ),
                ),
                (
                    "offered_until",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="offered until"),
                ),
                ("passes", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="offers let pass")),
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
                    "waiting_since",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="on the waiting list since"
                    ),
                ),
                (
                    "moved_up_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="got a seat from the waiting list at"
                    ),
                ),
                ("came_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="came at")),
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
                "indexes": [
                    models.Index(
                        models.F("event"),
                        models.F("waiting_since"),
                        models.F("id"),
                        condition=models.Q(("status__in", ["waiting", "confirmed"]), ("waiting_since__isnull", False)),
                        name="registration_waiting_list",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("event"),
                        django.db.models.functions.text.Lower("email"),
                        models.F("person"),
                        name="registration_once_per_event_and_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "waiting"), _negated=True),
                            ("waiting_since__isnull", False),
                            _connector="OR",
                        ),
                        name="registration_waits_since_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("status", "confirmed")), models.Q(("seat", ""), _negated=True)),
                            models.Q(models.Q(("status", "confirmed"), _negated=True), models.Q(("seat", ""))),
                            _connector="OR",
                        ),
                        name="registration_confirmed_has_a_seat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offered", ""), ("offered_until", None)),
                            models.Q(
                                models.Q(("offered", ""), _negated=True), models.Q(("offered_until__isnull", False))
                            ),
                            _connector="OR",
                        ),
                        name="registration_offer_has_an_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DoorPass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "label",
                    models.CharField(help_text="For example: main entrance.", max_length=60, verbose_name="door"),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="made at"
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="taken back at"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="door_passes",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "link for helpers",
                "verbose_name_plural": "links for helpers",
                "ordering": ["day", "made_at", "pk"],
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
            name="FeedbackGiven",
            fields=[
                (
                    "registration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="feedback_given",
                        serialize=False,
                        to="events.registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "feedback given",
                "verbose_name_plural": "feedback given",
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(editable=False, max_length=16, unique=True, verbose_name="number")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "issued_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="issued at"
                    ),
                ),
                (
                    "registration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificate",
                        to="events.registration",
                        verbose_name="registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate of attendance",
                "verbose_name_plural": "certificates of attendance",
            },
        ),
        migrations.CreateModel(
            name="FeedbackQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("label", i18nfield.fields.I18nCharField(verbose_name="question")),
                (
                    "kind",
                    models.CharField(
                        choices=[("rating", "a mark from 1 to 5"), ("text", "a text")],
                        default="rating",
                        max_length=10,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "event",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback_questions",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "question about an event",
                "verbose_name_plural": "questions about an event",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FeedbackAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "standard",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("overall", "How was it, all in all?"),
                            ("worked", "What worked well?"),
                            ("change", "What would you change?"),
                        ],
                        max_length=10,
                    ),
                ),
                ("mark", models.PositiveSmallIntegerField(null=True)),
                ("text", models.TextField(blank=True, max_length=2000)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feedback", to="events.event"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="events.feedbackquestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer about an event",
                "verbose_name_plural": "answers about an event",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("question", None), models.Q(("standard", ""), _negated=True)),
                            models.Q(("question__isnull", False), ("standard", "")),
                            _connector="OR",
                        ),
                        name="feedback_answers_one_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mark__gte", 1), ("mark__isnull", False), ("mark__lte", 5), ("text", "")),
                            models.Q(("mark", None), models.Q(("text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="feedback_is_a_mark_or_a_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkedOrganisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_organisations",
                        to="events.event",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation of an event",
                "verbose_name_plural": "organisations of events",
                "constraints": [
                    models.UniqueConstraint(fields=("event", "organisation"), name="event_organisation_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkedPractice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="linked_practices", to="events.event"
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "practice of an event",
                "verbose_name_plural": "practices of events",
                "constraints": [
                    models.UniqueConstraint(fields=("event", "practice"), name="event_practice_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("label", i18nfield.fields.I18nCharField(verbose_name="question")),
                (
                    "why",
                    i18nfield.fields.I18nCharField(
                        blank=True, help_text="Stands below the question.", verbose_name="why you ask"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "text"),
                            ("choice", "one of several"),
                            ("choices", "any of several"),
                            ("yes_no", "yes or no"),
                        ],
                        default="text",
                        max_length=10,
                        verbose_name="kind of answer",
                    ),
                ),
                (
                    "options",
                    i18nfield.fields.I18nTextField(
                        blank=True,
                        help_text="One per line, in the same order in each language.",
                        verbose_name="choices",
                    ),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                (
                    "is_sensitive",
                    models.BooleanField(
                        default=False,
                        help_text="About health, belief or the like: the answers are kept apart and deleted after the event.",
                        verbose_name="sensitive",
                    ),
                ),
                (
                    "event",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "question of an event",
                "verbose_name_plural": "questions of events",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.JSONField(verbose_name="answer")),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="events.registration"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="events.question"
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a question of an event",
                "verbose_name_plural": "answers to questions of events",
                "constraints": [
                    models.UniqueConstraint(fields=("registration", "question"), name="event_answer_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SensitiveAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.JSONField(verbose_name="answer")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="events.question"
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="events.registration"
                    ),
                ),
            ],
            options={
                "verbose_name": "sensitive answer to a question of an event",
                "verbose_name_plural": "sensitive answers to questions of events",
                "constraints": [
                    models.UniqueConstraint(fields=("registration", "question"), name="event_sensitive_answer_once"),
                ],
            },
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
                        blank=True,
                        null=True,
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
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages",
                        to="events.series",
                        verbose_name="series",
                    ),
                ),
            ],
            options={
                "verbose_name": "event page",
                "verbose_name_plural": "event pages",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("event__isnull", False), ("series", None)),
                            models.Q(("event", None), ("series__isnull", False)),
                            _connector="OR",
                        ),
                        name="event_page_of_an_event_or_a_series",
                        violation_error_message="Choose the event that the page is about.",
                    ),
                ],
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "role",
                    i18nfield.fields.I18nCharField(
                        blank=True,
                        default="",
                        help_text="For example researcher, mayor, moderator.",
                        verbose_name="role",
                    ),
                ),
                ("organisation_name", models.CharField(blank=True, max_length=160, verbose_name="organisation")),
                (
                    "photo_licence",
                    models.CharField(
                        blank=True,
                        help_text="Who made it and how it may be used, for example “A. Photographer, CC BY 4.0”. Stands below it.",
                        max_length=160,
                        verbose_name="licence of the photo",
                    ),
                ),
                (
                    "event",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="speakers", to="events.event"
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="photo",
                    ),
                ),
            ],
            options={
                "verbose_name": "speaker",
                "verbose_name_plural": "speakers",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProgrammeItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", i18nfield.fields.I18nCharField(verbose_name="title")),
                ("starts_at", models.DateTimeField(help_text="Brussels time.", verbose_name="starts at")),
                ("ends_at", models.DateTimeField(help_text="Brussels time.", verbose_name="ends at")),
                (
                    "room",
                    models.CharField(
                        blank=True, help_text="Tells parallel items apart.", max_length=80, verbose_name="room or track"
                    ),
                ),
                (
                    "event",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="programme", to="events.event"
                    ),
                ),
                (
                    "speakers",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="items", to="events.speaker", verbose_name="speakers"
                    ),
                ),
            ],
            options={
                "verbose_name": "item of the programme",
                "verbose_name_plural": "items of the programme",
                "ordering": ["starts_at", "room", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="programme_item_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WalkIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(editable=False, unique=True)),
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
                ("organisation_name", models.CharField(blank=True, max_length=160, verbose_name="organisation")),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="Only if the person wants to hear from us about this event. Name and address are deleted 30 days after the event.",
                        max_length=254,
                        verbose_name="e-mail address",
                    ),
                ),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="noted at"
                    ),
                ),
                ("came_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="came at")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="walk_ins",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "person without registration",
                "verbose_name_plural": "people without registration",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(editable=False, unique=True)),
                ("day", models.DateField(verbose_name="day")),
                (
                    "kind",
                    models.CharField(
                        choices=[("in", "came in"), ("undo", "taken back")], max_length=4, verbose_name="what"
                    ),
                ),
                ("device", models.CharField(max_length=60, verbose_name="door")),
                ("scanned_at", models.DateTimeField(verbose_name="scanned at")),
                ("happened_at", models.DateTimeField(verbose_name="happened at")),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="received at"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "door_pass",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="events.doorpass",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scans",
                        to="events.registration",
                    ),
                ),
                (
                    "walk_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scans",
                        to="events.walkin",
                    ),
                ),
            ],
            options={
                "verbose_name": "scan",
                "verbose_name_plural": "scans",
                "ordering": ["happened_at", "pk"],
                "indexes": [
                    models.Index(models.F("registration"), models.F("day"), name="scan_registration_day"),
                    models.Index(models.F("walk_in"), models.F("day"), name="scan_walk_in_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("registration__isnull", False), ("walk_in__isnull", True)),
                            models.Q(("registration__isnull", True), ("walk_in__isnull", False)),
                            _connector="OR",
                        ),
                        name="scan_is_of_one_person",
                    ),
                ],
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
                (
                    "old_has_time",
                    models.BooleanField(default=True, editable=False, verbose_name="the hour mattered before"),
                ),
                (
                    "old_attendance",
                    models.CharField(
                        default="room", editable=False, max_length=10, verbose_name="how one took part before"
                    ),
                ),
                ("old_venue", models.CharField(blank=True, editable=False, max_length=160, verbose_name="old venue")),
                (
                    "old_address",
                    models.CharField(blank=True, editable=False, max_length=240, verbose_name="old address"),
                ),
                ("old_online_url", models.URLField(blank=True, editable=False, verbose_name="old online address")),
                ("new_starts_at", models.DateTimeField(editable=False, verbose_name="starts since")),
                ("new_ends_at", models.DateTimeField(editable=False, verbose_name="ends since")),
                (
                    "new_has_time",
                    models.BooleanField(default=True, editable=False, verbose_name="the hour matters since"),
                ),
                (
                    "new_attendance",
                    models.CharField(
                        default="room", editable=False, max_length=10, verbose_name="how one takes part since"
                    ),
                ),
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
                "constraints": [
                    models.UniqueConstraint(fields=("event", "version"), name="event_change_once_per_version"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventMaterial",
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
                    "link",
                    models.URLField(blank=True, help_text="For example of a recording.", verbose_name="or an address"),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, help_text="What it is written or spoken in.", max_length=5, verbose_name="language"
                    ),
                ),
                (
                    "made_by",
                    models.CharField(
                        blank=True,
                        help_text="The person or organisation whose work it is.",
                        max_length=160,
                        verbose_name="made by",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="file",
                    ),
                ),
                (
                    "event",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "material of an event",
                "verbose_name_plural": "materials of an event",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document__isnull", False), ("link", "")),
                            models.Q(("document", None), models.Q(("link", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="material_is_a_file_or_an_address",
                    ),
                ],
            },
        ),
    ]

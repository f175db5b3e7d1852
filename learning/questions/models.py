import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchRank
from django.db import models
from django.db.models import Case, F, FloatField, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

from hub.languages.reading_order import in_reading_order
from hub.search import full_text

LONGEST_WORDS = 240
LONGEST_WHY = 2_000
LONGEST_NOTE = 1_000
# A fit in the reader's language comes before any in another.
READERS_LANGUAGE = 10.0


class QuestionQuerySet(models.QuerySet["Question"]):
    def public(self) -> Self:
        """Those that a visitor may see: whatever the centre accepted."""
        return self.filter(state__in=Question.PUBLIC)

    def unsettled(self) -> Self:
        """Those that are worth votes and experiences: all that are public and not set aside."""
        return self.filter(state__in=Question.UNSETTLED)

    def with_words(self) -> Self:
        """Each with its words in every language, in one query for all."""
        return self.prefetch_related(models.Prefetch("texts", QuestionText.objects.defer("search_vector")))

    def owned_by(self, user: Any) -> Self:
        """Those that wait for this person: theirs alone, or of an organisation that they act for."""
        own = Q(owner_person=user, owner_organisation=None) | Q(owner_organisation__memberships__user=user)
        return self.filter(pk__in=Question.objects.filter(own).order_by().values("pk"))

    def without_owner(self) -> Self:
        """Those that nobody answers for any more: they wait for the centre."""
        nobody = Q(owner_organisation=None) & (Q(owner_person=None) | Q(owner_person__is_active=False))
        return self.filter(nobody | Q(owner_organisation__isnull=False, owner_organisation__memberships=None))

    def matching(self, words: str, language: str) -> Self:
        """Those with a text that fits, each with `fit`: the reader's language first."""
        rank = Case(
            *(
                When(language=code, then=SearchRank(F("search_vector"), full_text.query(words, code)))
                for code in full_text.CONFIGURATIONS
            ),
            default=SearchRank(F("search_vector"), full_text.query(words, "")),
            output_field=FloatField(),
        ) + Case(When(language=language, then=Value(READERS_LANGUAGE)), default=Value(0.0))
        of_each = QuestionText.objects.filter(full_text.fits(words), question=OuterRef("pk"))
        texts = of_each.order_by().values("question")
        found = self.annotate(fit=Subquery(texts.annotate(best=Max(rank)).values("best")))
        return found.filter(fit__isnull=False).order_by("-fit", "-pk")


class Question(models.Model):
    """Something that the network wants to know: where it stands, who answers for it, and what happens next.

    Its words are `QuestionText`s, one per language; what is known is in `AnswerVersion`s.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        OPEN = "open", pgettext_lazy("a question", "open")
        WORKING = "working", _("being worked on")
        ANSWERED = "answered", _("answered for now")
        ASIDE = "aside", _("set aside")
        DECLINED = "declined", pgettext_lazy("a question", "declined")

    UNSETTLED = ("open", "working", "answered")
    PUBLIC = (*UNSETTLED, "aside")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    original_language = models.CharField(_("original language"), max_length=5)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    # Why it was set aside, for everybody; why it was declined, for who proposed it.
    state_note = I18nTextField(_("reason"), blank=True, default="")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposed_questions",
    )
    proposed_at = models.DateTimeField(_("proposed at"), db_default=Now())
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    owner_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_questions",
    )
    owner_organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation that owns it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_questions",
    )
    next_step = I18nTextField(_("next step"), blank=True, default="")
    next_step_on = models.DateField(_("by when"), null=True, blank=True)
    review_due = models.DateField(_("answer looked at again by"), null=True, blank=True)
    terms = models.ManyToManyField(
        "hub.Term",
        verbose_name=_("themes and target groups"),
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary__in": ["theme", "target"]},
    )
    practices = models.ManyToManyField(
        "practices.Practice", verbose_name=_("practices"), blank=True, related_name="learning_questions"
    )
    events = models.ManyToManyField(
        "events.Event", verbose_name=_("events"), blank=True, related_name="learning_questions"
    )
    # Links that asked people before this to be named put nobody onto the page at once any more.
    experts_dismissed_at = models.DateTimeField(_("an expert was dismissed at"), null=True, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of the learning agenda")
        verbose_name_plural = _("questions of the learning agenda")
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["state"], name="question_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "open", "working", "answered", "aside", "declined"]),
                name="learning_question_stands_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["aside", "declined"]) ^ Q(state_note__in=["", "{}"]),
                name="learning_question_put_away_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(next_step_on=None) | ~Q(next_step__in=["", "{}"]), name="learning_step_by_then_is_a_step"
            ),
        ]

    def __str__(self) -> str:
        text = self.text_in(get_language() or "")
        return text.words if text else self.slug

    def get_absolute_url(self) -> str:
        return reverse("learning:question", args=[self.slug])

    @property
    def topic(self) -> str:
        """Under which key people follow it, and what its mails are about."""
        return f"learning:{self.pk}"

    @property
    def is_public(self) -> bool:
        """Whether visitors see it."""
        return self.state in self.PUBLIC

    @property
    def is_unsettled(self) -> bool:
        """Whether it is worth votes, experiences and answers."""
        return self.state in self.UNSETTLED

    def text_in(self, language: str) -> "QuestionText | None":
        """The words that serve a reader of this language best; prefetch `with_words` for lists."""
        return next(iter(in_reading_order(self.texts.all(), language, self.original_language)), None)


class QuestionText(models.Model):
    """The words of a question in one language."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5)
    words = models.CharField(_("question"), max_length=LONGEST_WORDS)
    why = models.TextField(_("why it matters"), max_length=LONGEST_WHY)
    search_vector = full_text.row_vector(words="A", why="B")

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["question", "language"], name="question_text_once_per_language")]
        indexes = [GinIndex(fields=["search_vector"], name="question_text_search")]

    def __str__(self) -> str:
        return f"{self.question_id} ({self.language})"

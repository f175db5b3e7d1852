from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from learning.questions.models import Question
from partners.organisations.models import Organisation

# So many questions an organisation may choose.
MOST = 3


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> Self:
        """The one in which votes count now, by the clock of the database; there may be none."""
        return self.filter(closed_at=None, until__gt=Now())

    def over(self) -> Self:
        """Those whose results are known, the last one first."""
        return self.exclude(closed_at=None, until__gt=Now()).order_by("-opened_at", "-pk")


class Round(models.Model):
    """A time in which organisations vote which questions matter most."""

    opened_at = models.DateTimeField(_("opened at"), db_default=Now())
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("opened by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    until = models.DateTimeField(_("until"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of votes")
        verbose_name_plural = _("rounds of votes")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="round_lasts"),
            models.UniqueConstraint(
                ExpressionWrapper(Q(closed_at__isnull=True), output_field=BooleanField()),
                condition=Q(closed_at=None),
                name="round_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opened_at:%Y-%m-%d}"


class VoteQuerySet(models.QuerySet["Vote"]):
    def counting(self) -> Self:
        """Those that count: cast, by organisations that visitors see in the directory."""
        return self.filter(number__gt=0, organisation__in=Organisation.objects.public().order_by().values("pk"))


class Vote(models.Model):
    """What an organisation finds most important, in one round; its people may change it until that is closed."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.CASCADE, related_name="votes")
    organisation = models.ForeignKey(
        "partners.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )
    # Counts the changes, so that nobody overwrites unseen what a colleague chose.
    number = models.PositiveIntegerField(_("version"), default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Since when it says this.
    at = models.DateTimeField(_("at"), db_default=Now())

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["round", "organisation"], name="vote_once_per_organisation")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.organisation_id}"


class Choice(models.Model):
    """One of the questions that a vote names; there are three places."""

    vote = models.ForeignKey(Vote, verbose_name=_("vote"), on_delete=models.CASCADE, related_name="choices")
    question = models.ForeignKey(Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="choices")
    place = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["place"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=MOST), name="choice_within_a_vote"),
            models.UniqueConstraint(fields=["vote", "place"], name="choice_place_once"),
            models.UniqueConstraint(fields=["vote", "question"], name="choice_question_once"),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}: {self.question_id}"

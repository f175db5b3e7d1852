from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest, Least, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest.models import Interest
from partners.organisations.models import Membership, Organisation

MOST_WORDS = 2000


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def waiting(self) -> Self:
        """Those that nobody answered or took back."""
        return self.filter(status="waiting")

    def answerable(self) -> Self:
        """Those of them that may be answered: both take part, so neither was hidden or withdrew its interest since."""
        there = Interest.objects.taking_part().filter(call=OuterRef("call"))
        return self.waiting().filter(
            Exists(there.filter(organisation=OuterRef("from_organisation"))),
            Exists(there.filter(organisation=OuterRef("to_organisation"))),
        )

    def standing(self) -> Self:
        """All but those taken back: while there is one, neither of the two asks the other again."""
        return self.exclude(status="withdrawn")

    def declined(self) -> Self:
        """Those that somebody said no to."""
        return self.filter(status="declined")

    def of(self, organisation: Organisation) -> Self:
        """Those that an organisation asked for or was asked for."""
        return self.filter(Q(from_organisation=organisation) | Q(to_organisation=organisation))

    def between(self, one: Organisation, other: Organisation) -> Self:
        """Those of two organisations, whichever of them asked."""
        return self.of(one).of(other)

    def of_person(self, user: User) -> Self:
        """Those of the organisations that somebody acts for: nobody else may see them."""
        own = Membership.objects.filter(user=user).values("organisation")
        return self.filter(Q(from_organisation__in=own) | Q(to_organisation__in=own))

    def with_names(self) -> Self:
        """With the organisations and the call, for lists."""
        return self.select_related("from_organisation", "to_organisation", "call")


class Introduction(models.Model):
    """The people of one organisation ask those of another one to get to know each other, for a call.

    Of two organisations there is one for each call, whichever asked, unless it was taken back. Only once it is accepted
    do the people of each see the address of the one who asked or accepted for the other.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("a message", "taken back")

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="introductions")
    from_organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation that asks"), on_delete=models.CASCADE, related_name="+"
    )
    to_organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation that is asked"), on_delete=models.CASCADE, related_name="+"
    )
    message = models.TextField(_("message"), max_length=MOST_WORDS)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField(pgettext_lazy("an introduction", "asked at"), db_default=Now())
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("a person", "answered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    note = models.TextField(_("a few words with the answer"), blank=True, default="", max_length=MOST_WORDS)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of organisations", "introduction")
        verbose_name_plural = pgettext_lazy("of organisations", "introductions")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "call",
                Least("from_organisation", "to_organisation"),
                Greatest("from_organisation", "to_organisation"),
                condition=~Q(status="withdrawn"),
                name="introduction_once_per_call_and_pair",
            ),
            models.CheckConstraint(
                condition=~Q(from_organisation=F("to_organisation")), name="introduction_to_another_organisation"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["accepted", "declined"], answered_at__isnull=False)
                | Q(status__in=["waiting", "withdrawn"], answered_at__isnull=True),
                name="introduction_answered_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_organisation} → {self.to_organisation}"

    def get_absolute_url(self) -> str:
        return reverse("consortia:introduction", args=[self.pk])

    @property
    def about(self) -> str:
        """What its mails are about."""
        return f"introduction:{self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING

    def other_than(self, organisation_id: int) -> Organisation:
        """The one of the two that this one is not."""
        return self.to_organisation if organisation_id == self.from_organisation_id else self.from_organisation

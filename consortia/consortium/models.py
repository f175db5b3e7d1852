import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from calls.chain.models import Call
from hub.languages.reading_order import languages_for
from partners.organisations.models import Membership, Organisation

MOST_NAME, MOST_SUMMARY, MOST_REASON = 120, 4000, 1000


class ConsortiumQuerySet(models.QuerySet["Consortium"]):
    def going_on(self) -> Self:
        """Drafts and what became of them: all that its organisations still work on."""
        return self.exclude(status=Consortium.Status.GIVEN_UP)

    def named_to_centre(self) -> Self:
        """Those whose name and organisations staff see: what is declared, and the drafts that let them."""
        return self.filter(Q(status="declared") | ~Q(shown_to_centre="number"))

    def of_person(self, user: User) -> Self:
        """Those of the organisations that somebody acts for, asked ones included: nobody else may see them."""
        own = Membership.objects.filter(user=user).values("organisation")
        standing = Member.objects.standing().filter(organisation__in=own)
        return self.filter(pk__in=standing.order_by().values("consortium"))


class Consortium(models.Model):
    """What some organisations want to do together in a call: a draft, until they declare it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        DECLARED = "declared", _("declared")
        GIVEN_UP = "given_up", _("given up")

    class Shown(models.TextChoices):
        """How much of a draft staff see; of what is declared they see at least the names."""

        NUMBER = "number", _("that it exists, and how many organisations are in it")
        NAMES = "names", _("name, organisations, who has signed, and what the call still lacks")
        ALL = "all", _("all of it but the notes, to read")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="consortia")
    name = models.CharField(_("name"), max_length=MOST_NAME)
    # By language, only those that have words.
    summary = models.JSONField(_("summary"), default=dict)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    shown_to_centre = models.CharField(
        _("what the centre sees"), max_length=10, choices=Shown, default=Shown.NUMBER, db_default=Shown.NUMBER
    )
    changed_at = models.DateTimeField(_("changed at"), db_default=Now())

    objects = ConsortiumQuerySet.as_manager()

    class Meta:
        verbose_name = _("consortium")
        verbose_name_plural = _("consortia")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("consortia:consortium", args=[self.uuid])

    @property
    def about(self) -> str:
        """By which the outbox finds its mails."""
        return f"consortium:{self.pk}"

    @property
    def words(self) -> dict[str, str]:
        """The summary by language, the reader's first."""
        order = languages_for(get_language() or settings.LANGUAGE_CODE)
        return {code: self.summary[code] for code in order if self.summary.get(code)}


class MemberQuerySet(models.QuerySet["Member"]):
    def standing(self) -> Self:
        """Those who take part or are asked to."""
        return self.filter(status__in=Member.STANDING)


class Member(models.Model):
    """An organisation in a consortium, with what it does there; who is out of it stays on record."""

    class Status(models.TextChoices):
        INVITED = "invited", _("invited")
        JOINED = "joined", pgettext_lazy("an organisation", "takes part")
        DECLINED = "declined", pgettext_lazy("an organisation", "declined")
        WITHDRAWN = "withdrawn", _("invitation taken back")
        LEFT = "left", pgettext_lazy("an organisation", "left")
        REMOVED = "removed", pgettext_lazy("an organisation", "removed")

    class Role(models.TextChoices):
        PARTNER = "partner", pgettext_lazy("in a consortium", "partner")
        ASSOCIATE = "associate", pgettext_lazy("in a consortium", "associate, without funding")

    STANDING = (Status.INVITED, Status.JOINED)

    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="members"
    )
    # Deleting a profile would take it out of what others signed, and nobody would hear of it.
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.INVITED)
    is_lead = models.BooleanField(_("leads"), default=False)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.PARTNER)
    tracks = models.ManyToManyField(
        "hub.Term",
        verbose_name=_("action tracks"),
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": "track"},
    )

    # How often it was invited: links in the mails of an earlier time open nothing.
    invitation = models.PositiveIntegerField(_("invitation"), default=1, db_default=1, editable=False)

    # Usage pages of the admin would tell who is in a draft that does not show itself.
    wagtail_reference_index_ignore = True

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in a consortium")
        verbose_name_plural = _("places in consortia")
        ordering = ["-is_lead", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consortium", "organisation"], name="consortium_member_once"),
            models.UniqueConstraint(fields=["consortium"], condition=Q(is_lead=True), name="consortium_one_lead"),
            models.CheckConstraint(condition=Q(is_lead=False) | Q(status="joined"), name="consortium_lead_takes_part"),
        ]

    def __str__(self) -> str:
        return self.organisation.name


class Entry(models.Model):
    """What was done in a consortium, by whom and for whom; written by the verbs, edited by nobody."""

    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="entries"
    )
    action = models.CharField(_("action"), max_length=30)
    # As the organisation was called then: a record does not follow a profile.
    organisation_name = models.CharField(_("organisation"), max_length=160)
    about_name = models.CharField(_("about"), max_length=160, blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="", max_length=MOST_REASON)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("entry in the log of a consortium")
        verbose_name_plural = _("entries in the logs of consortia")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.organisation_name}"

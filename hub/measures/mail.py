"""What the outbox and the newsletter count; here because `notifications` is left of all figures."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hub.measures.breakdowns import by_choice, by_language
from hub.measures.registry import Area, Breakdown, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from hub.newsletter.models import Digest
from notifications.outbox import kinds
from notifications.outbox.models import Message

_BREAKDOWNS = (
    Breakdown("kind", _("Kind of mail"), "kind", lambda: dict(kinds.choices())),
    by_language("language"),
)


def _sent(span: Span) -> Rows:
    return Message.objects.filter(status=Message.Status.SENT, **span.within("sent_at"))


def _tried(span: Span) -> Rows:
    return Message.objects.filter(status__in=[Message.Status.SENT, Message.Status.FAILED], **span.within("created_at"))


def _failed(span: Span) -> Rows:
    return Message.objects.filter(status=Message.Status.FAILED, **span.within("created_at"))


def _shown(message: Message) -> Listed:
    """By its kind: to whom it went stands in the outbox, behind the rights to read that."""
    url = reverse("wagtailsnippets_notifications_message:inspect", args=[message.pk])
    return Listed(kinds.name_of(message.kind), url, str(message.get_status_display()))


def _latest_first(rows: Rows) -> Rows:
    return rows.order_by("-created_at", "-pk")


MAILS_SENT = Measure(
    code="mails_sent",
    area=Area.SERVICE,
    name=_("Mails sent"),
    definition=_(
        "Mails that a mail server took over from the portal; a mail to ten people counts ten times. The portal keeps "
        "mails for 400 days, and older ones are not counted any more."
    ),
    unit=_("mails"),
    kind=Kind.HAPPENED,
    records=_sent,
    fetched=_latest_first,
    listed=_shown,
    breakdowns=_BREAKDOWNS,
    better=0,
)

MAILS_FAILED = Measure(
    code="mails_failed",
    area=Area.SERVICE,
    name=_("Mails that failed"),
    definition=_(
        "Mails that the portal gave up, as a share of those sent and given up. What waits, or was taken back before it "
        "left, does not count."
    ),
    unit=_("per cent"),
    kind=Kind.HAPPENED,
    records=_failed,
    whole=_tried,
    fetched=_latest_first,
    listed=_shown,
    breakdowns=_BREAKDOWNS,
    better=-1,
)


def _issues(span: Span) -> Rows:
    return Digest.objects.filter(**span.within("sent_at"))


NEWSLETTERS_SENT = Measure(
    code="newsletters_sent",
    area=Area.REACH,
    name=_("Newsletters sent"),
    definition=_("Issues of the newsletter that were sent, each once, whatever the number of its languages."),
    unit=_("issues"),
    kind=Kind.HAPPENED,
    records=_issues,
    fetched=lambda rows: rows.order_by("-sent_at", "-pk"),
    listed=lambda issue: Listed(str(issue), reverse("wagtailsnippets_hub_digest:inspect", args=[issue.pk])),
    breakdowns=(by_choice("period", _("Period"), "period", Digest.Period),),
    anew=True,
)

MEASURES = (NEWSLETTERS_SENT, MAILS_SENT, MAILS_FAILED)

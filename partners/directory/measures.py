"""What organisations, their people, and their offers count, for whoever gives account (`hub.measures`)."""

from django.db.models import BigIntegerField, F, Func, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from hub.measures.breakdowns import by_choice, by_language, by_term
from hub.measures.durations import days_between
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from notifications.outbox.models import Message
from partners.claims.models import Claim
from partners.exchange.models import Notice
from partners.organisations.models import Membership, Organisation

_WHERE = (by_term("country", _("Country"), "country"), by_term("region", _("Region"), "region"))
_WHO = (
    by_term("sector", _("Sector"), "sector"),
    *_WHERE,
    by_choice("size", _("Size"), "size", Organisation.Size),
)


def _listed_organisations(span: Span) -> Rows:
    return Organisation.objects.public().filter(created_at__lt=span.end)


def _verified(span: Span) -> Rows:
    return _listed_organisations(span).filter(verified_at__lt=span.end)


def _shown(organisation: Organisation) -> Listed:
    return Listed(organisation.name, organisation.get_absolute_url(), str(organisation.sector or ""))


def _by_name(rows: Rows) -> Rows:
    return rows.select_related("sector").order_by("name", "pk")


ORGANISATIONS = Measure(
    code="organisations",
    area=Area.REACH,
    name=_("Organisations in the directory"),
    definition=_("Organisations whose profile everybody can read on that day."),
    unit=_("organisations"),
    kind=Kind.STANDING,
    records=_listed_organisations,
    fetched=_by_name,
    listed=_shown,
    breakdowns=_WHO,
    is_open=True,
)

VERIFIED = Measure(
    code="organisations_verified",
    area=Area.QUALITY,
    name=_("Verified organisations"),
    definition=_(
        "Organisations that the centre verified, as a share of those in the directory. One whose facts changed "
        "afterwards still counts until somebody takes that back."
    ),
    unit=_("per cent"),
    kind=Kind.STANDING,
    records=_verified,
    whole=_listed_organisations,
    fetched=_by_name,
    listed=_shown,
    breakdowns=_WHO,
    is_open=True,
)


def _people(span: Span) -> Rows:
    acting = Membership.objects.filter(organisation__status=Organisation.Status.LISTED, created_at__lt=span.end)
    return User.objects.filter(is_active=True, pk__in=acting.order_by().values("user"))


def _person(user: User) -> Listed:
    """For whom somebody acts; not who it is."""
    return Listed(", ".join(sorted(each.organisation.name for each in user.memberships.all())))


PEOPLE = Measure(
    code="people_acting",
    area=Area.REACH,
    name=_("People who act for organisations"),
    definition=_(
        "People with an account who act for at least one organisation in the directory, each once, whatever the number "
        "of their organisations."
    ),
    unit=_("people"),
    kind=Kind.STANDING,
    records=_people,
    fetched=lambda rows: rows.prefetch_related("memberships__organisation").order_by("pk"),
    listed=_person,
    breakdowns=(by_language("language"),),
    people=True,
)


def _standing_notices(span: Span) -> Rows:
    there = Q(withdrawn_at=None) | Q(withdrawn_at__gte=span.end)
    listed = Organisation.Status.LISTED
    return Notice.objects.filter(there, created_at__lt=span.end, until__gte=span.until, organisation__status=listed)


def _made_notices(span: Span) -> Rows:
    return Notice.objects.filter(**span.within("created_at"))


def _answered_notices(span: Span) -> Rows:
    # A mail about an answer names its offer in its key: `partners/answer:<number>:…` (`partners.exchange.emails`).
    number = Func(F("dedupe_key"), Value(":"), Value(2), function="split_part")
    answers = Message.objects.filter(kind="partners/answer").annotate(notice=Cast(number, BigIntegerField()))
    return _made_notices(span).filter(pk__in=answers.order_by().values("notice"))


def _notice(notice: Notice) -> Listed:
    gone = notice.is_withdrawn or notice.is_over
    return Listed(notice.title, "" if gone else notice.get_absolute_url(), notice.organisation.name)


def _notice_inside(notice: Notice) -> Listed:
    url = reverse("wagtailsnippets_partners_notice:inspect", args=[notice.pk])
    return Listed(notice.title, url, notice.organisation.name)


def _latest_first(rows: Rows) -> Rows:
    return rows.select_related("organisation").order_by("-created_at", "-pk")


_ABOUT = (
    by_choice("kind", _("Kind"), "kind", Notice.Kind),
    by_term("track", _("Action track"), "terms", is_shared=True),
    by_term("theme", _("Theme"), "terms", is_shared=True),
    *_WHERE,
    by_language("language"),
)

NOTICES = Measure(
    code="notices",
    area=Area.COLLABORATION,
    name=_("Offers and requests that stand"),
    definition=_(
        "Offers and requests of organisations in the directory that are neither over nor withdrawn on that day."
    ),
    unit=_("offers and requests"),
    kind=Kind.STANDING,
    records=_standing_notices,
    fetched=_latest_first,
    listed=_notice,
    breakdowns=_ABOUT,
    is_open=True,
)

NOTICES_ANSWERED = Measure(
    code="notices_answered",
    area=Area.SERVICE,
    name=_("Offers and requests that somebody answered"),
    definition=_(
        "Those to which somebody sent an answer through the portal, as a share of all that were made in these days. "
        "Answers by other ways are not known, and what was over a year ago is not kept."
    ),
    unit=_("per cent"),
    kind=Kind.HAPPENED,
    records=_answered_notices,
    whole=_made_notices,
    fetched=_latest_first,
    listed=_notice_inside,
    breakdowns=_ABOUT,
)


def _decided_claims(span: Span) -> Rows:
    decided = Claim.objects.filter(
        status__in=[Claim.Status.ACCEPTED, Claim.Status.REFUSED], **span.within("decided_at")
    )
    return decided.annotate(days=days_between("created_at", "decided_at"))


def _claim(claim: Claim) -> Listed:
    url = reverse("wagtailsnippets_partners_claim:inspect", args=[claim.pk])
    return Listed(claim.organisation.name, url, str(claim.get_status_display()))


CLAIM_DAYS = Measure(
    code="claim_days",
    area=Area.SERVICE,
    name=_("Days to decide who manages a profile"),
    definition=_(
        "From the day on which somebody asks to manage the profile of an organisation to the decision: half of them "
        "waited no longer than this. What was withdrawn does not count; decisions are kept for a year."
    ),
    unit=_("days"),
    kind=Kind.HAPPENED,
    records=_decided_claims,
    middle="days",
    fetched=lambda rows: rows.select_related("organisation").order_by("-decided_at", "-pk"),
    listed=_claim,
    breakdowns=(
        by_choice("status", _("Decision"), "status", Claim.Status),
        by_term("sector", _("Sector"), "organisation__sector"),
    ),
    better=-1,
)

MEASURES = (ORGANISATIONS, VERIFIED, PEOPLE, NOTICES, NOTICES_ANSWERED, CLAIM_DAYS)

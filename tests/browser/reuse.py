"""Reports of reuse for the walk: one that readers see, and one that waits, of the demo's partner."""

from django.urls import reverse
from django.utils.translation import override

from accounts.users.models import User
from hub.vocabularies.models import Term
from partners.organisations.models import Membership, Organisation
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeText
from practices.reuse import reporting
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseFigure, ReuseSource
from practices.reuse.models.versions import ReuseVersion
from practices.reuse.reporting import Account, Place
from tests.browser.organisations import PARTNER


def addresses(language: str) -> dict[str, str]:
    """Every place of reuse."""
    own = Membership.objects.get(user__email=PARTNER, role=Membership.Role.OWNER).organisation
    foreign = Practice.objects.public().exclude(owner=own).order_by("pk")[0]
    elsewhere = Reuse.objects.filter(adopter="Walked city").first() or reporting.enter(
        foreign, adopter="Walked city", place=_belgium("Gent"), account=_account()
    )
    waiting = Reuse.objects.filter(organisation=own).first() or _reported(foreign, own, "Aalst")
    answered, _new = _answered_by(own)
    with override(language):
        slug = foreign.slug
        found = {
            "reuse": reverse("practices:reuses", args=[slug]),
            "report reuse": reverse("practices:report_reuse", args=[slug]),
            "reuse elsewhere": reverse("practices:reuse", args=[slug, elsewhere.uuid]),
            "reuse waiting": reverse("practices:reuse", args=[slug, waiting.uuid]),
            "update reuse": reverse("practices:update_reuse", args=[slug, waiting.uuid]),
            "withdraw reuse": reverse("practices:withdraw_reuse", args=[slug, waiting.uuid]),
            "check reuse": answered.address("practices:check_reuse"),
            "practice that was taken up": reverse("practices:practice", args=[slug]),
        }
    return found | {"reuse without results": f"{found['reuse']}?q=xyzzyqwerty"}


def _answered_by(own: Organisation) -> tuple[Reuse, bool]:
    """A report about a practice that this organisation answers for, which it is to check."""
    practice, _new = Practice.objects.get_or_create(
        slug="walked-practice",
        defaults={"owner": own, "live": True, "kind": Term.objects.of("kind")[0], "original_language": "en"},
    )
    words = {"title": "Walked past", "summary": "For the walk."}
    PracticeText.objects.get_or_create(practice=practice, language="en", defaults=words)
    known = Reuse.objects.filter(practice=practice).first()
    if known:
        return known, False
    other = Organisation.objects.public().exclude(memberships__user__email=PARTNER).order_by("pk")[0]
    return _reported(practice, other, "Brugge"), True


def _reported(practice: Practice, organisation: Organisation, town: str) -> Reuse:
    by = User.objects.get(email=PARTNER)
    place = _belgium(town)
    return reporting.report(practice, organisation=organisation, place=place, account=_account(), may_ask=True, by=by)


def _belgium(town: str) -> Place:
    return Place(Term.objects.get(vocabulary="country", code="BE"), None, town)


def _account() -> Account:
    version = ReuseVersion(
        since_year=2019,
        until_year=2023,
        outcome="stopped",
        came_of_it="It ran for four years.",
        why_stopped="The grant ended.",
        what_changed="Shorter visits.",
        nature=["shorter"],
        fidelity="kept",
        language="en",
    )
    figure = ReuseFigure(what="visits", value=1200, unit="visits", year=2022)
    return Account(version, [figure], [ReuseSource(title="A report", url="https://example.org/report")])

"""What the network learns, the figures, and people's own data, for the walk past every page.

Like `facts`, run inside the portal's own Django.
"""

from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.personal_data import links, reading
from accounts.personal_data.subjects import Subject, of_account
from accounts.users.models import User
from hub.vocabularies.models import Term
from learning.questions.models import Question
from monitoring.indicators.models import Indicator
from monitoring.reports.models import Report
from notifications.subscriptions.models import Subscription
from tests.browser.organisations import PARTNER


def addresses(language: str) -> dict[str, str]:
    """Those of visitors, and those of the walker, who signed in."""
    return _learning(language) | _account_given(language) | _own_data(language)


def _learning(language: str) -> dict[str, str]:
    question = Question.objects.public().order_by("pk")[0]
    theme = Term.objects.of("theme")[0]
    target = Term.objects.of("target")[0]
    with override(language):
        agenda = reverse("learning:questions")
        return {
            "learning agenda": agenda,
            "learning agenda without results": f"{agenda}?q=xyzzyqwerty",
            "learning question": reverse("learning:question", args=[question.slug]),
            "answers so far": reverse("learning:history", args=[question.slug]),
            "tell experience": reverse("learning:tell", args=[question.slug]),
            "offer expertise": reverse("learning:agree", args=[question.slug]),
            "propose question": reverse("learning:propose"),
            "vote": reverse("learning:vote"),
            "votes": reverse("learning:outcome"),
            "themes": reverse("learning:themes"),
            "theme": reverse("learning:theme", args=[theme.code]),
            "target group": reverse("learning:target", args=[target.code]),
            "mainstreaming": reverse("practices:tracker"),
            "practices on their way": reverse("practices:tracker_practices"),
            "moves": reverse("practices:tracker_moves"),
            "policy hooks": reverse("practices:tracker_hooks"),
        }


def _account_given(language: str) -> dict[str, str]:
    code = Indicator.objects.public().get(code="organisations").code
    report = Report.objects.public().order_by("pk")[0]
    with override(language):
        return {
            "figures": reverse("monitoring:figures"),
            "figure": reverse("monitoring:figure", args=[code]),
            "figure beside another period": f"{reverse('monitoring:figure', args=[code])}?compare=year",
            "records of figure": reverse("monitoring:records", args=[code]),
            "reports": reverse("reports:reports"),
            "report": reverse("reports:report", args=[report.family]),
        }


def _own_data(language: str) -> dict[str, str]:
    email = f"data-of-{language}@example.org"
    row, _made = Subscription.objects.get_or_create(
        email=email,
        topic="news",
        defaults={
            "language": language,
            "status": Subscription.Status.ACTIVE,
            "confirmed_at": timezone.now(),
            "consent_wording": "-",
        },
    )
    partner = User.objects.get(email=PARTNER)
    mailed = urlsplit(links.guest_address(row.email, language)).path
    token = mailed.rstrip("/").rpartition("/")[2]
    with override(language):
        return {
            "data link": reverse("accounts:guest_link"),
            "data link sent": reverse("accounts:guest_link_sent"),
            "data of guest": mailed,
            "data of guest, one kind": reverse("accounts:guest_kind", args=[token, _first_kind(Subject((email,)))]),
            "erase guest": reverse("accounts:guest_erase", args=[token]),
            "data erased": reverse("accounts:data_erased"),
            "my data": reverse("accounts:my_data"),
            "my data, one kind": reverse("accounts:my_kind", args=[_first_kind(of_account(partner))]),
            "erase my data": reverse("accounts:my_erase"),
        }


def _first_kind(subject: Subject) -> str:
    return next(iter(reading.counts(subject)))

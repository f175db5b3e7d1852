"""For the journey from interest to proposal: a call with its rules, its reviewers, and organisations with their owners.

Called by name inside the portal's own Django, as what stands in `facts`.
"""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import override

from accounts.users.models import User
from calls.chain.models import Call, Deadline
from calls.overview.models import CallIndexPage
from calls.pages.models import CallPage
from consortia.asked_parts.models import AskedPart
from consortia.reviewers.models import Reviewer
from consortia.reviewing.models import Criterion
from consortia.rules.models import CallRules
from partners.organisations.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory
from tests.personas import give_second_factor, signed_in

# By the part in the story: the beginning of the organisation's name, its sector, its country.
PARTIES = {
    "lead": ("Haven", "citizens", "BE"),
    "first": ("Molen", "academia", "NL"),
    "second": ("Kade", "government", "DE"),
}


def prepare(language: str) -> None:
    """All of it in one language, and how each person is known to the portal: told to the test that asked."""
    index = CallIndexPage.objects.get(locale__language_code=language)
    title = f"Open doors {language.upper()}"
    call = Call.objects.create(title={language: title})
    page = index.add_child(
        instance=CallPage(title=title, slug=f"open-doors-{language}", call=call, locale=index.locale)
    )
    page.save_revision().publish()
    _ask(call, language)
    told = {
        "call": call.pk,
        "title": title,
        "page": page.pk,
        "calls": index.url,
        "cookie": settings.SESSION_COOKIE_NAME,
        "people": {part: _party(part, language) for part in PARTIES}
        | {"reviewer": _judge(call, "reviewer", language), "staff": _judge(call, "chair", language)},
    }
    print(json.dumps(told))


def take_down(page: int) -> None:
    """So that other tests find the demo's calls."""
    CallPage.objects.get(pk=page).unpublish()


def _ask(call: Call, language: str) -> None:
    """By when, and what: three organisations of three countries, a letter, a text and a file."""
    now = timezone.now()
    for place, (days, kind, governs) in enumerate(
        ((20, "declare", "declaration"), (25, "recommendation", ""), (40, "submit", "proposal")), start=1
    ):
        due_at = now + timedelta(days=days)
        Deadline.objects.create(
            call=call, kind=kind, governs=governs, label={language: f"Step {place}"}, due_at=due_at, sort_order=place
        )
    CallRules.objects.create(call=call, organisations=3, countries=3, letters=1)
    Criterion.objects.create(call=call, title={language: "Reach"}, guidance={language: "How many people it helps."})
    parts: list[dict[str, Any]] = [
        {"kind": "text", "title": {language: "Plan"}, "limit": 300},
        {"kind": "file", "title": {language: "Budget"}, "endings": ["pdf"], "megabytes": 1},
    ]
    for place, facts in enumerate(parts, start=1):
        AskedPart.objects.create(call=call, position=place, **facts)


def _party(part: str, language: str) -> dict[str, str]:
    """An organisation of the directory and its owner, whose mailbox is at a domain of its own."""
    name, sector, country = PARTIES[part]
    own = OrganisationFactory.create(
        name=f"{name} {language.upper()}", slug=f"{name.lower()}-{language}", sector=sector, country=country
    )
    person = _person(part, language)
    Membership.objects.create(organisation=own, user=person, role=Membership.Role.OWNER)
    return _known(person) | {"organisation": own.name}


def _judge(call: Call, role: str, language: str) -> dict[str, str]:
    """Who reviews; who chairs is of the centre's staff."""
    person = _person(role, language)
    Reviewer.objects.create(call=call, user=person, role=role)
    if role == Reviewer.Role.CHAIR:
        User.objects.filter(pk=person.pk).update(is_staff=True)
        person.groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
        give_second_factor(person)
    return _known(person)


def _person(part: str, language: str) -> User:
    made: User = UserFactory.create(
        email=f"{part}@{part}-{language}.example.org", first_name=part.capitalize(), last_name="Oak", language=language
    )
    return made


def _known(person: User) -> dict[str, str]:
    with override(person.language):
        client = signed_in(person)
    return {"email": person.email, "session": client.cookies[settings.SESSION_COOKIE_NAME].value}

"""The mail to all partners, when the recommendations of a call are released."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import override

from calls.chain.models import Call
from consortia.consortium.models import Member
from consortia.interest.emails import call_words
from consortia.outcomes.models import Outcome
from notifications.outbox import outbox
from notifications.outbox.outbox import Mail
from notifications.outbox.telling import address_key
from partners.contact.receivers import Receiver, members_of_each

KIND = "consortia/recommendation_released"


def released(call: Call, outcomes: Sequence[Outcome]) -> int:
    """To everybody who acts for a partner, once for each version of a consortium; returns how many mails wait.

    In as many statements as the outbox needs for that number of mails, however many consortia there are.
    """
    partners = Member.objects.filter(
        consortium__in=[each.consortium_id for each in outcomes], status=Member.Status.JOINED
    )
    of = {each.consortium_id: each for each in outcomes}
    pairs = list(partners.order_by("consortium_id", "pk").values_list("consortium_id", "organisation_id"))
    people = members_of_each({organisation for _consortium, organisation in pairs})
    told = {(of[consortium], to) for consortium, organisation in pairs for to in people.get(organisation, [])}
    about = f"recommendations:{call.pk}"
    return outbox.queue_many(
        KIND, _mails(call, sorted(told, key=lambda each: (each[0].pk, each[1].email))), about=about
    )


def _mails(call: Call, told: Sequence[tuple[Outcome, Receiver]]) -> Iterator[Mail]:
    titles: dict[str, str] = {}
    facts: dict[tuple[int, str], dict[str, Any]] = {}
    for outcome, to in told:
        language = outbox.spoken(to.language)
        if language not in titles:
            titles[language] = call_words(call, language)["title"]
        about = outcome.consortium_id, language
        if about not in facts:
            facts[about] = _facts(outcome, language) | {"call_title": titles[language]}
        yield Mail(
            to=to.email,
            language=to.language,
            context=facts[about],
            dedupe_key=f"{KIND}:{outcome.consortium_id}:{outcome.version}:{address_key(to.email)}",
        )


def _facts(outcome: Outcome, language: str) -> dict[str, Any]:
    with override(language):
        return {
            "consortium": outcome.consortium.name,
            "verdict": str(outcome.verdict),
            "outcome": str(outcome.get_verdict_display()),
            "reasons": outcome.reasons,
            "conditions": outcome.conditions,
            "url": urljoin(settings.SITE_URL, outcome.consortium.get_absolute_url()),
        }

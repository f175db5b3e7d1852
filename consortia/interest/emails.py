"""The mails about interests. Each only writes to the outbox."""

from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from calls.chain.models import Call
from calls.pages.call_calendars import call_pages
from consortia.interest import links
from consortia.interest.models import Interest
from consortia.interest.profiles import profile_page
from notifications.outbox import outbox
from notifications.outbox.mailbox_cap import TYPED, Allowance


def confirm_interest(interest: Interest, *, again: bool = False) -> None:
    """Please confirm that this address is yours; nothing else is mailed before. `again`: once more, once an hour."""
    link = _address(interest, "confirm", links.confirm_token)
    key = f"{interest.uuid}:{timezone.now():%Y%m%d%H}" if again else ""
    _queue("consortia/confirm_interest", interest, key=key, allowance=TYPED, confirm_url=link)


def confirm_correction(interest: Interest) -> None:
    """Somebody filled in other answers; the address says whether they replace what counts."""
    link = _address(interest, "correct", links.correction_token)
    key = f"{interest.uuid}:{uuid4()}"
    _queue("consortia/confirm_correction", interest, key=key, allowance=TYPED, confirm_url=link)


def interest_received(interest: Interest, *, again: bool = False) -> None:
    """A receipt: what was registered, when, and how to withdraw it. `again`: with other answers than before.

    Who has no profile here is told where to ask for one.
    """
    with override(interest.language):
        profile = profile_page(interest)
    _queue(
        "consortia/interest_received",
        interest,
        key=f"{interest.uuid}:{uuid4()}" if again else "",
        confirmed_at=interest.confirmed_at.isoformat() if interest.confirmed_at else "",
        withdraw_url=_address(interest, "withdraw", links.withdraw_token),
        profile_url=urljoin(settings.SITE_URL, profile) if profile else "",
        own_pages=_own_pages(interest),
    )


def _own_pages(interest: Interest) -> dict[str, str]:
    """Where the people of an organisation go on; whoever has no profile here has no such pages."""
    organisation = interest.organisation
    if organisation is None:
        return {}
    with override(interest.language):
        pages = {
            "matches": reverse("consortia:matches", args=[interest.call_id, organisation.slug]),
            "change": reverse("consortia:change_interest", args=[interest.uuid]),
            "my_page": reverse("accounts:my_page"),
        }
    return {name: urljoin(settings.SITE_URL, page) for name, page in pages.items()}


def interest_withdrawn(interest: Interest) -> None:
    """The interest no longer counts."""
    if interest.confirmed_at:  # an address that never confirmed gets nothing but the confirmation
        # What was let stand again may be withdrawn again.
        _queue("consortia/interest_withdrawn", interest, key=f"{interest.uuid}:{uuid4()}")


def call_words(call: Call, language: str) -> dict[str, str]:
    """Title and whole address of the call's page in a language."""
    page = call_pages([call], language).get(call.pk)
    with override(language):
        title = page.title if page else str(call.title)
    return {"title": title, "url": urljoin(settings.SITE_URL, page.url or "") if page else settings.SITE_URL}


def _address(interest: Interest, action: str, token: Any) -> str:
    with override(interest.language):
        return urljoin(settings.SITE_URL, reverse(f"consortia:{action}_interest", args=[token(interest)]))


def _queue(kind: str, interest: Interest, *, key: str = "", allowance: Allowance | None = None, **more: Any) -> None:
    """Without an allowance where a link that was mailed to the address, or its owner, caused it."""
    words = call_words(interest.call, interest.language)
    with override(interest.language):
        facts = {
            "contact_name": interest.contact_name,
            "organisation_name": interest.organisation_name,
            "sector": str(interest.sector),
            "role": str(interest.get_role_display()),
            "tracks": [str(each) for each in interest.contributions.select_related("track")],
            "is_shown": interest.is_shown,
            "call_title": words["title"],
            "call_url": words["url"],
        }
    outbox.queue(
        kind,
        to=interest.email,
        language=interest.language,
        context=facts | more,
        dedupe_key=f"{kind}:{key or interest.uuid}",
        about=f"interest:{interest.pk}",
        allowance=allowance,
    )

"""Every mail about a report of reuse. Each only writes to the outbox."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop, override

from accounts.users import addresses
from accounts.users.models import User
from hub.site.models import SiteSettings
from notifications.outbox.mailbox_cap import NAMED
from notifications.outbox.outbox import queue, spoken
from notifications.outbox.telling import address_key
from partners.contact.receivers import Receiver, members
from partners.organisations.models import Membership
from practices.practice.presentation import text_for
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.versions import ReuseVersion

WITHDRAWN = gettext_noop("The report was withdrawn.")
DECIDED = gettext_noop("Somebody decided about it before.")


def about_check(reuse: Reuse) -> str:
    """What the mails are about that ask somebody to check it."""
    return f"{reuse.about}:check"


def to_check(reuse: Reuse, version: ReuseVersion) -> None:
    """The centre and the organisation that answers for the practice hear that something waits for one of them."""
    site = SiteSettings.objects.first()
    owner = reuse.practice.owner
    if site and site.contact_email:
        centre = Receiver(site.contact_email, settings.LANGUAGE_CODE)
        url = reverse("practices_admin_check_reuse", args=[reuse.pk])
        _send("reuse_to_check", reuse, version, [centre], about=about_check(reuse), allowance=NAMED, path=url)
    if owner and owner.pk != reuse.organisation_id:
        theirs = members(owner)
        _send("reuse_to_check", reuse, version, theirs, about=about_check(reuse), view="practices:check_reuse")


def accepted(reuse: Reuse, version: ReuseVersion) -> None:
    """To who wrote it: it can be read now, or as soon as the organisation and the practice can be."""
    can_be_read = Reuse.objects.public().filter(pk=reuse.pk).exists()
    told = {"can_be_read": can_be_read}
    _send("reuse_accepted", reuse, version, author(reuse, version), view="practices:reuse", told=told)


def returned(reuse: Reuse, version: ReuseVersion, reason: str) -> None:
    """To who wrote it: why it went back, and where to mend it."""
    _send("reuse_returned", reuse, version, author(reuse, version), view="practices:update_reuse", reason=reason)


def taken_down(reuse: Reuse, reason: str) -> None:
    """To who wrote it last: nobody reads it any more, and why."""
    version = reuse.versions.order_by("-number").first()
    if version and reuse.organisation:
        _send("reuse_taken_down", reuse, version, author(reuse, version), view="practices:reuses", reason=reason)


def how_did_it_go(reuse: Reuse, now: datetime) -> None:
    """A year later: how did it go on?"""
    if version := reuse.shown:
        key = f"{now.date()}"
        _send("reuse_asked", reuse, version, author(reuse, version), view="practices:update_reuse", key=key)


def author(reuse: Reuse, version: ReuseVersion) -> list[Receiver]:
    """Who wrote it, while they act for the organisation and can be reached; else its owners."""
    if reuse.organisation is None:
        return []
    written = User.objects.filter(pk=version.by_id or 0, is_active=True, memberships__organisation=reuse.organisation)
    found = [Receiver(each.email, each.mail_language) for each in addresses.with_proved_name(written)]
    return found or members(reuse.organisation, role=Membership.Role.OWNER)


def _send(
    kind: str,
    reuse: Reuse,
    version: ReuseVersion,
    receivers: Iterable[Receiver],
    *,
    view: str = "",
    path: str = "",
    key: str = "",
    about: str = "",
    reason: str = "",
    told: Mapping[str, Any] = MappingProxyType({}),
    **more: Any,
) -> None:
    practice = reuse.practice
    for to in receivers:
        language = spoken(to.language)
        with override(language):
            text = text_for(practice.texts.all(), language, practice.original_language)
            where = path or (reverse(view, args=[practice.slug]) if view == "practices:reuses" else reuse.address(view))
            place = reuse.where
        queue(
            f"practices/{kind}",
            to=to.email,
            language=language,
            context={
                "title": text.title if text else practice.slug,
                "organisation": reuse.name,
                "place": place,
                "reason": reason,
                "url": urljoin(settings.SITE_URL, where),
                **told,
            },
            dedupe_key=":".join(filter(None, ("practices", kind, str(version.pk), key, address_key(to.email)))),
            about=about or reuse.about,
            **more,
        )

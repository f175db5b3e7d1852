"""How allauth works here: its mail goes through the outbox, its pages in the reader's language."""

from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.public_forms import throttling
from accounts.signing_in import codes, handover
from accounts.users import outgoing
from accounts.users.models import User

# A code is dead after a quarter of an hour at the latest; word of it that comes later only puzzles its reader.
CODE_USEFUL_FOR = timedelta(minutes=15)
# From one address allauth allows five tries in five minutes; from all addresses together, this many per hour.
# It is more than one address can reach, so that nobody alone locks another person out.
TRIES_PER_ACCOUNT = 100
WITH_CODE = {
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/login_code",
    "account/email/password_reset_code",
}


def _of_the_portal(link: str) -> str:
    """The same page at the portal's own address: allauth takes host and port from the request, where anybody may write
    what they like."""
    return urljoin(settings.SITE_URL, urlunsplit(urlsplit(link)._replace(scheme="", netloc="")))


class AccountAdapter(DefaultAccountAdapter):
    """Signing in and up."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Renders the words now, in the language the person is reading, and hands them to the outbox."""
        facts = {name: _of_the_portal(value) if name.endswith("_url") else value for name, value in context.items()}
        message = self.render_mail(template_prefix, email, {"email": email, **facts})
        is_on_its_way = outgoing.hand_over(
            to=email,
            language=get_language() or settings.LANGUAGE_CODE,
            subject=str(message.subject),
            text=str(message.body),
            key=f"account:{uuid4()}",
            expires_at=timezone.now() + CODE_USEFUL_FOR if template_prefix in WITH_CODE else None,
        )
        if not is_on_its_way and "code" in context:
            codes.was_not_sent(context["code"])

    def format_email_subject(self, subject: str) -> str:
        """Our subjects stand by themselves: the sender's name says who writes."""
        return subject

    def login(self, request: HttpRequest, user: User) -> None:
        """The last step, whatever the way in: password, code, passkey or a fresh account."""
        super().login(request, user)
        handover.signed_in(request, user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """My page, in the language of the visit: mails follow the account, the screen follows the reader."""
        return reverse(settings.LOGIN_REDIRECT_URL)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count per account and address: whoever guesses from elsewhere locks only themselves out."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{throttling.client_source(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        account = str(credentials.get("email", ""))
        if account and not throttling.allow("login", account, limit=TRIES_PER_ACCOUNT, per=3600):
            raise self.validation_error("too_many_login_attempts")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True


class MFAAdapter(DefaultMFAAdapter):
    """Second factors."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The relying party that passkeys are bound to: this portal's host (WebAuthn, 5.1.3)."""
        return {"id": settings.SITE_HOST, "name": "NCCSI"}

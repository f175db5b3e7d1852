"""Whether a session has shown a second factor, and the way to show it now.

allauth keeps in the session by which methods it was signed in. A passkey that signs in by itself counts: allauth asks
the device to verify its user then.
"""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.users.models import User

# Addresses of allauth where a factor is shown; all its others list, add or remove factors.
WHERE_SHOWN = {"mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_login_webauthn"}


def was_shown(request: HttpRequest, user: User) -> bool:
    """Whether this very session was signed in, or confirmed since, with a second factor that this person still has."""
    shown = {record.get("id") for record in get_authentication_records(request, user) if record.get("method") == "mfa"}
    return bool(shown) and Authenticator.objects.filter(user=user, pk__in=shown).exists()


def is_owed(request: HttpRequest, user: User) -> bool:
    """Whether this person has a factor and the session has not shown it."""
    return is_mfa_enabled(user) and not was_shown(request, user)


def is_guarded(address: str) -> bool:
    """Whether the address of this name shows or changes somebody's factors."""
    return address.startswith("mfa_") and address not in WHERE_SHOWN


def ask(request: HttpRequest, user: User) -> HttpResponse:
    """To where the factor is shown, and from there back to what was asked for; to where one is set up without any."""
    if not is_mfa_enabled(user):
        messages.warning(request, _("The admin asks for a second factor. Set one up here; after that the admin opens."))
        return redirect("mfa_index")
    messages.info(request, _("One more step: show your second factor, once for as long as you are signed in."))
    has_codes = is_mfa_enabled(user, types=[Authenticator.Type.TOTP])
    where = reverse("mfa_reauthenticate" if has_codes else "mfa_reauthenticate_webauthn")
    return redirect(f"{where}?{urlencode({'next': _way_on(request)})}")


def _way_on(request: HttpRequest) -> str:
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return reverse("wagtailadmin_home" if request.path.startswith("/admin/") else "mfa_index")

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.colleagues import inviting
from accounts.colleagues.forms import AcceptanceForm


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link in the mail: choose a password and a language, then sign in like everybody."""
    user = inviting.invited(token)
    if user is None:
        return render(request, "accounts/invitation_over.html", status=410)
    form = AcceptanceForm(request.POST or None, user=user, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        if inviting.accept(token, password=answers["password"], language=answers["language"]) is None:
            return render(request, "accounts/invitation_over.html", status=410)
        # In the language just chosen; the pages of accounts carry none in their addresses.
        with override(answers["language"]):
            messages.success(request, _("Your password is set. Sign in with it."))
        return redirect(f"{reverse('account_login')}?{urlencode({'language': answers['language']})}")
    return render(request, "accounts/invitation.html", {"form": form, "invited": user})

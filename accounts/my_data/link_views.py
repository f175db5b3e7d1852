"""Asking for a link to what is kept about an address, and fetching a copy by one."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.my_data import copy_files
from accounts.my_data.forms import DataLinkForm
from accounts.personal_data import emails, links
from accounts.public_forms import throttling
from accounts.users import addresses
from accounts.users.models import User


@method_decorator(never_cache, name="dispatch")
class GuestLink(View):
    """Ask for a link; the answer is the same whatever is known of the address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(DataLinkForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DataLinkForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        email = User.normalise_email(form.cleaned_data["email"])
        if not throttling.allow_act(request, "my-data", person=email, act=form.act):
            form.add_error(None, _("That was asked very often in a short time. Wait an hour and send it again."))
            return self._page(form, status=429)
        has_account = addresses.holders(email).exists()
        emails.guest_link(email, language=get_language() or "", has_account=has_account)
        return redirect("accounts:guest_link_sent")

    def _page(self, form: DataLinkForm, status: int = 200) -> HttpResponse:
        return render(self.request, "accounts/personal_data/guest_link.html", {"form": form}, status=status)


@never_cache
@require_safe
def guest_link_sent(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox."""
    return render(request, "accounts/personal_data/link_sent.html")


@never_cache
@require_safe
def data_copy(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file behind a mailed link; that of an account only for who is signed in to it."""
    copy = links.copy_of(token)
    if copy is None or not copy.file:
        raise Http404
    if copy.user_id is not None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.user.pk != copy.user_id:
            raise Http404
    return copy_files.download(copy)

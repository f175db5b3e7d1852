"""The pages about one's own data: by the account, or without one by the link that was mailed to an address."""

import time
from typing import Any, cast

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.my_data import copies
from accounts.my_data.forms import ErasingForm
from accounts.personal_data import declarations, erasing, links, reading
from accounts.personal_data.models import Erasure
from accounts.personal_data.subjects import Subject, of_account
from accounts.users import addresses
from accounts.users.models import User

PER_PAGE = 20
# In the session, for the page after erasing: there is nobody left to ask.
DONE = "accounts.erased"


def _signed_in_long_ago(request: HttpRequest) -> bool:
    if not request.user.is_authenticated:
        return False
    shown = get_authentication_records(request, request.user)
    return not any(time.time() - each["at"] < app_settings.REAUTHENTICATION_TIMEOUT for each in shown)


# A browser that somebody left open is no proof: who signed in long ago shows again who they are.
_WHO_IS_THERE = reauthentication_required(enabled=_signed_in_long_ago)


class AboutMe(View):
    """What all of these pages share: about whom they are, and where the next one is."""

    token = ""

    @cached_property
    def subject(self) -> Subject:
        raise NotImplementedError

    def place(self, name: str, *arguments: str) -> str:
        """The address of another of these pages, for the same person."""
        if self.token:
            return reverse(f"accounts:guest_{name}", args=[self.token, *arguments])
        return reverse(f"accounts:my_{name}", args=arguments)

    def page(self, template: str, status: int = 200, **facts: Any) -> HttpResponse:
        shared = {"subject": self.subject, "token": self.token, "back": self.place("data")}
        return render(self.request, f"accounts/personal_data/{template}.html", shared | facts, status=status)


@method_decorator(never_cache, name="dispatch")
class OfAccount(LoginRequiredMixin, AboutMe):
    """For who signed in: all that is joined to the account and its proved addresses."""

    @cached_property
    def subject(self) -> Subject:
        return of_account(cast(User, self.request.user))


@method_decorator(never_cache, name="dispatch")
class OfGuest(AboutMe):
    """For who has a mailbox and no account. An account that proved the address since has its own page."""

    email: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.token = kwargs.pop("token")
        email = links.opened_by(self.token)
        if email is None:
            return redirect("accounts:guest_link")
        self.email = email
        if addresses.holders(email).exists():
            return redirect("accounts:my_data")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def subject(self) -> Subject:
        return Subject((self.email,))


class Overview(AboutMe):
    """Every kind of record that there is: how many, why, until when."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = [
            {"part": part, "url": self.place("kind", part.kind.key)}
            for part in reading.parts(reading.counts(self.subject))
        ]
        asked = copies.current(self.subject)
        copy_url, erase_url = self.place("copy"), self.place("erase")
        return self.page("overview", rows=rows, asked=asked, copy_url=copy_url, erase_url=erase_url)


class Kind(AboutMe):
    """The records of one kind, as they are."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        kind = declarations.of(key)
        if kind is None:
            raise Http404
        page = Paginator(reading.rows(kind, self.subject), PER_PAGE).get_page(request.GET.get("page"))
        rows = [list(reading.told(kind, row)) for row in page]
        if not rows:
            raise Http404
        return self.page("kind", kind=kind, rows=rows, page=page)


class Copy(AboutMe):
    """The button for a copy; pressed twice, one is made."""

    def post(self, request: HttpRequest) -> HttpResponse:
        copy = copies.ask(self.subject, language=get_language() or self.subject.language)
        if copy.ready_at:
            messages.info(request, _("Your last copy is less than a day old: the link to it is in your mail."))
        else:
            messages.success(request, _("A copy is being made. A mail with a link comes within a few minutes."))
        return redirect(self.place("data"))


class Erase(AboutMe):
    """What goes and what stays, then the button."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.asked(ErasingForm(emails=(self.subject.email, *self.subject.emails)))

    def post(self, request: HttpRequest) -> HttpResponse:
        subject = self.subject
        form = ErasingForm(request.POST, emails=(subject.email, *subject.emails))
        if not form.is_valid():
            return self.asked(form)
        how = Erasure.How.PERSON if subject.user else Erasure.How.MAILBOX
        language = get_language() or subject.language
        try:
            erasure = erasing.erase(subject, how=how, language=language)
        except erasing.StaffError:
            return self.asked(form, status=409)
        logout(request)
        request.session[DONE] = str(erasure.uuid)
        return redirect("accounts:data_erased")

    def asked(self, form: ErasingForm, status: int = 200) -> HttpResponse:
        return self.page("erase", status=status, form=form, **erasing.preview(self.subject))


class MyData(OfAccount, Overview): ...


class MyKind(OfAccount, Kind): ...


@method_decorator(_WHO_IS_THERE, name="dispatch")
class MyCopy(OfAccount, Copy): ...


@method_decorator(_WHO_IS_THERE, name="dispatch")
class MyErase(OfAccount, Erase): ...


class GuestData(OfGuest, Overview): ...


class GuestKind(OfGuest, Kind): ...


class GuestCopy(OfGuest, Copy): ...


class GuestErase(OfGuest, Erase): ...


@never_cache
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """The certificate: what went, what stays and why; for this browser until it is closed."""
    number = request.session.get(DONE)
    erasure = Erasure.objects.filter(uuid=number).first() if number else None
    parts = {"removed": [], "kept": []} if erasure is None else {
        "removed": reading.parts(erasure.removed), "kept": reading.parts(erasure.kept),
    }  # fmt: skip
    return render(request, "accounts/personal_data/erased.html", {"erasure": erasure, **parts})

"""Where members make, change, renew and withdraw what their organisation offers and seeks, and where the mail leads."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.users.models import User
from partners.exchange import publishing, reminders
from partners.exchange.forms import NoticeForm
from partners.exchange.models import Notice, usual_end
from partners.members import rules
from partners.members.views import crumbs
from partners.organisations.models import Organisation

View = Callable[[HttpRequest, Notice], HttpResponse]


def members_only(view: View) -> Callable[..., HttpResponse]:
    """For a view of one that is neither withdrawn nor of an organisation that somebody else manages."""

    @never_cache
    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, pk: int) -> HttpResponse:
        managed = Organisation.objects.managed_by(cast(User, request.user))
        found = Notice.objects.with_facts().filter(pk=pk, organisation__in=managed.order_by().values("pk")).first()
        if found is None:
            raise Http404
        if found.is_withdrawn:
            messages.info(request, gettext("It was withdrawn before. Make a new one if you need it again."))
            return redirect("partners:manage", slug=found.organisation.slug)
        return view(request, found)

    return wrapped


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new one of one's own organisation."""
    organisation = rules.managed(request.user, slug)
    form = NoticeForm(request.POST if request.method == "POST" else None, instance=Notice(organisation=organisation))
    if form.is_valid() and _published(form, by=cast(User, request.user)):
        messages.success(request, _saved(organisation))
        return redirect("partners:manage", slug=slug)
    return _page(request, organisation, form, gettext("A new offer or request"))


def _saved(organisation: Organisation) -> str:
    if organisation.status == Organisation.Status.LISTED:
        return gettext("It is published: visitors see it from now on.")
    return gettext("It is saved. Visitors see it once your organisation is in the directory.")


def _published(form: NoticeForm, *, by: User) -> bool:
    try:
        publishing.publish(form.instance, terms=form.chosen_terms, by=by)
    except publishing.TooManyError:
        form.add_error(None, gettext("Your organisation has many offers and requests already. Withdraw one first."))
    except publishing.TooManyTodayError:
        said = gettext(
            "Your organisation published %(number)d in 24 hours, the most. Nothing is lost: come back tomorrow."
        )
        form.add_error(None, said % {"number": publishing.MOST_A_DAY})
    return not form.errors


@members_only
def change(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Other words, terms, place, call or last day."""
    form = NoticeForm(request.POST if request.method == "POST" else None, instance=notice)
    if form.is_valid():
        try:
            publishing.change(form.instance, terms=form.chosen_terms)
        except publishing.WithdrawnError:
            form.add_error(None, gettext("Somebody withdrew it meanwhile. Make a new one if you need it again."))
        else:
            messages.success(request, gettext("The changes are saved."))
            return redirect("partners:manage", slug=notice.organisation.slug)
    return _page(request, notice.organisation, form, gettext("Change the offer or request"))


@members_only
def withdraw(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Asks once, then nobody sees it any more."""
    if request.method == "POST":
        publishing.withdraw(notice)
        messages.success(request, gettext("“%(title)s” is withdrawn.") % {"title": notice.title})
        return redirect("partners:manage", slug=notice.organisation.slug)
    facts = {"notice": notice, "crumbs": crumbs(notice.organisation)}
    return render(request, "partners/exchange/withdraw.html", facts)


@members_only
def renew(request: HttpRequest, notice: Notice) -> HttpResponse:
    """The same page that the mail leads to, for who is signed in."""
    return redirect("exchange:renew_by_mail", token=reminders.token_of(notice))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing; the button renews for three months, once."""
    known = reminders.notice_of(token)
    if known is None or known[0].organisation.status != Organisation.Status.LISTED:
        return render(request, "partners/exchange/renew_unknown.html", status=404)
    found, shown = known
    if request.method == "POST":
        try:
            publishing.renew(found, shown=shown)
        except publishing.WithdrawnError:
            return _renew_page(request, found, shown, status=410)
        return redirect("exchange:renew_by_mail", token=token)
    return _renew_page(request, found, shown, status=410 if found.is_withdrawn else 200)


def _renew_page(request: HttpRequest, notice: Notice, told: object, *, status: int) -> HttpResponse:
    facts = {"notice": notice, "is_open": notice.until == told and notice.can_be_renewed, "until": usual_end()}
    return render(request, "partners/exchange/renew.html", facts, status=status)


def _page(request: HttpRequest, organisation: Organisation, form: NoticeForm, heading: str) -> HttpResponse:
    facts = {"organisation": organisation, "form": form, "heading": heading, "crumbs": crumbs(organisation)}
    return render(request, "partners/exchange/form.html", facts, status=422 if form.errors else 200)

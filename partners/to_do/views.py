"""What waits for staff about organisations, and the likely duplicates among which they decide."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from accounts.day.work import counted
from accounts.users.models import User
from hub.changes.headers import header
from partners.duplicates.deciding import say
from partners.duplicates.models import LikelyPair
from partners.members.rules import is_staff
from partners.organisations.models import Organisation
from partners.to_do.work import about_organisations

PER_PAGE = 20


@require_safe
def to_do(request: HttpRequest) -> HttpResponse:
    """All kinds with their numbers; below them the likely duplicates, or those that staff said are two."""
    _staff(request)
    decided = "decided" in request.GET
    pairs = LikelyPair.objects.select_related(
        *("first__sector", "first__country", "second__sector", "second__country", "two_by")
    )
    shown = pairs.filter(two_at__isnull=False).order_by("-two_at", "-pk") if decided else pairs.undecided()
    facts = {
        **header(gettext("What needs doing"), icon="tasks", of=gettext("Organisations")),
        "work": counted(about_organisations()),
        "decided": decided,
        "page_obj": Paginator(shown, PER_PAGE).get_page(request.GET.get("p")),
        "edit_url": Organisation.snippet_viewset.get_url_name("edit"),
        "to_do_url": reverse("partners_admin_to_do"),
    }
    return render(request, "partners/admin/to_do.html", facts)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """They are two; or, taken back, they are asked about again. Sent twice it is once."""
    user = _staff(request)
    pair = get_object_or_404(LikelyPair, pk=pk)
    two = request.POST.get("two") == "1"
    say(pair, two=two, by=user)
    said = (
        gettext("Nobody is asked about these two again.") if two else gettext("They are among the likely duplicates.")
    )
    messages.success(request, said)
    return redirect(f"{reverse('partners_admin_to_do')}{'' if two else '?decided'}#duplicates")


def _staff(request: HttpRequest) -> User:
    if not is_staff(request.user):
        raise PermissionDenied
    return cast(User, request.user)


class ToDoMenuItem(MenuItem):
    """The entry of the menu, for those who edit organisations."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_staff(request.user)


def menu_item() -> MenuItem:
    """First below Partners."""
    return ToDoMenuItem(_("What needs doing"), reverse("partners_admin_to_do"), icon_name="tasks", order=0)


urlpatterns: list[URLPattern] = [
    path("partners/to-do/", to_do, name="partners_admin_to_do"),
    path("partners/to-do/<int:pk>/", decide, name="partners_admin_decide_pair"),
]

"""Where staff see which cited records changed, and cite one as it is now."""

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

from accounts.users.models import User
from hub.changes.headers import header
from learning.notes import citing, stirred
from learning.notes.models import Citation
from learning.questions.rules import is_staff

PER_PAGE = 20


@require_safe
def changed(request: HttpRequest) -> HttpResponse:
    """The notes that cite what has changed since, each with these records."""
    if not is_staff(request.user):
        raise PermissionDenied
    page_obj = Paginator(stirred.stirred(), PER_PAGE).get_page(request.GET.get("p"))
    facts = {
        **header(gettext("Cited records that changed"), icon="doc-full-inverse", of=gettext("Policy notes")),
        "page_obj": page_obj,
        "notes": [(each, each.page.permissions_for_user(request.user).can_publish()) for each in page_obj],
    }
    return render(request, "learning/admin/stirred.html", facts)


@require_POST
def cite_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """The note cites the record as it is now; for who may publish the note. Sent twice it is once."""
    citation = get_object_or_404(Citation.objects.select_related("page"), pk=pk)
    user = request.user
    if not isinstance(user, User) or not citation.page.permissions_for_user(user).can_publish():
        raise PermissionDenied
    if citing.cite_anew(citation, by=user):
        messages.success(request, gettext("The note cites it as it is now. What it cited before is kept."))
    else:
        messages.error(
            request, gettext("Nothing was changed: it was cited anew before, or nobody can read it any more.")
        )
    return redirect("learning_admin_stirred")


class StirredMenuItem(MenuItem):
    """The entry of the menu."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_staff(request.user)


def menu_item() -> MenuItem:
    """Below Learning."""
    label = _("Cited records that changed")
    return StirredMenuItem(label, reverse("learning_admin_stirred"), icon_name="doc-full-inverse", order=900)


urlpatterns: list[URLPattern] = [
    path("learning/notes/changed/", changed, name="learning_admin_stirred"),
    path("learning/notes/citations/<int:pk>/anew/", cite_anew, name="learning_admin_cite_anew"),
]

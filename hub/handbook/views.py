"""The handbook in the admin, in the language of who reads it."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem

from hub.handbook import chapters


@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    """All of it on one page; by `?language=` in another language that it is written in."""
    written = chapters.languages()
    wanted = [request.GET.get("language", ""), get_language() or "", chapters.WRITTEN_IN]
    language = next(each for each in wanted if each in written)
    facts = {"handbook": chapters.handbook(language), "others": [each for each in written if each != language]}
    return render(request, "hub/admin/handbook.html", facts)


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """One of its pictures; nothing else of the folder's neighbours."""
    file = chapters.PICTURES / f"{name}.png"
    if not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="image/png")


def menu_item() -> MenuItem:
    """In the admin's help."""
    return MenuItem(_("Handbook"), reverse("hub_handbook"), icon_name="help", order=100)


urlpatterns: list[URLPattern] = [
    path("handbook/", handbook, name="hub_handbook"),
    path("handbook/pictures/<slug:name>.png", picture, name="hub_handbook_picture"),
]

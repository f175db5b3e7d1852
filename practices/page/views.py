from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.public_forms.throttling import allow_act
from hub.pages.renaming import follows_renaming
from practices.choosing.shortlist import open_shortlist
from practices.context.words import fits
from practices.page import contact_owner
from practices.page.forms import QuestionForm
from practices.page.presentation import open_page
from practices.page.structured_data import json_ld
from practices.practice.mailbox import mailbox
from practices.practice.models.practice import ONE_OF, Practice, PracticeQuerySet
from practices.practice.presentation import foreign_name, text_for


@require_safe
@follows_renaming(Practice.objects.public)
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """One published practice."""
    found = get_object_or_404(_published().select_related("picture"), slug=slug)
    own = {"shortlist": open_shortlist(request), "fit": fits(request, [found.pk]).get(found.pk)}
    return render(request, "practices/practice.html", page_context(found) | own)


@require_http_methods(["GET", "HEAD", "POST"])
@follows_renaming(Practice.objects.public)
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to whoever answers for a practice; the address that it goes to is never shown."""
    found = get_object_or_404(_published(), slug=slug)
    if not mailbox(found):
        raise Http404
    form = QuestionForm(request.POST or None, initial=_asker(request))
    if request.method == "POST" and form.is_valid():
        if allow_act(request, f"practice:{found.pk}", person=form.cleaned_data["email"], act=form.act):
            fields = ("name", "email", "organisation", "question")
            asked = {name: form.cleaned_data[name] for name in fields}
            contact_owner.ask(found, language=get_language() or "", **asked)
            return redirect("practices:asked", slug=slug)
        form.add_error(None, gettext("Many questions came from your network. Please try again in an hour."))
    return render(request, "practices/ask.html", _about(found) | {"form": form}, status=422 if form.errors else 200)


@require_safe
@follows_renaming(Practice.objects.public)
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """Says that the question is on its way."""
    return render(request, "practices/asked.html", _about(get_object_or_404(_published(), slug=slug)))


def page_context(practice: Practice) -> dict[str, object]:
    """What the template of a practice gets, in the library as in the preview."""
    page = open_page(practice)
    here = {"title": page.title, "url": "", "language": page.language if page.language_name else ""}
    return {
        "page": page,
        "practice": practice,
        "can_ask": bool(mailbox(practice)),
        "canonical_url": page.canonical_url,
        "alternates": page.alternates,
        "json_ld": json_ld(page),
        "crumbs": [_library_crumb(), here],
    }


def _published() -> PracticeQuerySet:
    return Practice.objects.public().select_related(*ONE_OF, "owner")


def _asker(request: HttpRequest) -> dict[str, str]:
    user = request.user
    return {"name": user.get_full_name(), "email": user.email} if user.is_authenticated else {}


def _library_crumb() -> dict[str, str]:
    return {"title": gettext("Practices"), "url": reverse("practices:library")}


def _about(practice: Practice) -> dict[str, object]:
    text = text_for(practice.texts.all(), get_language() or "", practice.original_language)
    title = text.title if text else practice.slug
    foreign = text.language if text and foreign_name(text) else ""
    crumbs = [_library_crumb(), {"title": title, "url": practice.get_absolute_url(), "language": foreign}]
    return {
        "practice": practice,
        "text": text,
        "title": title,
        "crumbs": [*crumbs, {"title": gettext("Ask"), "url": ""}],
    }

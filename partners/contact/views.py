"""The form that writes to an organisation."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.public_forms.throttling import allow_act
from accounts.users.models import User
from hub.pages.renaming import follows_renaming
from partners.contact import writing
from partners.contact.forms import MessageForm
from partners.organisations.models import Organisation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@follows_renaming(Organisation.objects.public)
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to an organisation of the directory; nobody sees where it goes."""
    organisation = get_object_or_404(Organisation.objects.public(), slug=slug)
    if not writing.receivers(organisation):
        raise Http404
    user = request.user if isinstance(request.user, User) else None
    known = {"name": user.get_full_name(), "email": user.email} if user else {}
    form = MessageForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        if allow_act(request, f"organisation:{organisation.pk}", person=form.cleaned_data["email"], act=form.act):
            words = {name: form.cleaned_data[name] for name in ("name", "email", "message")}
            writing.write(organisation, language=get_language() or settings.LANGUAGE_CODE, by=user, **words)
            return redirect("partners:written", slug=slug)
        form.add_error(None, gettext("Many messages came from your network. Please try again in an hour."))
    facts = _about(organisation) | {"form": form}
    return render(request, "partners/contact/write.html", facts, status=422 if form.errors else 200)


@require_safe
@follows_renaming(Organisation.objects.public)
def written(request: HttpRequest, slug: str) -> HttpResponse:
    """Says that the message is on its way."""
    organisation = get_object_or_404(Organisation.objects.public(), slug=slug)
    return render(request, "partners/contact/written.html", _about(organisation))


def _about(organisation: Organisation) -> dict[str, object]:
    directory = {"title": gettext("Partners"), "url": reverse("partners:directory")}
    page = {"title": organisation.name, "url": organisation.get_absolute_url()}
    return {"organisation": organisation, "crumbs": [directory, page]}

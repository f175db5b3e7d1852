"""The form that writes to an organisation."""

from collections.abc import Callable
from functools import partial

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
from partners.contact.receivers import receivers
from partners.organisations.models import Organisation


def message_form(request: HttpRequest) -> MessageForm:
    """The form as it was sent, or with what is known of who is signed in."""
    user = request.user
    known = {"name": user.get_full_name(), "email": user.email} if isinstance(user, User) else {}
    return MessageForm(request.POST if request.method == "POST" else None, initial=known)


def is_sent(request: HttpRequest, form: MessageForm, write: Callable[..., None], *, about: str) -> bool:
    """Whether the message of the form is on its way now; what stands against it stands in the form."""
    if not form.is_valid():
        return False
    if not allow_act(request, about, person=form.cleaned_data["email"], act=form.act):
        form.add_error(None, gettext("Many messages came from your network. Please try again in an hour."))
        return False
    words = {name: form.cleaned_data[name] for name in ("name", "email", "message")}
    by = request.user if isinstance(request.user, User) else None
    write(language=get_language() or settings.LANGUAGE_CODE, by=by, **words)
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@follows_renaming(Organisation.objects.public)
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to an organisation of the directory; nobody sees where it goes."""
    organisation = get_object_or_404(Organisation.objects.public(), slug=slug)
    if not receivers(organisation):
        raise Http404
    form = message_form(request)
    if is_sent(request, form, partial(writing.write, organisation), about=f"organisation:{organisation.pk}"):
        return redirect("partners:written", slug=slug)
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

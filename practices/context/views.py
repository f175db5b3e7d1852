"""The page on which a reader says what their situation is, and takes it back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.public_forms.throttling import HOUR, allow_visitor
from accounts.signing_in.keeping_times import SESSIONS
from practices.context import remembering
from practices.context.forms import SituationForm
from practices.context.keeping_times import SITUATIONS
from practices.context.words import in_words

_CHANGES_PER_HOUR = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_situation(request: HttpRequest) -> HttpResponse:
    """Say it, or change it; nothing that is asked must be answered."""
    said = remembering.open_situation(request)
    form = SituationForm(request, said=said)
    if request.method == "POST" and form.is_valid():
        if allow_visitor(request, "situation", limit=_CHANGES_PER_HOUR, per=HOUR):
            return _saved(request, form)
        form.add_error(None, _("That was asked very often in a short time. Wait an hour and send it again."))
    context = {
        "form": form,
        "said": in_words(said),
        "days_of_sessions": SESSIONS.days,
        "days_of_accounts": SITUATIONS.days,
        "crumbs": [
            {"title": _("Practices"), "url": reverse("practices:library")},
            {"title": _("My situation"), "url": ""},
        ],
    }
    return render(request, "practices/my_situation.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget it, with one press; sent again it does nothing more."""
    remembering.forget(request)
    messages.success(request, _("What you said of your situation is forgotten."))
    return redirect("practices:situation")


def _saved(request: HttpRequest, form: SituationForm) -> HttpResponse:
    remembering.remember(request, situation=form.situation)
    if not form.situation:
        messages.success(request, _("You said nothing of your situation, so nothing is kept."))
        return redirect("practices:situation")
    messages.success(request, _("Each practice now shows what fits your situation, what does not and what is unknown."))
    by_fit = f"{reverse('practices:library')}?{urlencode({'sort': 'context'})}"
    return redirect(form.cleaned_data["next"] or by_fit)

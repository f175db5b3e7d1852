from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.public_forms import throttling
from accounts.users.models import User
from calls.chain.models import Call
from calls.pages.call_calendars import call_pages
from calls.questions import answering
from calls.questions.forms import AskForm
from notifications.subscriptions.links import CONFIRM_DAYS


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _around(call: Call) -> dict[str, Any]:
    """The call with its words in the reader's language."""
    page = call_pages([call], _language()).get(call.pk)
    title = page.title if page else str(call.title)
    steps = [page.get_parent(), page] if page else []
    crumbs = [{"title": step.title, "url": step.url} for step in steps]
    return {"call": call, "call_page": page, "call_title": title, "crumbs": crumbs}


@method_decorator(never_cache, name="dispatch")
class AskView(View):
    """A question about a call: no account, no puzzle, and an address only for who wants to hear."""

    call: Call

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.call = get_object_or_404(Call.objects.public().with_chain(), pk=kwargs["call_id"])

    def get(self, request: HttpRequest, call_id: int) -> HttpResponse:
        if not answering.takes_questions(self.call):
            return self._closed()
        user = request.user if isinstance(request.user, User) else None
        return self._page(AskForm(initial={"email": user.email} if user else {}))

    def post(self, request: HttpRequest, call_id: int) -> HttpResponse:
        form = AskForm(request.POST)
        if not answering.takes_questions(self.call):
            return self._closed(form)
        if not form.is_valid():
            return self._page(form)
        person = form.address or form.cleaned_data["name"]
        if not throttling.allow_act(request, "question", person=person, act=form.act | {"call": call_id}):
            form.add_error(None, _("You asked several questions just now. Nothing is lost: try again in an hour."))
            return self._page(form, status=429)
        try:
            answering.ask(
                call=self.call,
                words=form.cleaned_data["question"],
                language=_language(),
                name=form.cleaned_data["name"],
                email=form.address,
                consent=form.consent,
                by=request.user if isinstance(request.user, User) else None,
            )
        except answering.CallClosedError:
            return self._closed(form)
        told = "?tell=1" if form.address else ""
        return redirect(f"{reverse('calls:question_asked', args=[self.call.pk])}{told}")

    def _page(self, form: AskForm, status: int = 200) -> HttpResponse:
        return render(self.request, "calls/questions_ask.html", _around(self.call) | {"form": form}, status=status)

    def _closed(self, form: AskForm | None = None) -> HttpResponse:
        """Said clearly; what somebody wrote is shown again, so that it can be copied."""
        typed = form.data.get("question", "") if form else ""
        context = _around(self.call) | {"typed": typed}
        return render(self.request, "calls/questions_closed.html", context, status=409 if form else 200)


@never_cache
@require_safe
def asked(request: HttpRequest, call_id: int) -> HttpResponse:
    """The question is with the centre; what happens next."""
    call = get_object_or_404(Call.objects.public(), pk=call_id)
    context = _around(call) | {"tell": "tell" in request.GET, "days": CONFIRM_DAYS}
    return render(request, "calls/questions_asked.html", context)

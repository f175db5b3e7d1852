"""Where somebody sees what they submitted, where it is, and takes it back; and where an owner proposes an update."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.profile import next_steps
from accounts.profile.next_steps import Deed, Done, Step
from hub.pages.renaming import follows_renaming
from practices.contributing import submission as verbs
from practices.contributing.forms import LanguageForm
from practices.contributing.rules import update_offer
from practices.contributing.views import STARTS_PER_HOUR, crumbs, may, own, signed_in, told, too_many_drafts
from practices.practice.models.practice import Practice
from practices.submissions.models import Submission


@never_cache
@login_required
@require_safe
def submissions(request: HttpRequest) -> HttpResponse:
    """Everything that this person began or sent."""
    rows = Submission.objects.of(signed_in(request)).select_related("practice")
    return render(request, "practices/submissions.html", {"submissions": rows, "crumbs": crumbs()[:1]})


@never_cache
@login_required
@require_safe
def submission(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where one of them is, and how it came there."""
    found = own(request, uuid)
    if found.is_draft:
        return redirect("practices:submit_check", uuid=uuid)
    facts = {
        "submission": found,
        "events": found.events.all(),
        "question": found.events.filter(what="question").last(),
        "files": found.files.all(),
        "crumbs": crumbs(),
        "steps": _next_steps(request) if found.status == Submission.Status.SUBMITTED else [],
    }
    return render(request, "practices/submission.html", facts)


@never_cache
@login_required
@require_safe
def given_answers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What this person sent, question by question, as long as it is kept; nobody else's is found."""
    found = own(request, uuid)
    if found.is_draft:
        return redirect("practices:submit_check", uuid=uuid)
    here = {"title": str(found), "url": reverse("practices:submission", args=[uuid])}
    facts = {
        "submission": found,
        "steps": told(found) if found.answers else [],
        "files": found.files.all(),
        "crumbs": crumbs(here),
    }
    return render(request, "practices/given_answers.html", facts)


def _next_steps(request: HttpRequest) -> list[Step]:
    """What is open to somebody whose practice is with the centre now."""
    return next_steps.after(Done(Deed.PRACTICE, (), signed_in(request), get_language() or settings.LANGUAGE_CODE))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Asks once; then a draft is deleted, and what was sent is taken out of the review."""
    found = own(request, uuid)
    if not (found.is_draft or found.is_under_review):
        return redirect("practices:submission", uuid=uuid)
    if request.method != "POST":
        return render(request, "practices/withdraw.html", {"submission": found, "crumbs": crumbs()})
    if verbs.withdraw(found):
        words = _("The draft is deleted.") if found.is_draft else _("It is withdrawn; nobody reviews it any more.")
        messages.success(request, words)
    return redirect("practices:submissions")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@follows_renaming(Practice.objects.public)
def propose_update(request: HttpRequest, slug: str) -> HttpResponse:
    """The owner begins to change a published practice; its page stays as it is until that is reviewed."""
    user = signed_in(request)
    practice = get_object_or_404(Practice.objects.public().select_related("owner"), slug=slug)
    offer = update_offer(user, practice)
    if offer is None:
        raise Http404
    facts = {"practice": practice, "offer": offer, "crumbs": crumbs()[:1]}
    form = LanguageForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "practices/propose_update.html", facts | {"form": form})
    if not form.is_valid():
        return render(request, "practices/propose_update.html", facts | {"form": form}, status=422)
    if not may(request, "submit", STARTS_PER_HOUR):
        form.add_error(None, _("You began many practices just now. Please try again in an hour."))
        return render(request, "practices/propose_update.html", facts | {"form": form}, status=429)
    try:
        begun = verbs.start_update(user=user, practice=practice, language=form.cleaned_data["language"])
    except verbs.TooManyDraftsError:
        form.add_error(None, too_many_drafts())
        return render(request, "practices/propose_update.html", facts | {"form": form}, status=409)
    except verbs.BusyError:
        facts["offer"] = update_offer(user, practice) or offer
        return render(request, "practices/propose_update.html", facts | {"form": form}, status=409)
    return redirect("practices:submit_step", uuid=begun.uuid, number=1)

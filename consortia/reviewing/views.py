"""What a reviewer finds under "my page": the declared consortia of a call, and one of them."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.users.models import User
from consortia.conflicts.forms import StateForm
from consortia.conflicts.reading import Reading, reading, state
from consortia.conflicts.words import reason
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.consortium.ways import my_page
from consortia.interest.emails import call_words
from consortia.outcomes.models import Release
from consortia.reviewers.access import reviewed, seat_for, seat_in
from consortia.reviewers.models import Reviewer
from consortia.reviewers.ways import crumbs
from consortia.reviewing import judging
from consortia.reviewing.forms import JudgementForm
from consortia.reviewing.models import Criterion
from consortia.reviewing.progress import lines
from consortia.sign_off import text, versions
from hub.dates.words import moment

_CONSORTIA = 25


@never_cache
@login_required
@require_safe
def reviews(request: HttpRequest, call_id: int) -> HttpResponse:
    """All of a call by name, with how far each is."""
    own = seat_in(cast(User, request.user), call_id)
    page = Paginator(reviewed(own.call), _CONSORTIA).get_page(request.GET.get("page"))
    context = {
        "call": call_words(own.call, _language()),
        "call_id": call_id,
        "own": own,
        "page_obj": page,
        "lines": lines(own, list(page)),
        "released": Release.objects.filter(call=call_id).first(),
        "crumbs": [my_page()],
    }
    return render(request, "consortia/reviewing/reviews.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The names and what stands in the way, or all of it with the own judgement."""
    own, found = seat_for(cast(User, request.user), uuid)
    now = reading(own, found)
    if not now.may_read:
        return _names(request, own, found, now)
    return _judgement(request, own, found)


def _names(request: HttpRequest, own: Reviewer, found: Consortium, now: Reading) -> HttpResponse:
    """No more than names; says what is known, and asks for what is not."""
    came_too_late = request.POST.get("answer") in {"save", "hand_in"}
    form = StateForm(request.POST if request.method == "POST" and not came_too_late else None)
    if form.is_valid():
        state(own, found, reason=form.cleaned_data["reason"])
        messages.success(request, gettext("What you said is on record."))
        return redirect(request.path)
    members = text.lines(versions.latest(found).text)["members"]
    context = _around(own, found) | {
        "partners": [each["name"] for each in members],
        "reasons": [(reason(each), each.lifting) for each in now.conflicts],
        "is_blocked": now.is_blocked,
        "has_stated": now.has_stated,
        # A judgement was sent, and a conflict or another text came in between.
        "came_too_late": came_too_late,
        "form": form,
    }
    status = 422 if form.errors or came_too_late else 200
    return render(request, "consortia/reviewing/names.html", context, status=status)


def _judgement(request: HttpRequest, own: Reviewer, found: Consortium) -> HttpResponse:
    if request.method == "POST" and request.POST.get("answer") == "conflict":
        return _conflict_now(request, own, found)
    judgement = judging.own(own, found)
    posted = request.POST if request.method == "POST" else None
    form = JudgementForm(posted, criteria=list(Criterion.objects.filter(call=found.call_id)), judgement=judgement)
    if form.is_valid() and _saved(request, own, found, form):
        return redirect(request.path)
    version = versions.latest(found)
    has_handed_in = judging.has_handed_in(judgement, found)
    context = _around(own, found) | {
        "text": text.lines(version.text),
        "judgement": judgement,
        "has_handed_in": has_handed_in,
        # Of which version a judgement was handed in that counts no more.
        "of_before": judgement.version if judgement and judgement.handed_in_at and not has_handed_in else 0,
        "marks": judgement.marks.all() if judgement else [],
        "refusal": judging.refusal(own, found),
        "form": form,
        "state_form": StateForm(),
    }
    return render(request, "consortia/reviewing/review.html", context, status=422 if form.errors else 200)


def _conflict_now(request: HttpRequest, own: Reviewer, found: Consortium) -> HttpResponse:
    """Somebody who reads already finds a conflict: from then on no more than names."""
    form = StateForm(request.POST)
    if form.is_valid():
        state(own, found, reason=form.cleaned_data["reason"])
        messages.success(request, gettext("What you said is on record."))
    else:
        messages.error(request, gettext("Say in a few words which conflict you have."))
    return redirect(request.path)


def _saved(request: HttpRequest, own: Reviewer, found: Consortium, form: JudgementForm) -> bool:
    hand_in = request.POST.get("answer") == "hand_in"
    try:
        judging.save(own, found, form.said, seen=form.cleaned_data["seen"], hand_in=hand_in)
    except RefusedError as refused:
        form.add_error(None, str(refused))
    except judging.ChangedError as changed:
        said = gettext(
            "You saved this judgement elsewhere meanwhile (%(at)s). Nothing of yours is lost: send it again and what "
            "stands below takes its place."
        )
        form.add_error(None, said % {"at": moment(changed.judgement.changed_at)})
        form.show_again(changed.judgement.revision)
    else:
        done = gettext("Your judgement is handed in.") if hand_in else gettext("Your draft is saved. Only you see it.")
        messages.success(request, done)
    return not form.errors


def _around(own: Reviewer, found: Consortium) -> dict[str, Any]:
    return {
        "own": own,
        "consortium": found,
        "call": call_words(found.call, _language()),
        "crumbs": crumbs(found.call_id),
    }


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE

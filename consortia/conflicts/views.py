"""The conflicts of a call's reviewers, for its chairs, who lift one with a reason."""

from collections.abc import Collection
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.users.models import User
from consortia.conflicts import lifting
from consortia.conflicts.computing import Conflict, conflicts
from consortia.conflicts.forms import LiftForm
from consortia.conflicts.words import reason
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.interest.emails import call_words
from consortia.reviewers.access import reviewed, seat_for, seat_in
from consortia.reviewers.models import Reviewer
from consortia.reviewers.ways import crumbs
from hub.dates.words import day

_CONSORTIA = 25


@never_cache
@login_required
@require_safe
def review_conflicts(request: HttpRequest, call_id: int) -> HttpResponse:
    """Who has which conflict with which consortium, lifted ones with their reason."""
    user = cast(User, request.user)
    own = seat_in(user, call_id)
    if not own.is_chair:
        raise PermissionDenied
    reviewers = {each.pk: each for each in Reviewer.objects.active().filter(call=call_id).select_related("user")}
    page = Paginator(reviewed(own.call), _CONSORTIA).get_page(request.GET.get("page"))
    found = conflicts(own.call, reviewers.values(), list(page))
    rows = [
        _row(own, consortium, [(reviewers[key], of) for (key, about), of in found.items() if about == consortium.pk])
        for consortium in page
    ]
    context = {
        "call": call_words(own.call, get_language() or "en"),
        "rows": rows,
        "page_obj": page,
        "crumbs": crumbs(call_id),
    }
    return render(request, "consortia/reviewing/conflicts.html", context)


def _row(
    own: Reviewer, consortium: Consortium, found: Collection[tuple[Reviewer, list[Conflict]]]
) -> tuple[Consortium, bool, list[tuple[Reviewer, Conflict, str, str, bool]]]:
    """Whether a conflict keeps the chair away, who then sees the own ones alone; and what there is, with its key."""
    is_blocked = any(each.blocks for reviewer, of in found if reviewer.pk == own.pk for each in of)
    told = [
        (reviewer, each, reason(each), lifting.key(each), reviewer.pk != own.pk)
        for reviewer, of in found
        if reviewer.pk == own.pk or not is_blocked
        for each in of
    ]
    return consortium, is_blocked, told


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lift_conflict(request: HttpRequest, uuid: UUID, reviewer: int, conflict: str) -> HttpResponse:
    """Asks for the reason, then that one conflict blocks no more; tells nothing of it to who must not lift it."""
    user = cast(User, request.user)
    own, consortium = seat_for(user, uuid)
    if not own.is_chair:
        raise PermissionDenied
    other = get_object_or_404(Reviewer.objects.active().filter(call=consortium.call_id), pk=reviewer)
    if refusal := lifting.refusal(other, consortium, by=user):
        messages.error(request, refusal)
        return redirect("consortia:review_conflicts", call_id=consortium.call_id)
    found = conflicts(consortium.call, [other], [consortium]).get((other.pk, consortium.pk), [])
    about = next((each for each in found if lifting.key(each) == conflict), None)
    if about is None:
        raise Http404
    form = LiftForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            lifting.lift(other, consortium, about, reason=form.cleaned_data["reason"], by=user)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("The conflict is lifted; the reason is on record."))
            return redirect("consortia:review_conflicts", call_id=consortium.call_id)
    context = {
        "form": form,
        "consortium": consortium,
        "reviewer": other,
        "reason": reason(about),
        "lifted": about.lifting,
        "lifted_on": day(about.lifting.at) if about.lifting else "",
        "back": reverse("consortia:review_conflicts", args=[consortium.call_id]),
        "crumbs": crumbs(consortium.call_id),
    }
    return render(request, "consortia/reviewing/lift.html", context, status=422 if form.errors else 200)

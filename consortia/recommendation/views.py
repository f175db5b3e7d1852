"""The judgements of one consortium beside each other; a chair settles there."""

from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.users.models import User
from consortia.conflicts.reading import demand
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.interest.emails import call_words
from consortia.outcomes import shown
from consortia.recommendation import settling
from consortia.recommendation.forms import SettleForm
from consortia.recommendation.side_by_side import table
from consortia.reviewers.access import seat_for
from consortia.reviewers.models import Reviewer
from consortia.reviewers.ways import crumbs
from consortia.reviewing.models import Judgement
from hub.dates.words import moment


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def side_by_side(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For chairs, and for reviewers once they handed theirs in; refused to who may see no more than names."""
    own, found = seat_for(cast(User, request.user), uuid)
    demand(own, found)
    has_handed_in = Judgement.objects.handed_in().of_what_stands().filter(reviewer=own, consortium=found).exists()
    if not own.is_chair and (request.method == "POST" or not has_handed_in):
        raise PermissionDenied
    outcome = (settling.stands(found) or shown.outcome(found)) if own.is_chair else None
    form = SettleForm(request.POST if request.method == "POST" else None, outcome=outcome)
    if form.is_valid() and _settled(request, own, found, form):
        return redirect("consortia:reviews", call_id=found.call_id)
    context = {
        "own": own,
        "consortium": found,
        "call": call_words(found.call, get_language() or settings.LANGUAGE_CODE),
        "table": table(found),
        "outcome": outcome,
        "refusal": settling.refusal(own, found) if own.is_chair else "",
        "form": form,
        "crumbs": [
            *crumbs(found.call_id),
            {"title": found.name, "url": reverse("consortia:review", args=[found.uuid])},
        ],
    }
    return render(request, "consortia/reviewing/side_by_side.html", context, status=422 if form.errors else 200)


def _settled(request: HttpRequest, own: Reviewer, found: Consortium, form: SettleForm) -> bool:
    try:
        settling.settle(own, found, form.settled, seen=form.cleaned_data["seen"])
    except RefusedError as refused:
        form.add_error(None, str(refused))
    except settling.ChangedError as changed:
        stands = changed.outcome
        said = gettext(
            "%(person)s settled it while you were writing (%(at)s): %(outcome)s. Nothing of yours is lost: send it "
            "again and yours takes its place."
        )
        person = stands.settled_by.get_full_name() if stands.settled_by else gettext("somebody")
        told = {"person": person, "at": moment(stands.settled_at), "outcome": stands.get_verdict_display()}
        form.add_error(None, said % told)
        form.show_again(stands.revision)
    else:
        messages.success(request, gettext("The outcome is settled. Partners see nothing before the release."))
    return not form.errors

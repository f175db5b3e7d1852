"""Where those who lead choose what the centre sees."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.users.models import User
from consortia.consortium.acting import actor, seen_by
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.consortium.stale import ChangedError
from consortia.consortium.ways import crumbs
from consortia.sharing import setting
from consortia.sharing.forms import ShareForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For all in the consortium to read; only owners of the lead find a button."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    form = ShareForm(request.POST if request.method == "POST" else None, stands=found.shown_to_centre)
    if form.is_valid():
        chosen = Consortium.Shown(form.cleaned_data["shown"])
        try:
            setting.share(found, shown=chosen, seen=form.cleaned_data["seen"], by=user)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        except ChangedError as changed:
            found.refresh_from_db()
            form.add_error(None, str(changed))
            form.show_again(found.shown_to_centre)
        else:
            messages.success(request, gettext("What the centre sees is changed."))
            return redirect(found)
    context = {
        "consortium": found,
        "form": form,
        "refusal": actor(found, user, "share").refusal("share"),
        "crumbs": crumbs(found),
    }
    return render(request, "consortia/sharing/share.html", context, status=422 if form.errors else 200)

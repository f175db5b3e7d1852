"""The dry run for staff: how long each kind of record is kept, what is due, and what came of the last run."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.privacy import dry_run

PERMISSION = "accounts.view_keepingrun"


@require_safe
def what_is_kept(request: HttpRequest) -> HttpResponse:
    """For moderators and administrators; nothing can be changed here, and looking erases nothing."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    context = {"subjects": dry_run.lines(), "days": dry_run.AHEAD.days}
    return render(request, "accounts/admin/what_is_kept.html", context)

"""The files of a submission: sent, taken back, downloaded by who sent them."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practices.contributing.steps import FILES_STEP
from practices.contributing.views import around, may, own
from practices.submissions import files as files
from practices.submissions.models import Submission, SubmissionFile

FILES_PER_HOUR = 60


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit_files(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Files that help the reviewers; each is checked before it is kept."""
    submission = own(request, uuid)
    if not submission.is_editable:
        return redirect("practices:submission", uuid=uuid)
    if request.method != "POST":
        return _files_page(request, submission, files.FileForm())
    form = files.FileForm(request.POST, request.FILES)
    if not may(request, "file", FILES_PER_HOUR):
        form.add_error(None, _("You sent many files just now. Please try again in an hour."))
        return _files_page(request, submission, form, status=429)
    if not form.is_valid():
        return _files_page(request, submission, form, status=422)
    try:
        files.add(submission, upload=form.cleaned_data["file"])
    except files.ClosedError:
        return redirect("practices:submission", uuid=uuid)
    except files.TooManyFilesError:
        words = _("There are %(number)d files already. Remove one first.")
        form.add_error("file", words % {"number": files.MOST_FILES})
        return _files_page(request, submission, form, status=409)
    return redirect("practices:submit_files", uuid=uuid)


def _files_page(
    request: HttpRequest, submission: Submission, form: files.FileForm, *, status: int = 200
) -> HttpResponse:
    facts = {"form": form, "files": submission.files.all(), "most_files": files.MOST_FILES}
    return render(request, "practices/submit_files.html", around(submission, FILES_STEP) | facts, status=status)


@login_required
@require_POST
def remove_file(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponse:
    """Take a file back, as long as it is the writer's turn; one that is gone already is fine, too."""
    files.take_back(own(request, uuid), file=file)
    return redirect("practices:submit_files", uuid=uuid)


@login_required
@require_safe
def download(request: HttpRequest, uuid: UUID, file: UUID) -> Any:
    """A file of one's own submission."""
    submission = own(request, uuid)
    return files.download(get_object_or_404(SubmissionFile, submission=submission, uuid=file))

"""Where staff refuse what they asked a question about, without waiting for the answer any longer."""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.action_menu import ActionMenuItem

from accounts.users.models import User
from practices.practice.models.practice import Practice
from practices.review import decisions
from practices.review.forms import RefusalForm
from practices.review.rules import reviews
from practices.submissions.models import Submission


def unanswered(practice: Practice | None) -> Submission | None:
    """What of this practice waits for an answer of who sent it."""
    if practice is None or practice.pk is None:
        return None
    return practice.submissions.filter(status=Submission.Status.QUESTIONS).first()


def address(submission: Submission) -> str:
    """Of this screen."""
    return reverse("practices_admin_refuse", args=[submission.uuid])


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Asks for the reason; when the answer came meanwhile, says so and keeps what was written."""
    submission = get_object_or_404(Submission.objects.sent().select_related("practice"), uuid=uuid)
    waiting = submission.practice if submission.status == Submission.Status.QUESTIONS else None
    if not (reviews(request.user, waiting) if waiting else request.user.has_perm("practices.change_practice")):
        raise PermissionDenied
    if request.method != "POST":
        return _screen(request, submission, RefusalForm())
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _screen(request, submission, form, status=422)
    try:
        decisions.refuse_unanswered(submission, by=cast(User, request.user), words=form.cleaned_data["words"])
    except decisions.ReviewError as error:
        form.add_error(None, str(error))
        return _screen(request, submission, form, status=409)
    messages.success(request, _("It is refused; who sent it gets a mail with the reason."))
    return redirect(_list())


def _list() -> str:
    return reverse("wagtailsnippets_practices_submission:list")


def _screen(request: HttpRequest, submission: Submission, form: RefusalForm, *, status: int = 200) -> HttpResponse:
    here = reverse("wagtailsnippets_practices_submission:inspect", args=[submission.pk])
    crumbs = [
        {"url": _list(), "label": _("Submissions")},
        {"url": here, "label": str(submission)},
        {"url": "", "label": _("Refuse, with a reason")},
    ]
    facts = {
        "breadcrumbs_items": crumbs,
        "header_title": _("Refuse, with a reason"),
        "header_icon": "cross",
        "form": form,
        "submission": submission,
        "question": submission.events.filter(what="question").last(),
        "back_url": here,
    }
    return render(request, "practices/admin/refuse.html", facts, status=status)


class RefuseUnansweredItem(ActionMenuItem):
    """The button in the editor that leads there."""

    name = "action-refuse-unanswered"
    label = gettext_lazy("Refuse, with a reason")
    icon_name = "cross"

    def is_shown(self, context: Any) -> bool:
        practice = context.get("instance")
        return context["view"] == "edit" and bool(unanswered(practice)) and reviews(context["request"].user, practice)

    def get_url(self, context: Any) -> str | None:
        submission = unanswered(context["instance"])
        return address(submission) if submission else None


@hooks.register("register_snippet_action_menu_item")
def refuse_unanswered_item(model: type) -> ActionMenuItem | None:
    """Only in the editor of practices, after Wagtail's own buttons."""
    return RefuseUnansweredItem(order=70) if model is Practice else None


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("practices/submissions/<uuid:uuid>/refuse/", refuse, name="practices_admin_refuse")]

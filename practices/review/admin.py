"""What reviewers see in the admin: what waits for them, where it came from, and the buttons of the review."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import EditView, InspectView, WorkflowActionView

from accounts.menu.groups import LIBRARY
from accounts.records import lists
from accounts.records.readonly_admin import RecordIndexView, RecordViewSet
from hub.facts.readonly_admin import moment_column
from hub.facts.revisions import RevisionFormMixin
from practices.practice.models.practice import Practice
from practices.review.decisions import ReviewError
from practices.review.refusal_screen import address, unanswered
from practices.review.rules import reviews
from practices.submissions import files
from practices.submissions.models import Submission, SubmissionFile

# Buttons of Wagtail's that would go past the review, or end it without a word to who sent it.
_PAST_THE_REVIEW = {"action-publish", "action-cancel-workflow", "action-restart-workflow"}
_INTO_A_REVIEW = {"action-submit"}


class ReviewedEditView(RevisionFormMixin, EditView):
    """Says in words why a button of the review cannot do its work; what was edited is saved all the same."""

    def workflow_action_action(self) -> HttpResponse | None:
        try:
            return super().workflow_action_action()
        except ReviewError as error:
            messages.error(self.request, str(error))
            return redirect(self.get_edit_url())


class ReviewActionView(WorkflowActionView):
    """The same for the buttons outside the editor."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except ReviewError as error:
            messages.error(request, str(error))
            return redirect(self.redirect_url)


@hooks.register("construct_snippet_action_menu")
def keep_to_the_review(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """While words from outside are under review, they are published by approving them and in no other way.

    What was refused or withdrawn is not published at all.
    """
    practice = context.get("instance")
    if not isinstance(practice, Practice) or practice.pk is None:
        return
    if practice.is_turned_away:
        menu_items[:] = [item for item in menu_items if item.name not in _PAST_THE_REVIEW | _INTO_A_REVIEW]
    elif practice.submissions.under_review().exists():
        menu_items[:] = [item for item in menu_items if item.name not in _PAST_THE_REVIEW]


@hooks.register("before_delete_snippet")
def end_the_review_first(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """Whoever sent it would wait for a decision that nobody can take any more."""
    practices = [each for each in instances if isinstance(each, Practice)]
    held = Submission.objects.under_review().filter(practice__in=practices).select_related("practice").first()
    if held is None:
        return None
    words = gettext("“%(title)s” is in review; that has to end before it can be deleted: approve or refuse it.")
    messages.error(request, words % {"title": held.title})
    return redirect(lists.url(Practice))


class SubmissionFilters(WagtailFilterSet):
    """Which submissions the list shows."""

    class Meta:
        model = Submission
        fields = ["status", "is_update", "language"]


class SubmissionsMenuItem(MenuItem):
    """Says how many wait for the centre."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("practices.view_submission")

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        waiting = Submission.objects.filter(status=Submission.Status.SUBMITTED).count()
        label = f"{self.label} ({waiting})" if waiting else self.label
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs
        )


def _review_url(submission: Submission) -> str | None:
    if submission.practice_id is None:
        return None
    return reverse("wagtailsnippets_practices_practice:edit", args=[submission.practice_id])


def _kind(submission: Submission) -> str:
    return gettext("update") if submission.is_update else gettext("new practice")


class SubmissionInspectView(InspectView):
    """One submission with its history and files, and the way to the practice where it is reviewed."""

    template_name = "practices/admin/submission.html"

    def get_object(self, queryset: Any = None) -> Submission:
        return get_object_or_404(Submission.objects.sent(), pk=self.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        practice = self.object.practice
        may_refuse = unanswered(practice) == self.object and reviews(self.request.user, practice)
        return context | {
            "submission": self.object,
            "review_url": _review_url(self.object),
            "refuse_url": address(self.object) if may_refuse else "",
        }


class SubmissionViewSet(RecordViewSet):
    """What came from outside: what waits for the centre first, the oldest on top."""

    model = Submission
    icon = "download"
    menu_label = _("Submissions")
    menu_name = "submissions"
    menu_hook = LIBRARY.hook
    menu_order = 2
    index_view_class = RecordIndexView
    inspect_view_class = SubmissionInspectView
    inspect_view_fields = ["title", "status", "language", "reason"]
    list_display = [
        "__str__",
        TitleColumn("review", label=_("Review"), accessor=lambda row: _("Open the practice"), get_url=_review_url),
        Column("kind", label=_("Kind"), accessor=_kind, sort_key="is_update"),
        "status",
        "language",
        moment_column("sent_at", _("Sent (Brussels)")),
        moment_column("decided_at", _("Decided (Brussels)")),
    ]
    list_export = ["title", "status", "is_update", "language", "sent_at", "decided_at"]
    export_filename = "submissions"
    search_fields = ["title"]
    filterset_class = SubmissionFilters
    list_per_page = 50

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return SubmissionsMenuItem

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission] | Any:
        turn = Case(
            When(status=Submission.Status.SUBMITTED, then=Value(0)),
            When(status=Submission.Status.QUESTIONS, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return Submission.objects.sent().annotate(turn=turn).order_by("turn", "sent_at", "pk")


def download(request: HttpRequest, uuid: UUID, file: UUID) -> Any:
    """A file that came with a submission, for who reviews practices."""
    if not request.user.has_perm("practices.change_practice"):
        raise PermissionDenied
    found = SubmissionFile.objects.filter(submission__in=Submission.objects.sent(), submission__uuid=uuid)
    return files.download(get_object_or_404(found, uuid=file))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("practices/submissions/<uuid:uuid>/files/<uuid:file>/", download, name="practices_admin_submission_file")
    ]

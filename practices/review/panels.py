"""The editor of a practice as reviewers need it: what from outside led to it, and what an update changes."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, Panel
from wagtail.models import Revision

from practices.editing.admin import editor
from practices.practice.models.practice import Practice
from practices.review.changes import changes
from practices.submissions.models import Submission


class SubmissionPanel(Panel):
    """When it was sent, with which files, and what happened since; roles, never names."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "practices/admin/submission_panel.html"

        @cached_property
        def submissions(self) -> Sequence[Submission]:
            """Those that led to this practice or change it, the newest first."""
            if not self.instance.pk:
                return []
            sent = Submission.objects.sent().filter(practice=self.instance)
            return list(sent.prefetch_related("events", "files").order_by("-sent_at"))

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.submissions)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"submissions": self.submissions}


class ChangesPanel(Panel):
    """While an update is under review: each field that it changes, with its old and its new words."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "practices/admin/changes_panel.html"

        @cached_property
        def update(self) -> Submission | None:
            """The one that waits for a decision."""
            if not self.instance.pk:
                return None
            return Submission.objects.under_review().filter(practice=self.instance.pk, is_update=True).first()

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.update)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            draft = self.instance.get_latest_revision_as_object()
            return context | {"changes": changes(self._before(), draft, request=self.request)}

        def _before(self) -> Practice:
            """What readers see now; of a page that is not public any more, what it said before the update."""
            practice = Practice.objects.get(pk=self.instance.pk)
            first = self.update.revision_id if self.update else None
            if practice.live or first is None:
                return practice
            earlier: Revision | None = practice.revisions.filter(pk__lt=first).order_by("-pk").first()
            return earlier.as_object() if earlier else practice


edit_handler = editor(
    above=[ChangesPanel(heading=_("What this update changes"), icon="history")],
    behind=[ObjectList([SubmissionPanel()], heading=_("From outside"))],
)

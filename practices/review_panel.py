"""In the editor of a practice: what from outside led to it."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from practices.models import Submission


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

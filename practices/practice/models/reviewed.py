"""What sets a practice apart from other drafts: words from outside wait for their review, and facts grow old."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import Revision, Workflow, WorkflowState

_review: list[Callable[[], Workflow]] = []


def register_review(workflow: Callable[[], Workflow]) -> None:
    """Called once when Django starts, by the review: which workflow holds for what came from outside."""
    _review[:] = [workflow]


class ReviewedMixin:
    """Mix it in first: it decides which workflow holds, and whether a revision may go live."""

    # Of the model that it is mixed into.
    pk: Any
    live: bool
    submissions: Any
    confirmation_requests: Any
    workflow_states: Any
    current_workflow_state: Any
    checked_on: date | None
    last_published_at: Any

    def get_workflow(self) -> Workflow | None:
        """The workflow that it is in; that of practices from outside where one is to be reviewed."""
        if self.pk is None:
            return self.get_default_workflow()  # type: ignore[attr-defined]  # Wagtail's own
        if state := self.current_workflow_state:
            return state.workflow
        if self.submissions.under_review().exists():
            return _review[0]()
        return self.get_default_workflow()  # type: ignore[attr-defined]  # Wagtail's own

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Whoever asks for it: words from outside are not published past their review."""
        if self.is_held_back(revision):
            raise PublishPermissionError("These words come from outside and nobody approved them.")
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]  # Wagtail's own

    def is_held_back(self, revision: Revision) -> bool:
        """Whether this revision holds words from outside that nobody approved."""
        if self.is_turned_away:
            return True
        waiting = self.submissions.under_review().values_list("revision_id", flat=True).first()
        if waiting is None or revision.pk < waiting:
            return False
        last = self.workflow_states.order_by("-created_at", "-pk").first()
        return last is None or last.status != WorkflowState.STATUS_APPROVED

    @property
    def awaits_decision(self) -> bool:
        """Whether something about it waits for a decision, from outside or from staff: one thing at a time."""
        return bool(self.current_workflow_state) or self.submissions.under_review().exists()

    @property
    def is_turned_away(self) -> bool:
        """Whether it is what a refused or withdrawn submission left behind, to whose words nobody agrees any more."""
        return not self.live and self.pk is not None and self.submissions.turned_away().exists()

    @property
    def known_on(self) -> date | None:
        """The day on which somebody last vouched for what the page says."""
        published = self.last_published_at
        return self.checked_on or (timezone.localdate(published) if published else None)

    @property
    def unconfirmed_since(self) -> date | None:
        """That day, when its owner was asked long ago whether it still holds and did not answer."""
        known_on = self.known_on
        if self.pk is None or known_on is None:
            return None
        asked = self.confirmation_requests.given_up(timezone.now())
        return known_on if asked.filter(known_on=known_on).exists() else None

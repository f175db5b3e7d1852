"""Which versions (Wagtail's revisions) nothing needs any more, and that they go."""

from django.db.models import Exists, ManyToOneRel, OuterRef, QuerySet
from django.db.models.functions import Now
from wagtail.models import Revision, RevisionMixin, WorkflowState

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from hub.versions.keeping_times import VERSIONS


def due(at: Moment) -> QuerySet[Revision]:
    """Those written so long before that moment which are neither shown, nor the newest, nor to be published.

    While a thing is under review all its versions stay: who refuses a change goes back to the one before it.
    """
    old = Revision.objects.filter(created_at__lt=at - VERSIONS.span, approved_go_live_at=None)
    same = {"base_content_type": OuterRef("base_content_type"), "object_id": OuterRef("object_id")}
    old = old.filter(Exists(Revision.objects.filter(**same, pk__gt=OuterRef("pk"))))
    old = old.exclude(Exists(WorkflowState.objects.active().filter(**same)))
    for relation in Revision._meta.get_fields(include_hidden=True):
        # Of what has versions: the one that is shown, the newest, the one that waits to be published.
        if isinstance(relation, ManyToOneRel) and issubclass(relation.related_model, RevisionMixin):
            rows = relation.related_model._base_manager
            old = old.exclude(Exists(rows.filter(**{relation.field.name: OuterRef("pk")})))
    return old


def forget() -> int:
    """Delete them; returns how many."""
    return erasing.delete(due(Now()))

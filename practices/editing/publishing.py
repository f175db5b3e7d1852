"""Publishing practices outside their editor, which would have asked for what is missing."""

from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import Revision

from accounts.users.models import User
from practices.editing.completeness import lacking
from practices.practice.models.practice import Practice


def publish_complete(version: Practice, revision: Revision, *, by: User) -> bool:
    """Publishes the version that a revision holds if it is complete and nothing holds it back; whether it did."""
    if lacking(version):
        return False
    try:
        revision.publish(user=by)
    except PublishPermissionError:
        return False
    return True

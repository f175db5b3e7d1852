"""Publishing practices outside their editor, which would have asked for what is missing."""

from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import Revision

from accounts.models import User
from practices.complete import lacking


def publish_complete(revision: Revision, *, by: User) -> bool:
    """Publishes a version if it is complete and nothing holds it back, and says whether it did."""
    if lacking(revision.as_object()):
        return False
    try:
        revision.publish(user=by)
    except PublishPermissionError:
        return False
    return True

"""What nobody may delete by hand is not deleted by ticking it: Wagtail's button goes by other rights than the list."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.functional import classproperty
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import get_snippet_models


def deletable(_action: Any = None) -> list[type[Any]]:
    """The kinds of rows that at least an administrator may delete."""
    anybody = get_user_model()(is_superuser=True, is_active=True)
    return [
        model
        for model in get_snippet_models()
        if model.snippet_viewset.permission_policy.user_has_permission(anybody, "delete")
    ]


def install() -> None:
    """Leave the button for deleting out everywhere else."""
    DeleteBulkAction.models = classproperty(deletable)

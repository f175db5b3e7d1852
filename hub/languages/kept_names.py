"""Names that Wagtail keeps once for everybody, told in the language of whoever reads them.

Workflows and their tasks have one name each. A row made with one of the names given here, in whatever language, is read
in the reader's own; what staff call a workflow or a task themselves stays as they wrote it.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.db.models.signals import post_init
from django.utils.translation import gettext, gettext_noop, override
from wagtail.models import GroupApprovalTask, Task, Workflow

# Wagtail's own migration makes a workflow of one task, and names both so.
MADE_AS = "Moderators approval"
MODERATORS_APPROVE = gettext_noop("Approval by moderators")

# By model: each name, and how rows were called that mean the same.
_told: dict[type[Model], dict[str, str]] = {}


def tell(name: str, *models: type[Model], made_as: str = "") -> None:
    """Rows of these models with this name are read in the reader's language; called once when Django starts.

    Wagtail reads tasks as rows of its own models as well, so no method of ours could tell their names.
    """
    for model in models:
        _told.setdefault(model, {})[name] = made_as or name
        post_init.connect(_name_for_reader, sender=model, dispatch_uid=f"hub.kept_names.{model.__name__}")


def use_in_admin() -> None:
    """Tell what Wagtail brings; apps on the right tell their own."""
    tell(MODERATORS_APPROVE, Workflow, Task, GroupApprovalTask, made_as=MADE_AS)


def _name_for_reader(*, sender: type[Model], instance: Any, **_signal: Any) -> None:
    written = instance.__dict__.get("name")  # a deferred one is not there yet, and not to be fetched
    for name, made_as in _told[sender].items():
        if written == made_as or written in _in_all_languages(name):
            instance.name = gettext(name)
            return


@cache
def _in_all_languages(name: str) -> frozenset[str]:
    words = {name}
    for code, _own in settings.LANGUAGES:
        with override(code):
            words.add(gettext(name))
    return frozenset(words)

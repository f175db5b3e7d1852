"""What staff do to many practices at once; each verb says how many it changed, and leaves a line in their history."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import transaction
from wagtail.actions.unpublish import UnpublishAction

from accounts.users.models import User
from hub.content_memory.references import referenced_once
from hub.vocabularies.models import Term
from practices.editing.publishing import publish_complete
from practices.editing.versions import newest
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms

# Changes a version, and says whether that made a difference.
Edit = Callable[[Practice], bool]


@transaction.atomic
def publish(practices: Iterable[Practice], *, by: User) -> int:
    """Shows visitors the newest version of each that is complete."""
    found = list(practices)
    versions = newest(found, Terms.load())
    return sum(_publish(practice, version, by=by) for practice, version in zip(found, versions, strict=True))


def _publish(practice: Practice, version: Practice, *, by: User) -> bool:
    waiting = practice.latest_revision if practice.has_unpublished_changes else None
    with referenced_once(practice):
        return publish_complete(version, waiting or practice.save_revision(user=by, clean=False), by=by)


@transaction.atomic
def unpublish(practices: Iterable[Practice], *, by: User) -> int:
    """Takes each away from visitors."""
    shown = [practice for practice in practices if practice.live]
    for practice in shown:
        UnpublishAction(practice, user=by).execute(skip_permission_checks=True)
    return len(shown)


@transaction.atomic
def set_checked(practices: Iterable[Practice], *, on: date, by: User) -> int:
    """Notes that somebody looked at each on that day."""

    def edit(version: Practice) -> bool:
        before, version.checked_on = version.checked_on, on
        return before != on

    return sum(_edit_everywhere(practice, edit, by=by) for practice in practices)


@transaction.atomic
def add_term(practices: Iterable[Practice], term: Term, *, by: User) -> int:
    """Describes each with one term more."""

    def edit(version: Practice) -> bool:
        before = list(version.terms.all())
        version.terms = before if term in before else [*before, term]
        return term not in before

    return sum(_edit_everywhere(practice, edit, by=by) for practice in practices)


@transaction.atomic
def remove_term(practices: Iterable[Practice], term: Term, *, by: User) -> int:
    """Describes each with one term less."""

    def edit(version: Practice) -> bool:
        before = list(version.terms.all())
        version.terms = [each for each in before if each != term]
        return term in before

    return sum(_edit_everywhere(practice, edit, by=by) for practice in practices)


def _edit_everywhere(practice: Practice, edit: Edit, *, by: User) -> bool:
    """Edits the row and the draft that waits, each by itself: nothing that waits is published by this."""
    with referenced_once(practice):
        return _edit(practice, edit, by=by)


def _edit(practice: Practice, edit: Edit, *, by: User) -> bool:
    draft = practice.get_latest_revision_as_object() if practice.has_unpublished_changes else None
    row_changed = edit(practice)
    if row_changed and practice.live:
        practice.save_revision(user=by, log_action=True, clean=False).publish(user=by)
    elif row_changed:
        practice.save()
    if draft is None:
        if row_changed and not practice.live:
            practice.save_revision(user=by, log_action=True, clean=False)
        return row_changed
    draft_changed = edit(draft)
    # Publishing made its own version the newest: the draft goes back on top, changed or not.
    if draft_changed or row_changed:
        draft.save_revision(user=by, log_action=draft_changed, clean=False)
    return row_changed or draft_changed

"""A note cites records as they stand; what they said is kept until staff cite them anew."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from wagtail.signals import page_published

from accounts.users.models import User
from learning.notes.models import Citation
from learning.notes.pages import NotePage
from learning.notes.records import FIGURE, REUSE, Name, Records, practice_of
from learning.notes.standing import is_changed


@transaction.atomic
def cite(page: NotePage, *, by: User | None) -> None:
    """Keeps what the records say that the page cites now; what it cited before stays as it was kept.

    Done twice it is once. A record that nobody may read is not cited.
    """
    NotePage.objects.select_for_update().get(pk=page.pk)
    named = {block: name for block, name in page.cited().items() if block}
    kept = {str(each.block): each for each in page.citations.current()}
    over = [each.pk for block, each in kept.items() if named.get(block) != each.name]
    Citation.objects.filter(pk__in=over).update(ended_at=Now())
    new = {block: name for block, name in named.items() if block not in kept or kept[block].pk in over}
    records = Records(new.values())
    made = (_citation(page, block, name, records, by) for block, name in new.items())
    Citation.objects.bulk_create(each for each in made if each)


@transaction.atomic
def cite_anew(citation: Citation, *, by: User) -> bool:
    """Cites the same record as it is now; False where nothing changed, or nobody may read it, or it was done before."""
    page = NotePage.objects.select_for_update().select_related("locale").get(pk=citation.page_id)
    found = page.citations.current().filter(pk=citation.pk).first()
    if found is None:
        return False
    records = Records([found.name])
    if not is_changed(found, records):
        return False
    anew = _citation(page, str(found.block), found.name, records, by)
    if anew is None:
        return False
    Citation.objects.filter(pk=found.pk).update(ended_at=Now())
    anew.save(force_insert=True)
    return True


def _citation(page: NotePage, block: str, name: Name, records: Records, by: User | None) -> Citation | None:
    said = records.says(name, page.locale.language_code)
    if said is None:
        return None
    kind, key = name
    return Citation(
        page=page,
        block=block,
        kind=kind,
        key=key,
        practice=practice_of(records.get(name)),
        figure_id=key if kind == FIGURE else None,
        reuse_id=key if kind == REUSE else None,
        said=said,
        by=by,
    )


def connect() -> None:
    """Called once when Django starts."""
    page_published.connect(_on_publication, sender=NotePage, dispatch_uid="learning.notes.citing")


def _on_publication(instance: NotePage, revision: Any = None, **_signal: Any) -> None:
    cite(instance, by=revision.user if revision else None)

"""Earlier versions go after some years, but none that is shown, waits, or may be gone back to."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision, Workflow, WorkflowState

from hub.pages.models import StandardPage
from hub.versions import old
from hub.versions.keeping_times import VERSIONS
from practices.practice.models.practice import Practice
from tests.factories.hub import add_page
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db


def versions(page: StandardPage, *, over: bool = True) -> list[Revision]:
    """Four, the second of which is shown; the last is a draft."""
    made = []
    for number in range(4):
        page.title = f"Version {number}"
        made.append(page.save_revision())
        if number == 1:
            made[-1].publish()
            page.refresh_from_db()
    if over:
        keys = [each.pk for each in made]
        Revision.objects.filter(pk__in=keys).update(created_at=timezone.now() - VERSIONS.span - timedelta(days=1))
    return made


def test_only_what_was_replaced_goes() -> None:
    first, shown, replaced, newest = versions(add_page())
    recent = versions(add_page(slug="recent"), over=False)
    assert set(old.due(timezone.now())) == {first, replaced}
    assert old.forget() == 2
    assert set(Revision.objects.filter(pk__gte=first.pk)) == {shown, newest, *recent}
    page = StandardPage.objects.get(slug="about")
    assert (page.live_revision, page.latest_revision) == (shown, newest)
    assert old.forget() == 0


def test_those_of_a_fact_go_alike() -> None:
    practice = PracticeFactory.create()
    made = [practice.save_revision() for _each in range(3)]
    Revision.objects.update(created_at=timezone.now() - VERSIONS.span - timedelta(days=1))
    Practice.objects.filter(pk=practice.pk).update(live_revision=made[0])
    assert set(old.due(timezone.now())) == {made[1]}


def test_what_is_to_be_published_stays() -> None:
    first, _shown, replaced, _newest = versions(add_page())
    Revision.objects.filter(pk=replaced.pk).update(approved_go_live_at=timezone.now() + timedelta(days=1))
    assert set(old.due(timezone.now())) == {first}


def test_all_stay_while_one_is_under_review() -> None:
    page = add_page()
    first, _shown, replaced, _newest = versions(page)
    workflow = Workflow.objects.create(name="Four eyes")
    about = {name: getattr(first, name) for name in ("content_type", "base_content_type", "object_id")}
    state = WorkflowState.objects.create(workflow=workflow, **about)
    assert not old.due(timezone.now()).exists()
    WorkflowState.objects.filter(pk=state.pk).update(status=WorkflowState.STATUS_APPROVED)
    assert set(old.due(timezone.now())) == {first, replaced}

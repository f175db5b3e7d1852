"""How the page of a call comes about: draft, preview, workflow, a moment set beforehand."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Workflow, WorkflowPage
from wagtail.signals import page_published

from accounts.users.models import User
from calls.chain.models import Call
from calls.overview.models import CallIndexPage
from calls.pages.models import CallPage
from tests.factories.hub import CallFactory, add_calls

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> CallIndexPage:
    return add_calls()


@pytest.fixture
def draft(index: CallIndexPage) -> CallPage:
    call = CallFactory.create(due=[timezone.now() + timedelta(days=30)])
    page: CallPage = index.add_child(instance=CallPage(title="Centres", slug="centres", call=call, live=False))
    page.save_revision()
    return page


def _is_public(page: CallPage) -> bool:
    answer = Client().get(page.url or "/en/calls/centres/")
    assert answer.status_code in {200, 404}
    assert Call.objects.public().exists() == (answer.status_code == 200)
    return answer.status_code == 200


def test_a_draft_is_seen_in_its_preview_only(draft: CallPage, editor: Client) -> None:
    assert not _is_public(draft)
    shown = draft.get_latest_revision_as_object().make_preview_request()
    assert shown.status_code == 200
    assert "Step 0" in shown.rendered_content if hasattr(shown, "rendered_content") else shown.content.decode()
    assert editor.get(f"/admin/pages/{draft.pk}/view_draft/").status_code == 200


def test_a_page_for_later_is_public_when_its_moment_has_come(draft: CallPage) -> None:
    heard: list[Any] = []

    def hear(**facts: Any) -> None:
        heard.append(facts["instance"].live)

    page_published.connect(hear)
    try:
        draft.go_live_at = timezone.now() + timedelta(days=2)
        draft.save_revision().publish()
        assert not _is_public(draft)
        assert not any(heard)  # Wagtail fires the signal all the same: whoever listens must look at `live`
        call_command("publish_scheduled", verbosity=0)
        assert not _is_public(draft)
        with time_machine.travel(timezone.now() + timedelta(days=3)):
            call_command("publish_scheduled", verbosity=0)
            assert _is_public(draft)
    finally:
        page_published.disconnect(hear)


def test_a_workflow_publishes_when_it_is_approved(draft: CallPage, editor_user: User) -> None:
    workflow = Workflow.objects.filter(active=True).first()
    assert workflow is not None
    WorkflowPage.objects.get_or_create(page=draft, defaults={"workflow": workflow})
    state = workflow.start(draft, editor_user)
    assert not _is_public(draft)
    state.current_task_state.task.on_action(state.current_task_state, user=editor_user, action_name="approve")
    draft.refresh_from_db()
    assert _is_public(draft)

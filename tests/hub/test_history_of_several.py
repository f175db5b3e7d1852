"""What one request does to several things stands in the history of each."""

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from wagtail.log_actions import LogContext, log
from wagtail.snippets.models import get_snippet_models

from hub.facts.history import WholeHistoryView
from hub.facts.viewset import HeldViewSet
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory
from tests.facts import url_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factory", [OrganisationFactory, PracticeFactory])
def test_each_of_two_has_it_in_its_history(editor: Client, editor_user: Any, factory: Any) -> None:
    two: list[Model] = [factory.create(), factory.create()]
    with LogContext(user=editor_user):
        for each in two:
            log(each, "wagtail.edit", content_changed=True)
    for each in two:
        page = editor.get(url_of(each, "history"))
        assert [entry.object_id for entry in page.context["object_list"]] == [str(each.pk)]


def test_no_fact_has_another_history() -> None:
    held = [model.snippet_viewset for model in get_snippet_models() if isinstance(model.snippet_viewset, HeldViewSet)]
    assert len(held) > 5
    for viewset in held:
        assert issubclass(viewset.history_view_class, WholeHistoryView)

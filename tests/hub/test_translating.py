import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Locale, Page

from hub.pages.models import StandardPage
from tests.factories.hub import add_page

pytestmark = pytest.mark.django_db


def test_pages_sent_for_translation_become_drafts_and_the_tree_keeps_count(
    editor: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    above = add_page(title="Above")
    add_page(above, title="Below")
    french = Locale.objects.get(language_code="fr")

    asked = {"locales": [french.pk], "include_subtree": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.post(f"/admin/localize/submit/page/{above.pk}/", asked)

    translations = StandardPage.objects.filter(locale=french)
    assert answer.status_code == 302
    assert {page.title: page.live for page in translations} == {"Above": False, "Below": False}
    assert not any(Page.find_problems())

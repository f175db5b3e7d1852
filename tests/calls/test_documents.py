from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from calls.pages.models import CallPage
from tests.factories.hub import add_document, words

pytestmark = pytest.mark.django_db


def test_documents_come_with_type_size_and_version(visitor: Client, page: CallPage) -> None:
    add_document(page.call, "Official text", version="2")
    add_document(page.call, "Unused", title=words("Guide"))
    text = visitor.get(page.url).content.decode()
    assert "Official text (PDF, 2.2\xa0MB)</a>" in text
    assert "Version 2" in text
    assert "Guide (en) (PDF" in text


def test_documents_stay_hidden_before_their_day_and_in_private_collections(visitor: Client, page: CallPage) -> None:
    add_document(page.call, "Tomorrow", published_on=timezone.localdate() + timedelta(days=2))
    private = Collection.get_first_root_node().add_child(name="Staff")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    inside = private.add_child(name="Inside")
    secret = add_document(page.call, "Secret")
    Document.objects.filter(pk=secret.document_id).update(collection=inside)
    text = visitor.get(page.url).content.decode()
    assert "Tomorrow" not in text
    assert "Secret" not in text


def test_staff_add_a_document_with_the_facts(editor: Client, page: CallPage) -> None:
    file = Document.objects.create(title="Guide", file=ContentFile(b"x", name="guide.pdf"))
    address = f"/admin/snippets/calls/call/edit/{page.call_id}/"
    assert 'name="documents-TOTAL_FORMS"' in editor.get(address).content.decode()
    row = {"document": str(file.pk), "version": "3", "published_on": "2026-01-02"} | {
        f"title_{box}": "" for box in range(4)
    }
    none = {"deadlines": inline_formset([]), "documents": inline_formset([row])}
    facts = {"title_3": "Centres", "programme": "ESF+"} | {f"title_{box}": "" for box in range(3)}
    answer = editor.post(address, nested_form_data(facts | none))
    assert answer.status_code == 302, answer.context["form"].errors
    assert page.call.documents.get().version == "3"

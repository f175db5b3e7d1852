"""What staff see of organisations."""

import pytest
from django.test import Client
from django.urls import reverse

from partners.organisations.models import Organisation
from tests.factories.partners import OrganisationFactory, term

pytestmark = pytest.mark.django_db


def address(name: str) -> str:
    return reverse(Organisation.snippet_viewset.get_url_name(name))


def test_an_organisation_is_made_with_its_words(editor: Client) -> None:
    typed = {
        "name": "House",
        "slug": "house",
        "status": "listed",
        "original_language": "nl",
        "sector": str(term("sector", "citizens").pk),
        "country": str(term("country", "BE").pk),
        "networks": "[]",
        "texts-TOTAL_FORMS": "1",
        "texts-INITIAL_FORMS": "0",
        "texts-MIN_NUM_FORMS": "1",
        "texts-MAX_NUM_FORMS": "4",
        "texts-0-language": "nl",
        "texts-0-summary": "Een huis.",
        "texts-0-body": "",
    }
    assert editor.get(address("add")).status_code == 200
    refused = editor.post(address("add"), typed | {"enterprise_number": "0123456789"})
    assert "This is not a valid enterprise number." in refused.content.decode()
    assert "Een huis." in refused.content.decode()
    assert editor.post(address("add"), typed).status_code == 302
    assert Organisation.objects.get(slug="house").texts.get().summary == "Een huis."


def test_the_list_is_filtered_by_sector(editor: Client) -> None:
    OrganisationFactory.create(name="Citizens together", sector="citizens")
    OrganisationFactory.create(name="A firm", sector="business")
    page = editor.get(f"{address('list')}?sector={term('sector', 'citizens').pk}").content.decode()
    assert "Citizens together" in page
    assert "A firm" not in page


def test_a_choice_that_is_no_number_is_refused(editor: Client) -> None:
    answer = editor.post(address("add"), {"name": "House", "sector": "one", "logo": "one"})
    assert answer.status_code == 400

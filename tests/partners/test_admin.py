"""What staff see of organisations and interests."""

import pytest
from django.test import Client
from django.urls import reverse

from hub.vocabularies.models import Term
from partners.models import Interest, Organisation
from tests.factories.partners import InterestFactory, OrganisationFactory, public_call, term

pytestmark = pytest.mark.django_db


def address(model: type[Interest] | type[Organisation], name: str, *args: int) -> str:
    return reverse(model.snippet_viewset.get_url_name(name), args=args)  # type: ignore[union-attr]  # Wagtail adds it


def test_interests_are_filtered_by_call_track_and_status(editor: Client) -> None:
    call, other = public_call(), public_call(title="Another call")
    mine = InterestFactory.create(call=call, organisation_name="House of Ideas")
    mine.tracks.set([term("track", code) for code in track_codes()[:2]])
    InterestFactory.create(call=other, organisation_name="Elsewhere")
    InterestFactory.create(call=call, organisation_name="Unproved", status="pending", confirmed_at=None)
    track = mine.tracks.all()[0]
    page = editor.get(f"{address(Interest, 'list')}?call={call.pk}&tracks={track.pk}&status=confirmed").content.decode()
    assert "House of Ideas" in page
    assert "Elsewhere" not in page
    assert "Unproved" not in page


def track_codes() -> list[str]:
    return list(Term.objects.of("track").values_list("code", flat=True))


def test_interests_are_not_edited_by_hand(administrator: Client) -> None:
    interest = InterestFactory.create(call=public_call())
    assert administrator.get(address(Interest, "edit", interest.pk)).status_code in {302, 403}
    assert administrator.get(address(Interest, "add")).status_code in {302, 403}
    assert administrator.get(address(Interest, "inspect", interest.pk)).status_code == 200
    administrator.post(address(Interest, "delete", interest.pk))
    assert Interest.objects.exists()


def test_the_download_runs_no_formula(administrator: Client) -> None:
    interest = InterestFactory.create(call=public_call(), organisation_name="=1+1", motivation="+2")
    interest.tracks.set([term("track", track_codes()[0])])
    response = administrator.get(f"{address(Interest, 'list')}?export=csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]  # a streaming response
    assert "'=1+1" in text
    assert "'+2" in text
    assert administrator.get(f"{address(Interest, 'list')}?export=xlsx").status_code == 200


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
    assert editor.get(address(Organisation, "add")).status_code == 200
    refused = editor.post(address(Organisation, "add"), typed | {"enterprise_number": "0123456789"})
    assert "This is not a valid enterprise number." in refused.content.decode()
    assert "Een huis." in refused.content.decode()
    assert editor.post(address(Organisation, "add"), typed).status_code == 302
    assert Organisation.objects.get(slug="house").texts.get().summary == "Een huis."


def test_the_list_is_filtered_by_sector(editor: Client) -> None:
    OrganisationFactory.create(name="Citizens together", sector="citizens")
    OrganisationFactory.create(name="A firm", sector="business")
    page = editor.get(f"{address(Organisation, 'list')}?sector={term('sector', 'citizens').pk}").content.decode()
    assert "Citizens together" in page
    assert "A firm" not in page


def test_a_choice_that_is_no_number_is_refused(editor: Client) -> None:
    answer = editor.post(address(Organisation, "add"), {"name": "House", "sector": "one", "logo": "one"})
    assert answer.status_code == 400

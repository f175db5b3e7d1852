"""The profile as its members keep it: every field, numbers of registers, what somebody else saved meanwhile."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ModelLogEntry

from hub.vocabularies.models import Term
from partners.organisations.models import Organisation
from partners.profile import editing
from tests.factories.partners import OrganisationFactory
from tests.partners.people import House, address, house, text

pytestmark = pytest.mark.django_db
__all__ = ["house"]

NUMBER = "0202239951"


def _form(house: House) -> dict[str, Any]:
    """What the page holds, as a browser would send it."""
    page = house.editors_client.get(address("profile", "house"))
    assert page.status_code == 200
    values: dict[str, Any] = {**editing.shown(Organisation.objects.get(slug="house")), "seen": page.context["seen"]}
    return values


def _save(house: House, sent: dict[str, Any], client: Client | None = None) -> Any:
    return (client or house.editors_client).post(address("profile", "house"), sent)


def test_an_editor_fills_everything_in(house: House) -> None:
    before = text(house.editors_client.get("/en/my/"))
    assert "The profile lacks:" in before
    sent = _form(house) | {
        "summary_nl": "Een huis.",
        "body_nl": "Voor iedereen.",
        "body_en": "For everybody.",
        "themes": ["19", "1"],
        "tracks": [_some("track")],
        "targets": [_some("target")],
        "active": [_some("region")],
        "region": _some("region"),
        "size": "small",
        "enterprise_number": "BE 0202.239.951",
        "vcode": "v0001001",
        "pic": "999 999 999",
        "logo_file": _picture(),
    }
    answer = _save(house, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    saved = Organisation.objects.get(slug="house")
    assert (saved.enterprise_number, saved.vcode, saved.pic, saved.size) == (NUMBER, "V0001001", "999999999", "small")
    assert {text.language: text.summary for text in saved.texts.all()} == {
        "en": "Helps people start.",
        "nl": "Een huis.",
    }
    assert sorted(each.vocabulary for each in saved.terms.all()) == ["region", "target", "theme", "theme", "track"]
    assert saved.logo is not None
    after = text(house.editors_client.get(address("manage", "house")))
    assert "Your profile lacks" not in after
    entry = ModelLogEntry.objects.filter(object_id=str(saved.pk)).first()
    assert entry is not None, "staff read what a member changed"
    assert entry.user == house.editor
    page = text(Client().get(address("organisation", "house")))
    assert "For everybody." in page
    assert "Small: 10 to 49 people" in page
    assert "V0001001" in page


def _some(vocabulary: str) -> str:
    return Term.objects.of(vocabulary)[0].code


def _picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("logo.png", get_test_image_file().file.getvalue(), content_type="image/png")


def test_a_visitor_sees_no_empty_section(house: House, client: Client) -> None:
    page = text(client.get(address("organisation", "house")))
    for absent in ("lacks", "For whom it works", "Expertise", "Active in", "vCode", "Verified on"):
        assert absent not in page


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("enterprise_number", "0202239952", "This is not a valid enterprise number."),
        ("vcode", "0001001", "A vCode is a V and seven digits"),
        ("pic", "12345678", "A PIC has nine digits."),
        ("website", "no address", "valid URL"),
        ("summary_en", "", "Write a summary in at least one language."),
        ("body_fr", "Words", "Write a summary, too"),
        ("name", "www.advert.example", "without a web address"),
        ("region", "BE33", "This region is not in the country that you chose."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(house: House, name: str, value: str, said: str) -> None:
    sent = _form(house) | {name: value} | ({"country": "FI"} if name == "region" else {})
    sent |= {"body_en": ""} if name == "summary_en" else {}
    answer = _save(house, sent)
    assert answer.status_code == 422
    place = {"summary_en": "summary_nl", "body_fr": "summary_fr"}.get(name, name)
    assert said in str(answer.context["form"].errors[place])
    assert answer.context["form"][name].value() == value


def test_a_file_that_is_no_picture_is_refused(house: House) -> None:
    fake = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", content_type="image/png")
    answer = _save(house, _form(house) | {"logo_file": fake})
    assert answer.status_code == 422
    assert "logo_file" in answer.context["form"].errors
    page = text(house.editors_client.get(address("profile", "house")))
    assert "A picture that may be shown to everybody." in page, "in the reader's language"


@pytest.mark.parametrize(
    ("name", "number"), [("enterprise_number", NUMBER), ("vcode", "V0001001"), ("pic", "123456789")]
)
def test_a_number_belongs_to_one_profile(house: House, name: str, number: str) -> None:
    other = OrganisationFactory.create(name="Secret firm", status="proposed", **{name: number})
    answer = _save(house, _form(house) | {name: number})
    assert answer.status_code == 422
    error = str(answer.context["form"].errors[name])
    assert "Another profile that is not public has this number." in error
    assert "Secret firm" not in text(answer), "no more is told than its page tells"
    Organisation.objects.filter(pk=other.pk).update(status="listed")
    error = str(_save(house, _form(house) | {name: number}).context["form"].errors[name])
    assert "Secret firm" in error
    assert "Ask to manage that profile instead" in error
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(slug="house").update(**{name: number})


def test_two_who_edit_lose_nothing_of_each_other(house: House) -> None:
    mine = _form(house)
    theirs = _form(house)
    assert _save(house, theirs | {"summary_en": "Theirs.", "size": "large"}, house.owners_client).status_code == 302
    answer = _save(house, mine | {"summary_en": "Mine.", "body_en": "My words."})
    assert answer.status_code == 409
    form = answer.context["form"]
    assert (form["summary_en"].value(), form["body_en"].value(), form["size"].value()) == (
        "Mine.",
        "My words.",
        "large",
    )
    assert {change.label: change.is_in_form for change in answer.context["their_changes"]} == {
        "Size": True,
        "Summary in English": False,
    }
    stored = Organisation.objects.get(slug="house")
    assert stored.texts.get().summary == "Theirs.", "nothing is saved yet"
    again = {name: form[name].value() for name in editing.shown(stored)} | {"seen": answer.context["seen"]}
    assert _save(house, again).status_code == 302
    stored.refresh_from_db()
    assert (stored.size, Organisation.objects.get(slug="house").texts.get().summary) == ("large", "Mine.")


def test_the_original_language_goes_with_its_words(house: House) -> None:
    sent = _form(house) | {"summary_en": "", "body_en": "", "summary_fr": "Une maison."}
    assert _save(house, sent).status_code == 302
    saved = Organisation.objects.get(slug="house")
    assert saved.original_language == "fr"
    assert [text.language for text in saved.texts.all()] == ["fr"]


def test_a_change_to_what_was_verified_is_shown_to_staff(house: House, editor: Client) -> None:
    verify = reverse("partners_admin_verify", args=[house.organisation.pk])
    assert editor.post(verify, {"how": "phone"}).status_code == 302
    assert "Verified on" in text(Client().get(address("organisation", "house")))
    listed = Organisation.objects.with_to_do()
    assert not listed.get(slug="house").is_changed
    assert _save(house, _form(house) | {"size": "micro"}).status_code == 302
    assert not listed.get(slug="house").is_changed, "nobody looked at its size"
    assert _save(house, _form(house) | {"name": "House of Other Ideas", "sector": "business"}).status_code == 302
    assert listed.get(slug="house").is_changed
    page = text(editor.get(reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[house.organisation.pk])))
    assert "Check again" in page
    assert "House of Ideas → House of Other Ideas" in page
    assert "Verified on" in text(Client().get(address("organisation", "house"))), "the public day stays"
    rows = text(editor.get(reverse(Organisation.snippet_viewset.get_url_name("list")) + "?to_do=changed"))
    assert "House of Other Ideas" in rows
    assert "check again" in rows
    assert editor.post(verify, {"how": "document"}).status_code == 302
    assert not listed.get(slug="house").is_changed

"""Names of real people pass; what a mail program would turn into a link does not reach a stranger's mailbox."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.public_forms.names import validate_name, without_links
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.public_forms import public_forms

REAL = [
    "J.R. Peeters",
    "vzw De Stap",
    "B.V.",
    "Dr.Müller",
    "SCRL-FS L'Arche",
    "St.Gallen",
    "Ní Dhomhnaill, Nuala",
    "ASBL « L’Escale » / Huis 2.0",
    "Jan-Willem van 't Hoff",
    "O'Brien & Söhne GmbH & Co. KG",
    "Web2.0 vzw",
    "e.V. Stelzenhaus",
    "Vorm@t",
    "Łódź: centrum",
]
ADVERTISEMENTS = [
    "Jan van example.com",
    "buy.at/x",
    "evil。com",
    "evil．com",
    "evil｡com",
    "evil․com",
    "e\u00advil\u200b.\u2060com",
    "EXAMPLE.ORG",
    "Мой сайт.рф",
    "xn--80ak6aa92e.com",
    "user@example.com",
    "192.0.2.7/x",
    "J.example.photography",
    "Win(example.com)now",
    "a.b.c.example.co.uk",
]
REFUSED = [
    "https://example.org",
    "hxxp://evil",
    "HXXPS : //evil",
    "www.example",
    "http：／／evil",
    "a\nb",
    "a\u2028b",
    "moc.elpmaxe\u202e",
    "//evil",
]
# What mail programs look for, generously: labels with something of at least two letters behind the stop.
LINK = re.compile(r"[\w-][.\u3002\uff0e\uff61\u2024][^\W\d_]{2,}|\d+\.\d+\.\d+\.\d+|://|www\.\S", re.IGNORECASE)


@pytest.mark.parametrize("name", REAL)
def test_names_of_real_people_and_organisations_are_names(name: str) -> None:
    validate_name(name)
    assert without_links(name).replace(". ", ".") == name.replace(". ", ".")


@pytest.mark.parametrize("name", REFUSED)
def test_a_link_is_no_name(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_name(name)


@pytest.mark.parametrize("name", [*ADVERTISEMENTS, *REFUSED])
def test_nothing_to_press_on_is_left(name: str) -> None:
    assert not LINK.search(re.sub("[\u00ad\u200b-\u200f\u2060-\u2064]", "", without_links(name)))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADVERTISEMENTS)
@pytest.mark.parametrize("form", ["SignUpForm", "InterestForm"])
def test_mail_to_a_typed_address_carries_no_link_of_a_strangers(client: Client, form: str, name: str) -> None:
    asked = public_forms()[form]
    given: dict[str, Any] = {
        field: name for field in ("name", "contact_name", "organisation_name") if field in asked.fields
    }
    client.post(asked.path, asked.filled_in(**given))
    for message in Message.objects.all():
        words = render(message, now=timezone.now())
        for text in (words.subject, words.text):
            assert words.reply_to, "whom to ask is the portal's to say"
            ours = re.sub(r"http://localhost:8000\S*|localhost", "", text.replace(f", {words.reply_to}", ""))
            assert not LINK.search(ours), ours


@pytest.mark.django_db
def test_the_portals_own_links_and_moments_stay_whole(client: Client) -> None:
    asked = public_forms()["SignUpForm"]
    assert client.post(asked.path, asked.filled_in()).status_code == 302
    message = Message.objects.get(kind="events/registered")
    text = render(message, now=timezone.now()).text
    assert re.search(r"http://localhost:8000/en/events/cancel/\S+", text)
    assert re.search(r"\d{1,2}:\d{2}", text)

"""Certificates: who gets one, what is printed, and what a stranger learns by typing a number."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from accounts.privacy import keeping
from events.afterwards import certificates, numbers
from events.afterwards.models import Certificate
from events.agenda.models import Event
from events.seats import links
from events.seats.models import Registration
from tests.factories.events import EventFactory, event_with_page
from tests.factories.past_events import guest, past_event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def address(name: str, *args: Any) -> str:
    with translation.override("en"):
        return reverse(f"events:{name}", args=args)


def download(seat: Registration) -> Any:
    return Client().post(address("download_certificate", links.cancel_token(seat)))


def words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


class TestDownloading:
    def test_who_came_gets_the_same_one_each_time(self) -> None:
        seat = guest(event_with_page(past_event(title="Info meeting")), name='Zoë "Zo" #Łukasz $ \\ * Παππάς')
        first, second = download(seat), download(seat)
        certificate = Certificate.objects.get()
        assert (first["Content-Type"], first.status_code) == ("application/pdf", 200)
        assert certificate.written in first["Content-Disposition"]
        assert "noindex" in first["X-Robots-Tag"]
        said = words(first.content)
        assert seat.name in said
        assert "Info meeting" in said
        assert certificate.written in said
        assert words(second.content) == said

    def test_it_is_a_pdf_that_everybody_can_read(self) -> None:
        reader = PdfReader(io.BytesIO(download(guest(past_event(), name="Ada")).content))
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en"
        assert reader.metadata is not None
        assert reader.metadata.title == "Certificate of attendance: Ada"
        assert len(reader.pages) == 1

    @pytest.mark.parametrize("name", ["李明", "😀" * 20, "W" * 120])
    def test_no_name_is_too_strange(self, name: str) -> None:
        assert download(guest(past_event(), name=name)).status_code == 200

    def test_nobody_else_gets_one(self) -> None:
        over, coming = past_event(), EventFactory.create()
        cancelled = past_event(cancelled_at=timezone.now())
        seats = [
            guest(over, came=False),
            guest(over, status=Registration.Status.CANCELLED),
            guest(coming),
            guest(cancelled),
        ]
        for seat in seats:
            answer = download(seat)
            assert answer.status_code == 302
            # The moment in a link is that of its making.
            assert answer["Location"].split(":")[0] == address("cancel", links.cancel_token(seat)).split(":")[0]
        assert not Certificate.objects.exists()

    def test_a_get_makes_none(self) -> None:
        seat = guest(past_event())
        assert Client().get(address("download_certificate", links.cancel_token(seat))).status_code == 302
        assert not Certificate.objects.exists()

    def test_a_forged_link_leads_nowhere(self) -> None:
        assert Client().post(address("download_certificate", "forged")).status_code == 404


class TestVerifying:
    def verify(self, number: str) -> Any:
        return Client().get(address("certificate", number))

    @pytest.fixture
    def certificate(self) -> Certificate:
        return certificates.issue(guest(event_with_page(past_event(title="Info meeting")), name="Ada Example"))

    def test_it_says_for_whom_and_for_what(self, certificate: Certificate) -> None:
        answer = self.verify(certificate.written)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Ada Example" in text
        assert "Info meeting" in text
        assert 'name="robots" content="noindex"' in text
        assert "no-store" in answer["Cache-Control"]
        assert certificate.registration.email not in text

    def test_however_it_is_typed(self, certificate: Certificate) -> None:
        Certificate.objects.update(number="0123456789ABCDEF")
        for typed in ("0123-4567-89AB-CDEF", "o123 4567 89ab cdef", "OI23456789ABCDEF", "0l23-4567-89ab-cdef"):
            found = self.verify(typed)
            assert found.status_code == 200, typed

    def test_a_forged_number_is_answered_as_an_unknown_one(self, certificate: Certificate) -> None:
        changed = numbers.grouped(("1" if certificate.number[0] != "1" else "2") + certificate.number[1:])
        bodies = {
            (answer.status_code, answer.content.replace(answer.wsgi_request.path.encode(), b""))
            for answer in map(self.verify, (changed, numbers.grouped(numbers.new()), "nonsense", "a" * 300, "'; --"))
        }
        assert {status for status, _body in bodies} == {404}
        assert all(b"Ada Example" not in body for _status, body in bodies)
        titles = {body.partition(b"<main")[2].partition(b"</main")[0] for _status, body in bodies}
        assert len(titles) == 1

    def test_it_falls_with_what_it_rests_on(self, certificate: Certificate) -> None:
        Registration.objects.update(came_at=None)
        assert self.verify(certificate.written).status_code == 404

    def test_guessing_ends_soon(self) -> None:
        client = Client()
        answers = [client.get(address("certificate", numbers.new())).status_code for _guess in range(25)]
        assert (answers[0], answers[-1]) == (404, 429)

    def test_the_number_can_be_typed_into_a_form(self, certificate: Certificate) -> None:
        answer = Client().get(address("enter_number"), {"number": f" {certificate.written.lower()} "}, follow=True)
        assert "Ada Example" in answer.content.decode()
        assert Client().get(address("enter_number")).status_code == 200


class TestKeeping:
    def test_it_goes_after_its_time(self) -> None:
        old, young = (certificates.issue(guest(past_event(days=days))) for days in (5 * 365 + 1, 5 * 365 - 1))
        keeping.erase_what_is_due()
        assert list(Certificate.objects.all()) == [young]
        assert old != young

    def test_it_goes_with_the_registration(self) -> None:
        certificates.issue(guest(past_event())).registration.delete()
        assert not Certificate.objects.exists()


def test_numbers_are_long_and_differ() -> None:
    made = {numbers.new() for _number in range(1000)}
    assert len(made) == 1000
    assert all(numbers.read(numbers.grouped(number).lower()) == number for number in made)
    assert len(numbers.ALPHABET) ** numbers.LENGTH == 2**80


def test_the_event_must_be_over() -> None:
    seat = guest(EventFactory.create())
    with pytest.raises(certificates.NobodyCameError):
        certificates.issue(seat)
    Event.objects.update(ends_at=timezone.now(), starts_at=timezone.now() - timedelta(hours=1))
    assert certificates.issue(seat).name == seat.name

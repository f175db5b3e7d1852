"""What the page behind the link of a seat shows once the event is over, and the materials on the event's page."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from events.afterwards.models import EventMaterial
from events.agenda.models import Event
from events.feedback import answering
from events.seats import links
from events.seats.models import Registration
from tests.events.typed import rows_sent
from tests.factories.events import EventFactory, event_with_page
from tests.factories.past_events import guest, past_event

pytestmark = pytest.mark.django_db


def page(seat: Registration, language: str = "en") -> str:
    with translation.override(language):
        path = reverse("events:cancel", args=[links.cancel_token(seat)])
    text = Client().get(path).content.decode()
    return text.partition("<main")[2].partition("</main")[0]


def document(title: str, *, is_private: bool = False) -> Document:
    file = Document(title=title, file=ContentFile(b"%PDF-1.7", name=f"{title}.pdf"))
    if is_private:
        file.collection = Collection.get_first_root_node().add_child(name="Private")
        CollectionViewRestriction.objects.create(collection=file.collection, restriction_type="login")
    file.save()
    return file


class TestTheSeatsPage:
    def test_the_four_steps_stand_in_their_order(self) -> None:
        event = past_event()
        EventMaterial.objects.create(event=event, title="Recording", link="https://video.example.org/1")
        text = page(guest(event, name="Ada"))
        assert re.findall(r"<h2>(.*?)</h2>", text) == ["You came", "Feedback", "Certificate", "Materials"]
        assert "Tell us how it was" in text
        assert "Download the certificate" in text
        assert "https://video.example.org/1" in text
        assert "Give my seat back" not in text

    def test_who_has_answered_is_not_asked_again(self) -> None:
        seat = guest(past_event())
        answering.give(seat, {"overall": 3})
        assert "You have given your feedback." in page(seat)
        assert "Tell us how it was" not in page(seat)

    def test_who_was_missed_has_the_materials_and_nothing_else(self) -> None:
        event = past_event()
        guest(event)
        EventMaterial.objects.create(event=event, title="Recording", link="https://video.example.org/1")
        text = page(guest(event, came=False))
        assert "we missed you" in text
        assert "Recording" in text
        assert "certificate" not in text.lower()

    def test_without_a_list_at_the_door_nobody_is_missed(self) -> None:
        text = page(guest(past_event(), came=False))
        assert "we missed you" not in text
        assert "There is nothing left to cancel." in text

    def test_before_its_end_it_is_the_page_of_the_seat(self) -> None:
        assert "Give my seat back" in page(guest(EventFactory.create(), came=False))

    def test_nobody_is_thanked_for_an_event_that_was_cancelled(self) -> None:
        assert "You came" not in page(guest(past_event(cancelled_at=timezone.now())))


class TestMaterials:
    def text(self, event: Event) -> str:
        return Client().get(event.pages.get().url).content.decode()

    def test_they_stand_on_the_event_s_page_with_language_and_maker(self) -> None:
        event = event_with_page(past_event())
        assert "Materials" not in self.text(event)
        made = {"language": "fr", "made_by": "The speakers"}
        EventMaterial.objects.create(event=event, document=document("Slides"), **made)
        text = self.text(event)
        assert "Slides (PDF, 8" in text
        assert "The speakers · French" in text
        assert 'hreflang="fr"' in text

    def test_what_is_private_is_not_shown(self) -> None:
        event = event_with_page(past_event())
        EventMaterial.objects.create(event=event, document=document("Secret", is_private=True))
        assert "Secret" not in self.text(event)

    def test_it_is_a_file_or_an_address(self) -> None:
        event, file = past_event(), document("Slides")
        address = "https://video.example.org/1"
        for fields in ({}, {"document": file, "link": address}, {"link": address, "title": ""}):
            with pytest.raises(ValidationError):
                EventMaterial(event=event, **{"title": "Both", **fields}).full_clean()
        EventMaterial(event=event, title="Recording", link=address).full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            EventMaterial.objects.create(event=event, title="Neither")

    def test_staff_add_them_on_the_event_s_screen(self, administrator: Client) -> None:
        event = past_event()
        url = reverse("wagtailsnippets_events_event:edit", args=[event.pk])
        form = administrator.get(url).context["form"]
        typed = {
            name: value
            for name, value in form.initial.items()
            if isinstance(value, str) and name not in {"starts_at", "ends_at", "title"}
        }
        local = {name: timezone.localtime(getattr(event, name)) for name in ("starts_at", "ends_at")}
        typed |= {name: moment.strftime("%Y-%m-%dT%H:%M") for name, moment in local.items()}
        typed |= {"title_0": "Info", "has_time": "on", "capacity": "", "online_url": "", "registration_closes_at": ""}
        typed |= rows_sent() | {"materials-TOTAL_FORMS": "1", "thanks_at": ""}
        typed |= {"materials-0-link": "https://video.example.org/1", "materials-0-ORDER": "1", "materials-0-id": ""}
        typed |= {"materials-0-language": "nl", "materials-0-made_by": "", "materials-0-document": ""}
        assert "An address needs a title." in administrator.post(url, typed).content.decode()
        assert administrator.post(url, typed | {"materials-0-title_0": "Recording"}).status_code == 302
        assert [(each.link, each.language) for each in event.materials.all()] == [("https://video.example.org/1", "nl")]
        assert Event.objects.get(pk=event.pk).thanks is False  # the box was not ticked

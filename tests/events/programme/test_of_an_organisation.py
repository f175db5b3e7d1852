"""The page of an organisation shows the events that it takes part in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.programme.models import LinkedOrganisation
from tests.factories.events import EventFactory, event_with_page
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_those_that_visitors_may_see_what_comes_first(client: Client) -> None:
    organisation = OrganisationFactory.create(name="Tuesday School")
    past = timezone.now() - timedelta(days=9)
    over = event_with_page(
        EventFactory.create(title="What was", starts_at=past, ends_at=past + timedelta(hours=2)), slug="was"
    )
    coming, other = event_with_page(EventFactory.create(title="What comes")), event_with_page()
    hidden = EventFactory.create(title="Without a page")
    for event in (over, coming, hidden):
        LinkedOrganisation.objects.create(event=event, organisation=organisation)
    page = client.get(organisation.get_absolute_url()).content.decode()
    assert page.index("What comes") < page.index("What was")
    assert "Without a page" not in page
    assert str(other.title) not in page


def test_nothing_is_said_where_there_are_none(client: Client) -> None:
    page = client.get(OrganisationFactory.create().get_absolute_url()).content.decode()
    assert "Events it takes part in" not in page

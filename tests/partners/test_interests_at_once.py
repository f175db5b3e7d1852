"""A form about an interest that is withdrawn at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hub.vocabularies.models import Term
from notifications.models import Message
from partners.interests import register_interest, withdraw
from partners.models import Interest
from tests.factories.hub import DeadlineFactory
from tests.factories.partners import InterestFactory
from tests.meanwhile import while_uncommitted

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_form_that_meets_a_withdrawal_begins_anew_instead_of_correcting_what_is_gone() -> None:
    call = DeadlineFactory.create(due_at=timezone.now() + timedelta(days=7), governs="interest").call
    sector, _new = Term.objects.get_or_create(vocabulary="sector", code="citizens", defaults={"label": "Citizens"})
    interest = InterestFactory.create(
        call=call, sector=sector, email="ideas@example.org", organisation_name="House of Ideas"
    )

    def send_form() -> Interest:
        return register_interest(
            call,
            organisation_name="House of Ideas",
            sector=sector,
            contact_name="Coordinator",
            email="ideas@example.org",
            language="en",
            consent_wording="Agreed.",
            tracks=[],
            motivation="We would like to.",
        )

    while_uncommitted(lambda: withdraw(Interest.objects.get(pk=interest.pk)), send_form)
    interest.refresh_from_db()
    assert (interest.status, interest.proposed) == (Interest.Status.PENDING, None)
    assert Message.objects.filter(kind="partners/confirm_interest").exists()

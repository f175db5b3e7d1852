from datetime import timedelta

import pytest
from django.utils import timezone

from calls.pages.models import CallPage
from tests.factories.hub import CallFactory, ContactFactory, add_call_page, add_calls


@pytest.fixture
def page() -> CallPage:
    """The English page of a call that somebody answers for, open for a month."""
    call = CallFactory.create(contact=ContactFactory.create(), due=[timezone.now() + timedelta(days=30)])
    return add_call_page(add_calls(), call)

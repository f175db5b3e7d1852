"""What an answer rests on is called as the reader can read it, and leads to its page while there is one."""

import pytest
from django.test import Client
from django.utils import translation

from learning.answers import writing
from tests.factories import learning
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db


def test_a_practice_is_called_in_the_readers_language_and_by_its_old_name_once_it_is_gone(client: Client) -> None:
    practice = PracticeFactory.create(
        original_language="nl", texts={"nl": {"title": "Eén kaart"}, "en": {"title": "One card"}}
    )
    question = learning.question()
    writing.write(question, learning.draft(practices=[practice]), was=0, by=None)
    with translation.override("en"):
        address, own = question.get_absolute_url(), practice.get_absolute_url()
    page = client.get(address).content.decode()
    assert f'<a href="{own}">One card</a>' in page
    practice.unpublish()
    page = client.get(address).content.decode()
    assert own not in page
    assert "One card" in page or "Eén kaart" in page
